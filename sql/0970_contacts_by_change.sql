-- Serves the order "recently changed": updated_at desc, id desc. Every change moves updated_at. Nearly every change writes other indexed
-- columns too, so this costs it one more entry.

-- migrate:no-transaction
create index concurrently contact_submissions_change on contact_submissions (updated_at desc, id desc);
