-- The one folding of text: what is compared wherever words and names are compared. lib/text/fold.ts is its other half in
-- TypeScript, and tests/database/fold.test.ts compares the two. Both follow NFKC_Casefold (The Unicode Standard, section
-- 3.13): compatibility forms and canonical composition (NFKC), full case folding (CaseFolding.txt), and no code point with
-- the property Default_Ignorable_Code_Point. Beyond it, quotation marks and apostrophes are alike, so are all code points
-- with the property Dash, and any run of White_Space is one blank.
-- An index needs results that stay. So they depend neither on the database's locale nor on the version of ICU: capitals that
-- are younger than Unicode 10 are folded here. Escapes are written as E'…', which mean the same in every session. Nothing
-- raises: of a text of several megabytes the first million characters are compared.

create function fold_text(given text) returns text
  -- The cost keeps the planner from folding every row in place of asking an index.
  language plpgsql immutable strict parallel safe cost 1000 set search_path = pg_catalog, pg_temp as $$
declare
  folded text := given;
begin
  if octet_length(folded) > 4000000 then
    folded := left(folded, 1000000);
  end if;
  -- Regular expressions are the quickest way to know what a text has: length() takes longer.
  if folded !~ E'[^\\u0001-\\u007f]' then
    folded := lower(folded collate "C");
  else
    -- Every character but these may be ignorable, have a compatibility form, or be composed with others. Most texts have no
    -- others.
    if folded ~
      E'[^\\u0001-\\u007f\\u00a1-\\u00a7\\u00a9\\u00ab\\u00ac\\u00ae\\u00b0\\u00b1\\u00b6\\u00b7\\u00bb'
      '\\u00bf-\\u0131\\u0134-\\u013e\\u0141-\\u0148\\u014a-\\u017e\\u0386\\u0388-\\u03ce\\u0400-\\u0482'
      '\\u048a-\\u052f\\u05d0-\\u05ea\\u0621-\\u064a\\u0660-\\u0669\\u0679-\\u06d3\\u2010\\u2012-\\u2016'
      '\\u2018-\\u2022\\u2030\\u2039\\u203a\\u20ac\\u2600-\\u27bf\\u3001-\\u3029\\u3041-\\u3094\\u30a1-\\u30fe'
      '\\u4e00-\\u9fff\\uac00-\\ud7a3\\U0001f300-\\U0001faff]' then
      folded := regexp_replace(folded,
        E'[\\u00ad\\u034f\\u061c\\u115f\\u1160\\u17b4\\u17b5\\u180b-\\u180f\\u200b-\\u200f\\u202a-\\u202e'
        '\\u2060-\\u206f\\u3164\\ufe00-\\ufe0f\\ufeff\\uffa0\\ufff0-\\ufff8\\U0001bca0-\\U0001bca3'
        '\\U0001d173-\\U0001d17a\\U000e0000-\\U000e0fff]+', '', 'g');
      -- Quotation marks that NFKC takes apart: the acute accent as an apostrophe, the double prime.
      if folded ~ E'[\\u00b4\\u1fbd\\u1fbf\\u1ffd\\u1ffe\\u2033\\u2036]' then
        folded := regexp_replace(folded, E'[\\u00b4\\u1fbd\\u1fbf\\u1ffd\\u1ffe]', '''', 'g');
        folded := regexp_replace(folded, E'[\\u2033\\u2036]', '"', 'g');
      end if;
      -- The dot of the Turkish capital goes, because the small letter has it anyway.
      folded := lower(replace(normalize(folded, nfkc), E'\u0130', 'i') collate public.desk_people);
      -- Greek letters with an iota below them: as in capitals, it stands after them.
      if folded ~ E'[\\u0345\\u1f80-\\u1faf\\u1fb2-\\u1fb7\\u1fc2-\\u1fc7\\u1ff2-\\u1ff7]' then
        folded := replace(normalize(folded, nfd), E'\u0345', E'\u03b9');
      end if;
      -- Old forms of Cyrillic letters.
      if folded ~ E'[\\u1c80-\\u1c88]' then
        folded := translate(folded, E'\u1c80\u1c81\u1c82\u1c83\u1c84\u1c85\u1c86\u1c87\u1c88',
          E'\u0432\u0434\u043e\u0441\u0442\u0442\u044a\u0463\ua64b');
      end if;
      -- Capitals that came with Unicode 11 to 17.
      if folded ~
        E'[\\u1c89\\u1c90-\\u1cbf\\u2c2f\\ua7b8-\\ua7f5\\U00010570-\\U00010595\\U00010d50-\\U00010d65'
        '\\U00016e40-\\U00016e5f\\U00016ea0-\\U00016eb8]' then
        folded := translate(folded,
          E'\u1c89\u1c90\u1c91\u1c92\u1c93\u1c94\u1c95\u1c96\u1c97\u1c98\u1c99\u1c9a\u1c9b\u1c9c\u1c9d\u1c9e\u1c9f'
          '\u1ca0\u1ca1\u1ca2\u1ca3\u1ca4\u1ca5\u1ca6\u1ca7\u1ca8\u1ca9\u1caa\u1cab\u1cac\u1cad\u1cae\u1caf\u1cb0'
          '\u1cb1\u1cb2\u1cb3\u1cb4\u1cb5\u1cb6\u1cb7\u1cb8\u1cb9\u1cba\u1cbd\u1cbe\u1cbf\u2c2f\ua7b8\ua7ba\ua7bc'
          '\ua7be\ua7c0\ua7c2\ua7c4\ua7c5\ua7c6\ua7c7\ua7c9\ua7cb\ua7cc\ua7ce\ua7d0\ua7d2\ua7d4\ua7d6\ua7d8\ua7da'
          '\ua7dc\ua7f5\U00010570\U00010571\U00010572\U00010573\U00010574\U00010575\U00010576\U00010577\U00010578'
          '\U00010579\U0001057a\U0001057c\U0001057d\U0001057e\U0001057f\U00010580\U00010581\U00010582\U00010583'
          '\U00010584\U00010585\U00010586\U00010587\U00010588\U00010589\U0001058a\U0001058c\U0001058d\U0001058e'
          '\U0001058f\U00010590\U00010591\U00010592\U00010594\U00010595\U00010d50\U00010d51\U00010d52\U00010d53'
          '\U00010d54\U00010d55\U00010d56\U00010d57\U00010d58\U00010d59\U00010d5a\U00010d5b\U00010d5c\U00010d5d'
          '\U00010d5e\U00010d5f\U00010d60\U00010d61\U00010d62\U00010d63\U00010d64\U00010d65\U00016e40\U00016e41'
          '\U00016e42\U00016e43\U00016e44\U00016e45\U00016e46\U00016e47\U00016e48\U00016e49\U00016e4a\U00016e4b'
          '\U00016e4c\U00016e4d\U00016e4e\U00016e4f\U00016e50\U00016e51\U00016e52\U00016e53\U00016e54\U00016e55'
          '\U00016e56\U00016e57\U00016e58\U00016e59\U00016e5a\U00016e5b\U00016e5c\U00016e5d\U00016e5e\U00016e5f'
          '\U00016ea0\U00016ea1\U00016ea2\U00016ea3\U00016ea4\U00016ea5\U00016ea6\U00016ea7\U00016ea8\U00016ea9'
          '\U00016eaa\U00016eab\U00016eac\U00016ead\U00016eae\U00016eaf\U00016eb0\U00016eb1\U00016eb2\U00016eb3'
          '\U00016eb4\U00016eb5\U00016eb6\U00016eb7\U00016eb8',
          E'\u1c8a\u10d0\u10d1\u10d2\u10d3\u10d4\u10d5\u10d6\u10d7\u10d8\u10d9\u10da\u10db\u10dc\u10dd\u10de\u10df'
          '\u10e0\u10e1\u10e2\u10e3\u10e4\u10e5\u10e6\u10e7\u10e8\u10e9\u10ea\u10eb\u10ec\u10ed\u10ee\u10ef\u10f0'
          '\u10f1\u10f2\u10f3\u10f4\u10f5\u10f6\u10f7\u10f8\u10f9\u10fa\u10fd\u10fe\u10ff\u2c5f\ua7b9\ua7bb\ua7bd'
          '\ua7bf\ua7c1\ua7c3\ua794\u0282\u1d8e\ua7c8\ua7ca\u0264\ua7cd\ua7cf\ua7d1\ua7d3\ua7d5\ua7d7\ua7d9\ua7db'
          '\u019b\ua7f6\U00010597\U00010598\U00010599\U0001059a\U0001059b\U0001059c\U0001059d\U0001059e\U0001059f'
          '\U000105a0\U000105a1\U000105a3\U000105a4\U000105a5\U000105a6\U000105a7\U000105a8\U000105a9\U000105aa'
          '\U000105ab\U000105ac\U000105ad\U000105ae\U000105af\U000105b0\U000105b1\U000105b3\U000105b4\U000105b5'
          '\U000105b6\U000105b7\U000105b8\U000105b9\U000105bb\U000105bc\U00010d70\U00010d71\U00010d72\U00010d73'
          '\U00010d74\U00010d75\U00010d76\U00010d77\U00010d78\U00010d79\U00010d7a\U00010d7b\U00010d7c\U00010d7d'
          '\U00010d7e\U00010d7f\U00010d80\U00010d81\U00010d82\U00010d83\U00010d84\U00010d85\U00016e60\U00016e61'
          '\U00016e62\U00016e63\U00016e64\U00016e65\U00016e66\U00016e67\U00016e68\U00016e69\U00016e6a\U00016e6b'
          '\U00016e6c\U00016e6d\U00016e6e\U00016e6f\U00016e70\U00016e71\U00016e72\U00016e73\U00016e74\U00016e75'
          '\U00016e76\U00016e77\U00016e78\U00016e79\U00016e7a\U00016e7b\U00016e7c\U00016e7d\U00016e7e\U00016e7f'
          '\U00016ebb\U00016ebc\U00016ebd\U00016ebe\U00016ebf\U00016ec0\U00016ec1\U00016ec2\U00016ec3\U00016ec4'
          '\U00016ec5\U00016ec6\U00016ec7\U00016ec8\U00016ec9\U00016eca\U00016ecb\U00016ecc\U00016ecd\U00016ece'
          '\U00016ecf\U00016ed0\U00016ed1\U00016ed2\U00016ed3');
      end if;
      folded := regexp_replace(folded, E'[\\u0085\\u1680\\u2028\\u2029]', ' ', 'g');
      folded := normalize(replace(replace(folded, E'\u00df', 'ss'), E'\u03c2', E'\u03c3'), nfc);
      if strpos(folded, E'i\u0307') > 0 then
        folded := normalize(regexp_replace(folded, E'i\\u0307+', 'i', 'g'), nfc);
      end if;
    elsif folded ~ E'[\\u00c0-\\u00de\\u0100-\\u017e\\u0386-\\u03ab\\u0400-\\u042f\\u0460-\\u0481\\u048a-\\u052f]' then
      folded := lower(replace(folded, E'\u0130', 'i') collate public.desk_people);
    else
      folded := lower(folded collate "C");
    end if;
    folded := replace(replace(folded, E'\u00df', 'ss'), E'\u03c2', E'\u03c3');
    if folded ~
      E'[\\u00ab\\u00bb\\u02b9-\\u02bd\\u02ee\\u055a\\u058a\\u05be\\u05f3\\u05f4\\u1400\\u1806'
      '\\u2010-\\u201f\\u2032\\u2035\\u2039\\u203a\\u2053\\u2212\\u2e17\\u2e1a\\u2e3a-\\u2e5d\\u300c-\\u300f'
      '\\u301c-\\u301f\\u3030\\u30a0\\ua78b\\ua78c\\U00010d6e\\U00010ead]' then
      folded := regexp_replace(folded,
        E'[\\u02b9\\u02bb-\\u02bd\\u055a\\u05f3\\u2018-\\u201b\\u2032\\u2035\\u2039\\u203a\\ua78b\\ua78c]', '''', 'g');
      folded := regexp_replace(folded,
        E'[\\u00ab\\u00bb\\u02ba\\u02ee\\u05f4\\u201c-\\u201f\\u2e42\\u300c-\\u300f\\u301d-\\u301f]', '"', 'g');
      folded := regexp_replace(folded,
        E'[\\u058a\\u05be\\u1400\\u1806\\u2010-\\u2015\\u2053\\u2212\\u2e17\\u2e1a\\u2e3a\\u2e3b\\u2e40\\u2e5d'
        '\\u301c\\u3030\\u30a0\\U00010d6e\\U00010ead]', '-', 'g');
    end if;
  end if;
  -- Most messages have line ends, and each match of an expression takes longer than this does for all of them.
  folded := replace(folded, E'\n', ' ');
  if folded ~ E'[`\\t-\\r]|  ' then
    folded := replace(regexp_replace(folded, E'[\\t-\\r][\\t-\\r ]*| [\\t-\\r ]+', ' ', 'g'), '`', '''');
  end if;
  return folded;
end $$;

-- A folded text without its accents, so that a word is found when it is typed without them. Accents are the marks above, below
-- and through letters, the points of Hebrew and the vowel signs of Arabic. A mark that makes another letter in its script, as
-- in Japanese or Hindi, stays.
create function drop_accents(folded text) returns text
  language plpgsql immutable strict parallel safe cost 1000 set search_path = pg_catalog, pg_temp as $$
declare
  plain text := folded;
begin
  if plain !~
    E'[\\u00e0-\\u00ff\\u0100-\\u017f\\u01a0-\\u0233\\u0300-\\u036f\\u0390\\u03ac-\\u03b0\\u03ca-\\u03d4\\u0439'
    '\\u0450-\\u045e\\u0476-\\u0477\\u04c1-\\u04f9\\u0591-\\u05c7\\u0610-\\u061a\\u0622-\\u0626\\u064b-\\u065f'
    '\\u0670\\u06c0-\\u06ed\\u1ab0-\\u1aff\\u1dc0-\\u1fff\\u20d0-\\u20ff\\u219a-\\u22ed\\u2adc\\ufb1d-\\ufb4e'
    '\\ufe20-\\ufe2f\\U000105c9\\U000105e4]' then
    return plain;
  end if;
  -- The commonest ones of themselves, because normalize() takes several times as long.
  if plain ~ E'[\\u00e0-\\u00ff\\u0101-\\u0173]' then
    plain := regexp_replace(plain, E'[\\u00e0-\\u00e5\\u0101\\u0103\\u0105]', 'a', 'g');
    plain := regexp_replace(plain, E'[\\u00e8-\\u00eb\\u0113\\u0119\\u011b]', 'e', 'g');
    plain := regexp_replace(plain, E'[\\u00ec-\\u00ef\\u012b]', 'i', 'g');
    plain := regexp_replace(plain, E'[\\u00f2-\\u00f6\\u00f8\\u014d\\u0151]', 'o', 'g');
    plain := regexp_replace(plain, E'[\\u00f9-\\u00fc\\u016b\\u016f\\u0171]', 'u', 'g');
    plain := replace(replace(replace(plain, E'\u00e7', 'c'), E'\u00f1', 'n'), E'\u015f', 's');
  else
    plain := replace(replace(plain, E'\u0439', E'\u0438'), E'\u0451', E'\u0435');
  end if;
  if plain !~
    E'[\\u00e0-\\u00ff\\u0100-\\u017f\\u01a0-\\u0233\\u0300-\\u036f\\u0390\\u03ac-\\u03b0\\u03ca-\\u03d4\\u0439'
    '\\u0450-\\u045e\\u0476-\\u0477\\u04c1-\\u04f9\\u0591-\\u05c7\\u0610-\\u061a\\u0622-\\u0626\\u064b-\\u065f'
    '\\u0670\\u06c0-\\u06ed\\u1ab0-\\u1aff\\u1dc0-\\u1fff\\u20d0-\\u20ff\\u219a-\\u22ed\\u2adc\\ufb1d-\\ufb4e'
    '\\ufe20-\\ufe2f\\U000105c9\\U000105e4]' then
    return plain;
  end if;
  plain := regexp_replace(normalize(plain, nfd),
    E'[\\u0300-\\u036f\\u0591-\\u05bd\\u05bf\\u05c1\\u05c2\\u05c4\\u05c5\\u05c7\\u0610-\\u061a\\u064b-\\u065f'
    '\\u0670\\u06d6-\\u06dc\\u06df-\\u06e4\\u06e7\\u06e8\\u06ea-\\u06ed\\u1ab0-\\u1aff\\u1dc0-\\u1dff'
    '\\u20d0-\\u20ff\\ufe20-\\ufe2f]+', '', 'g');
  if plain ~ E'[^\\u0001-\\u007f]' then
    plain := normalize(plain, nfc);
    -- Letters with a stroke, and two in one.
    plain := replace(replace(replace(plain, E'\u00f8', 'o'), E'\u0142', 'l'), E'\u0111', 'd');
    plain := replace(replace(replace(plain, E'\u0127', 'h'), E'\u00e6', 'ae'), E'\u0153', 'oe');
  end if;
  -- An accent may have stood alone between two blanks.
  if plain ~ '  ' then
    plain := regexp_replace(plain, '  +', ' ', 'g');
  end if;
  return plain;
end $$;

-- The website's INSERT calls them under its own role, whatever default privileges an installation has.
grant execute on function fold_text(text), drop_accents(text) to public;
