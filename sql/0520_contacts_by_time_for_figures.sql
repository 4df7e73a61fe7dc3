-- Serves what 0110 did, and beside it the figures of a range of days from the index alone: contacts by day, status and
-- service, and the time to the first answer. It takes the place of 0110's, so that no write pays for one more.

-- migrate:no-transaction
create index concurrently contact_submissions_time_figures on contact_submissions ("timestamp" desc, id desc)
  include (status, service, first_contacted_at);
