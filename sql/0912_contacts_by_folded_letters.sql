-- Serves words that have no trigram in the same contacts: contact_letters(…) @> …. It is an index of its own, because one of
-- both would be read from end to end for a word without a trigram.

-- migrate:no-transaction
create index concurrently contact_submissions_folded_letters on contact_submissions using gin (
  contact_letters(name, email, company, message))
  where name || chr(31) || email || chr(31) || coalesce(company, '') || chr(31) || left(message, 20000) ~ '[^\u0001-\u007f]';
