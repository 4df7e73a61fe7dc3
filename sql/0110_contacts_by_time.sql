-- Serves the inbox as it opens, its pages by keyset in both directions, and ranges of days.

-- migrate:no-transaction
create index concurrently contact_submissions_time on contact_submissions ("timestamp" desc, id desc);
