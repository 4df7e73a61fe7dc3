-- Serves a contact's other submissions from the same address: lower(left(email, 255)) = ….
-- The bound keeps the index from failing an insert where an older install has text.

-- migrate:no-transaction
create index concurrently contact_submissions_email on contact_submissions (lower(left(email, 255)));
