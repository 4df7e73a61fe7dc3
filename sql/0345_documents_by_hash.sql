-- Serves "possible duplicates" on a contact's page: other contacts' documents that are the same file, file_hash = ….
-- What has not been hashed, as every new document, is not in it.

-- migrate:no-transaction
create index concurrently documents_file_hash on documents (file_hash, contact_id)
where file_hash is not null and file_hash <> '';
