-- Serves "its duplicates" on a contact's page: duplicate_of = …. Contacts that repeat no other, as every new one, are not in it.

-- migrate:no-transaction
create index concurrently contact_submissions_duplicate_of on contact_submissions (duplicate_of)
where duplicate_of is not null;
