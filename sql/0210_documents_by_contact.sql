-- Serves a contact's documents, the types shown in a row of the inbox, the cascade of a delete, and documents by
-- processing status over a range of days. An installation's own index on contact_id alone stays where there is one.

-- migrate:no-transaction
create index concurrently documents_contact_status on documents (contact_id, processing_status) include (size);
