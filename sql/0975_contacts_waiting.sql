-- Serves the order "longest waiting" and what is due: contacts in an open status (lib/contact/status.ts) that were never contacted,
-- oldest first. A contact leaves it with its first response.

-- migrate:no-transaction
create index concurrently contact_submissions_waiting on contact_submissions ("timestamp", id)
where (status = 'new' or status = 'in_review') and first_contacted_at is null;
