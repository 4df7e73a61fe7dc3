-- migrate:replaced-by 0918_words_once.sql
-- Serves words in name, e-mail, company and message, in any case and as parts of words: … ilike '%…%'. One expression over
-- the four costs the website's INSERT half of what four columns do. U+001F stands between them, which no word has in it.
-- The bound keeps a message of megabytes from costing seconds; 0270 finds what is beyond it.

-- migrate:needs-operator-class gin_trgm_ops
-- migrate:no-transaction
create index concurrently contact_submissions_words on contact_submissions using gin (
  (name || chr(31) || email || chr(31) || coalesce(company, '') || chr(31) || left(message, 20000)) gin_trgm_ops);
