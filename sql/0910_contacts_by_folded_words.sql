-- Serves words in the contacts that have characters beyond ASCII: contact_words(…) like '%…%'. The other contacts are in
-- 0915's. Each contact is in one of the two, so the website's INSERT pays for one. As many entries may wait beside each as
-- 0550 says.

-- migrate:needs-operator-class gin_trgm_ops
-- migrate:no-transaction
create index concurrently contact_submissions_folded_words on contact_submissions using gin (
  contact_words(name, email, company, message) gin_trgm_ops) with (gin_pending_list_limit = 16384)
  where name || chr(31) || email || chr(31) || coalesce(company, '') || chr(31) || left(message, 20000) ~ '[^\u0001-\u007f]';
