-- Serves words in the contacts that are all ASCII: … ilike '%…%'. Their text is indexed and compared as it is. That finds the
-- same words, and costs a third of folding it. Of a phrase or a word with an apostrophe, the parts are looked up here.

-- migrate:needs-operator-class gin_trgm_ops
-- migrate:no-transaction
create index concurrently contact_submissions_ascii_words on contact_submissions using gin (
  (name || chr(31) || email || chr(31) || coalesce(company, '') || chr(31) || left(message, 20000)) gin_trgm_ops)
  with (gin_pending_list_limit = 16384)
  where name || chr(31) || email || chr(31) || coalesce(company, '') || chr(31) || left(message, 20000) !~ '[^\u0001-\u007f]';
