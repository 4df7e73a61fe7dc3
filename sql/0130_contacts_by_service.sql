-- Serves service = …, newest first, and the counts by service.

-- migrate:no-transaction
create index concurrently contact_submissions_service_time on contact_submissions (service, "timestamp" desc, id desc);
