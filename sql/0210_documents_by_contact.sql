-- Serves a contact's documents, the types shown in a row of the inbox, and the cascade of a delete.
-- The name is the website's: an existing installation has it.

-- migrate:no-transaction
create index concurrently if not exists idx_documents_contact_id on documents (contact_id);
