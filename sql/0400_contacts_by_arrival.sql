-- Serves "what has arrived since the last look", asked every second while somebody looks at a list: created_at > ….
-- The website never names created_at, so its plain INSERT is found by the default; "timestamp" is the visitor's own.

-- migrate:no-transaction
create index concurrently contact_submissions_arrival on contact_submissions (created_at);
