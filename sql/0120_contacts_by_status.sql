-- Serves status = …, newest first, and the counts by status.

-- migrate:no-transaction
create index concurrently contact_submissions_status_time on contact_submissions (status, "timestamp" desc, id desc);
