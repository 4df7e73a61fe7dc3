-- Serves the desk's history: what the website, psql and the desk itself changed, newest first, past the hundred thousand rows
-- that one batch may have. Rows of batches are not in it, and those of the website come in order: at its end.

-- migrate:no-transaction
create index concurrently contact_history_without_batch on contact_history (changed_at desc, id desc) where batch_id is null;
