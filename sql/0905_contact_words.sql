-- The text in which words are searched, folded and without accents: name, e-mail, company and message as one. U+001F stands
-- between the four, which no word has in it. The bound keeps a message of megabytes from costing the website's INSERT
-- seconds; 0270 finds what is beyond it.
create function contact_words(name text, email text, company text, message text) returns text
  language plpgsql immutable parallel safe cost 1000 set search_path = pg_catalog, pg_temp as $$
declare
  words text := name || E'\x1f' || email || E'\x1f' || coalesce(company, '') || E'\x1f' || left(message, 20000);
begin
  -- Nearly all texts in Latin letters. For these it gives the same as drop_accents(fold_text(…)), in a third of the time.
  if words ~
    E'[^\\u0001-\\u0008\\n\\u000e-_a-\\u007f\\u00c0-\\u00c5\\u00c7-\\u00cf\\u00d1-\\u00d6\\u00d8-\\u00dd\\u00df-\\u00e5'
    '\\u00e7-\\u00ef\\u00f1-\\u00f6\\u00f8-\\u00fd\\u00ff\\u0104-\\u0107\\u010c-\\u010d\\u0118-\\u011b\\u011e\\u011f\\u0130'
    '\\u0141-\\u0144\\u0147\\u0148\\u0150\\u0151\\u015a\\u015b\\u015e-\\u0161\\u016e-\\u0171\\u0179-\\u017e'
    '\\u2010\\u2013\\u2014\\u2018-\\u201f]' then
    return public.drop_accents(public.fold_text(words));
  end if;
  words := lower(replace(words, E'\n', ' ') collate "C");
  if words ~ E'[^\\u0001-\\u007f]' then
    -- The commonest ones first, because replace() takes a quarter of what an expression does.
    words := replace(replace(replace(replace(words, E'\u00fc', 'u'), E'\u00f6', 'o'), E'\u00e4', 'a'), E'\u00e9', 'e');
    words := replace(replace(replace(words, E'\u00df', 'ss'), E'\u2019', ''''), E'\u00dc', 'u');
    if words ~ E'[^\\u0001-\\u007f]' then
      words := regexp_replace(words, E'[\\u00c0-\\u00c5\\u00e0-\\u00e5\\u0104\\u0105]', 'a', 'g');
      words := regexp_replace(words, E'[\\u00c8-\\u00cb\\u00e8-\\u00eb\\u0118-\\u011b]', 'e', 'g');
      words := regexp_replace(words, E'[\\u00cc-\\u00cf\\u00ec-\\u00ef\\u0130]', 'i', 'g');
      words := regexp_replace(words, E'[\\u00d2-\\u00d6\\u00d8\\u00f2-\\u00f6\\u00f8\\u0150\\u0151]', 'o', 'g');
      words := regexp_replace(words, E'[\\u00d9-\\u00dc\\u00f9-\\u00fc\\u016e-\\u0171]', 'u', 'g');
    end if;
    if words ~ E'[^\\u0001-\\u007f]' then
      words := regexp_replace(words, E'[\\u00c7\\u00e7\\u0106\\u0107\\u010c\\u010d]', 'c', 'g');
      words := regexp_replace(words, E'[\\u00d1\\u00f1\\u0143\\u0144\\u0147\\u0148]', 'n', 'g');
      words := regexp_replace(words, E'[\\u015a\\u015b\\u015e-\\u0161]', 's', 'g');
      words := regexp_replace(words, E'[\\u0179-\\u017e]', 'z', 'g');
      words := regexp_replace(words, E'[\\u00dd\\u00fd\\u00ff]', 'y', 'g');
      words := regexp_replace(words, E'[\\u011e\\u011f]', 'g', 'g');
      words := regexp_replace(words, E'[\\u0141\\u0142]', 'l', 'g');
      words := regexp_replace(words, E'[\\u2018-\\u201b]', '''', 'g');
      words := regexp_replace(words, E'[\\u201c-\\u201f]', '"', 'g');
      words := regexp_replace(words, E'[\\u2010\\u2013\\u2014]', '-', 'g');
    end if;
  end if;
  return case when words ~ '  ' then regexp_replace(words, '  +', ' ', 'g') else words end;
end $$;

-- The characters of those words that are still beyond ASCII, each an element. Trigrams know nothing of them where the database's
-- character type is C, and nothing anywhere below three: a Chinese character, an emoji.
create function contact_letters(name text, email text, company text, message text) returns text[]
  language plpgsql immutable parallel safe cost 1000 set search_path = pg_catalog, pg_temp as $$
declare
  words text := name || E'\x1f' || email || E'\x1f' || coalesce(company, '') || E'\x1f' || left(message, 20000);
begin
  -- Latin letters and the commonest signs, of which folding leaves nothing beyond ASCII.
  if words !~
    E'[^\\u0001-\\u007f\\u00c0-\\u00cf\\u00d1-\\u00d6\\u00d8-\\u00dd\\u00df-\\u00ef\\u00f1-\\u00f6\\u00f8-\\u00fd'
    '\\u00ff-\\u0125\\u0128-\\u0130\\u0134-\\u0137\\u0139-\\u013e\\u0141-\\u0148\\u014c-\\u0165\\u0168-\\u017e'
    '\\u2010-\\u2015\\u2018-\\u201f\\u2026]' then
    return null;
  end if;
  -- Each run of ASCII is one blank: what it separates must not be composed.
  words := public.drop_accents(public.fold_text(regexp_replace(words, E'[\\u0001-\\u007f]+', ' ', 'g')));
  return string_to_array(regexp_replace(words, E'[\\u0001-\\u007f]+', '', 'g'), null);
end $$;

-- The website's INSERT calls them under its own role, whatever default privileges an installation has.
grant execute on function contact_words(text, text, text, text), contact_letters(text, text, text, text) to public;
