-- Serves source = …, newest first: an import is all old, so the page order alone would walk the whole table to it.

-- migrate:no-transaction
create index concurrently contact_submissions_source_time on contact_submissions (source, "timestamp" desc, id desc);
