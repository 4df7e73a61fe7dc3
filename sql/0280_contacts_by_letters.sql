-- migrate:replaced-by 0918_words_once.sql
-- Serves words with letters beyond ASCII, of which trigrams know nothing where the database's character type is C, and
-- nothing anywhere below three: a Chinese character, an emoji, "für". The letters of a contact, each an element.

-- migrate:no-transaction
create index concurrently contact_submissions_letters on contact_submissions using gin (
  string_to_array(regexp_replace(
    lower(name || chr(31) || email || chr(31) || coalesce(company, '') || chr(31) || left(message, 20000)),
    '[[:ascii:]]+', '', 'g'), null));
