-- Serves document.type=…: the contacts that have a document of a rare type.

-- migrate:no-transaction
create index concurrently documents_type_contact on documents (document_type, contact_id);
