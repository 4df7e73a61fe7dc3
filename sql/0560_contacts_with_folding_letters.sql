-- migrate:replaced-by 0918_words_once.sql
-- Serves words in contacts with one of the two letters beyond ASCII whose lower case is ASCII: İ, and the sign for kelvin. Where the
-- database's character type is C the trigrams of sql/0260 take them for no letter, and "istanbul" does not find "İSTANBUL".

-- migrate:no-transaction
create index concurrently contact_submissions_folding_letters on contact_submissions ("timestamp" desc, id desc)
where strpos(name || chr(31) || email || chr(31) || coalesce(company, '') || chr(31) || left(message, 20000), U&'\0130') > 0
  or strpos(name || chr(31) || email || chr(31) || coalesce(company, '') || chr(31) || left(message, 20000), U&'\212A') > 0;
