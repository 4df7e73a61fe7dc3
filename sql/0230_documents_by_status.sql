-- Serves document.status=…, and documents by processing status in analytics.

-- migrate:no-transaction
create index concurrently documents_status_contact on documents (processing_status, contact_id);
