-- The schema as it stands after all files of sql/. Written by `npm run db:schema`; a test compares it with a database that
-- was migrated from nothing. To change the schema add a file to sql/, then write this one anew.

-- Functions come before the tables that they read.
set check_function_bodies = off;

-- Extensions and collations

-- 0250_words_extension.sql
create extension pg_trgm;

-- 0080_people_collation.sql
create collation desk_people (provider = icu, locale = 'und');


-- Functions

-- 0805_divide_events.sql
CREATE OR REPLACE FUNCTION public.bound_events(month timestamp with time zone)
 RETURNS bigint
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  -- Found before anything is locked: that reads the whole table.
  early tid[] := array(select ctid from only public.analytics_events_before where "timestamp" >= month limit 50000);
  moved bigint := 0;
begin
  if cardinality(early) > 0 then
    lock table public.analytics_events in share row exclusive mode;
    moved = public.move_rows('public.analytics_events_before', 'public.analytics_events', format('ctid = any (%L)', early), 50000);
  end if;
  alter table public.analytics_events_before drop constraint if exists analytics_events_until;
  execute format('alter table public.analytics_events_before add constraint analytics_events_until check ("timestamp" < %L) not valid', month);
  return moved;
end $function$;
revoke execute on function bound_events(timestamp with time zone) from public;

-- 0555_clear_pending_words.sql, 0918_words_once.sql
CREATE OR REPLACE FUNCTION public.clear_pending_words()
 RETURNS bigint
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select coalesce(gin_clean_pending_list(to_regclass('public.contact_submissions_folded_words')), 0)
    + coalesce(gin_clean_pending_list(to_regclass('public.contact_submissions_ascii_words')), 0);
$function$;
revoke execute on function clear_pending_words() from public;

-- 0800_months.sql
CREATE OR REPLACE FUNCTION public.close_table(name text)
 RETURNS void
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  grantee oid;
begin
  for grantee in
    select distinct acl.grantee from pg_class c, aclexplode(c.relacl) acl where c.oid = name::regclass and acl.grantee <> c.relowner
  loop
    execute format('revoke all on %s from %s', name, case grantee when 0 then 'public' else quote_ident(pg_get_userbyid(grantee)) end);
  end loop;
end $function$;
revoke execute on function close_table(text) from public;

-- 0905_contact_words.sql
CREATE OR REPLACE FUNCTION public.contact_letters(name text, email text, company text, message text)
 RETURNS text[]
 LANGUAGE plpgsql
 IMMUTABLE PARALLEL SAFE COST 1000
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
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
end $function$;

-- 0500_contact_terms.sql
CREATE OR REPLACE FUNCTION public.contact_terms(status text, service text, source text, insights jsonb)
 RETURNS tsvector
 LANGUAGE plpgsql
 IMMUTABLE PARALLEL SAFE COST 1000
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  analysis constant jsonb := insights -> 'content_analysis';
  types constant jsonb := insights -> 'document_types';
  part jsonb;
  number numeric;
  step integer;
  -- One character more than the longest that can be asked for, so that a longer one is another term.
  terms text[] := array[
    's:' || coalesce(left(nullif(status, 'Not specified'), 256), ''),
    'v:' || coalesce(left(nullif(service, 'Not specified'), 256), ''),
    'o:' || coalesce(left(nullif(source, 'Not specified'), 256), '')];
  complete boolean := true;
begin
  part = insights -> 'total_documents';
  number = case when jsonb_typeof(part) = 'number' then part::numeric end;
  if number between 0 and 1000000 then
    step = least(floor(round(number, 6)), 10);
    terms = terms || ('d:' || step);
    for reached in 0 .. step loop
      terms = terms || ('D:' || reached);
    end loop;
  else
    terms = terms || 'd:'::text;
    complete = false;
  end if;

  part = analysis -> 'complexity_score';
  number = case when jsonb_typeof(part) = 'number' then part::numeric end;
  if number between 0 and 1 then
    step = least(floor(round(number, 6) * 50), 49);
    terms = terms || ('x:' || step);
    for reached in 0 .. step / 5 loop
      terms = terms || ('X:' || reached);
    end loop;
  else
    terms = terms || 'x:'::text;
    complete = false;
  end if;

  part = analysis -> 'primary_language';
  if jsonb_typeof(part) = 'string' and part not in ('""', '"Not specified"') and length(part #>> '{}') <= 100 then
    terms = terms || ('l:' || (part #>> '{}'));
  else
    terms = terms || 'l:'::text;
    complete = false;
  end if;

  part = analysis -> 'confidence_level';
  if part in ('"high"', '"medium"', '"low"') then
    terms = terms || ('c:' || (part #>> '{}'));
  else
    terms = terms || 'c:'::text;
    complete = false;
  end if;

  part = analysis -> 'has_business_content';
  if jsonb_typeof(part) is distinct from 'boolean' then
    part = insights -> 'has_business_content';
  end if;
  if jsonb_typeof(part) = 'boolean' then
    terms = terms || ('b:' || (part #>> '{}'));
  else
    terms = terms || 'b:'::text;
    complete = false;
  end if;

  if jsonb_typeof(types) is distinct from 'array' then
    terms = terms || 't:'::text;
    complete = false;
  elsif jsonb_array_length(types) > 40 then
    -- More would be too much for one contact: that there are so many is all that is told, of completeness too.
    return array_to_tsvector(terms || 't*'::text);
  else
    step = 0;
    for part in select jsonb_array_elements(types) loop
      if jsonb_typeof(part) = 'string' and part not in ('""', '"Not specified"') then
        step = step + 1;
        terms = terms || ('t:=' || left(part #>> '{}', 101));
      else
        complete = false;
      end if;
    end loop;
    if step = 0 then
      terms = terms || 't:'::text;
    end if;
  end if;
  if not complete then
    terms = terms || 'i:missing'::text;
  end if;
  return array_to_tsvector(terms);
end $function$;

-- 0905_contact_words.sql
CREATE OR REPLACE FUNCTION public.contact_words(name text, email text, company text, message text)
 RETURNS text
 LANGUAGE plpgsql
 IMMUTABLE PARALLEL SAFE COST 1000
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
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
end $function$;

-- 0800_months.sql
CREATE OR REPLACE FUNCTION public.copy_rights(source regclass, target regclass)
 RETURNS void
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  granted record;
begin
  perform public.close_table(target::text);
  for granted in
    select acl.*, '' as columns from pg_class c, aclexplode(c.relacl) acl where c.oid = source and acl.grantee <> c.relowner
    union all
    select acl.*, format(' (%I)', a.attname) from pg_class c join pg_attribute a on a.attrelid = c.oid, aclexplode(a.attacl) acl
    where c.oid = source and a.attnum > 0 and not a.attisdropped and acl.grantee <> c.relowner
  loop
    execute format('grant %s%s on %s to %s%s', granted.privilege_type, granted.columns, target,
      case granted.grantee when 0 then 'public' else quote_ident(pg_get_userbyid(granted.grantee)) end,
      case when granted.is_grantable then ' with grant option' else '' end);
  end loop;
end $function$;
revoke execute on function copy_rights(regclass,regclass) from public;

-- 0800_months.sql
CREATE OR REPLACE FUNCTION public.copy_triggers(template regclass, target regclass, for_rows boolean, for_statements boolean)
 RETURNS void
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  found record;
begin
  for found in
    select replace(pg_get_triggerdef(oid), ' ON ' || template || ' ', ' ON ' || target || ' ') as definition, tgname, tgenabled
    from pg_trigger
    where tgrelid = template and not tgisinternal and tgparentid = 0
      and case tgtype & 1 when 1 then for_rows else for_statements end
    order by tgname
  loop
    execute found.definition;
    if found.tgenabled <> 'O' then
      execute format('alter table %s %s trigger %I', target,
        case found.tgenabled when 'D' then 'disable' when 'A' then 'enable always' else 'enable replica' end, found.tgname);
    end if;
  end loop;
end $function$;
revoke execute on function copy_triggers(regclass,regclass,boolean,boolean) from public;

-- 0070_contact_triggers.sql, 0315_triage_triggers.sql
CREATE OR REPLACE FUNCTION public.count_contact_change()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  undone text;
  first_batch text;
begin
  if new.status is distinct from 'spam' then
    new.spam_reason = null;
  elsif length(new.spam_reason) > 1000 then
    -- History keeps no more, and an undo gives back what history keeps.
    new.spam_reason = left(new.spam_reason, 1000);
  end if;
  if new.status is distinct from 'closed' then
    new.duplicate_of = null;
  end if;
  if old.version < 2147483647 and (old.status is distinct from new.status
    or old.assignee_id is distinct from new.assignee_id or old.snoozed_until is distinct from new.snoozed_until
    or old.spam_reason is distinct from new.spam_reason or old.duplicate_of is distinct from new.duplicate_of)
  then
    new.version = old.version + 1;
  end if;
  if new.first_contacted_at is null and new.status in ('contacted', 'qualified', 'closed')
    and (old.status is null or old.status not in ('contacted', 'qualified', 'closed'))
  then
    new.first_contacted_at = clock_timestamp();
  end if;
  -- An undo takes the first contact back too, where the first change recorded since then is the one it undoes.
  if old.first_contacted_at is not null and coalesce(new.status, '') not in ('contacted', 'qualified', 'closed') then
    undone = nullif(current_setting('desk.undoes', true), '');
    if undone is not null then
      select h.batch_id::text into first_batch from public.contact_history h
      where h.contact_id = left(old.id, 255) and h.changed_at >= old.first_contacted_at
      order by h.changed_at, h.id limit 1;
      if first_batch = undone then
        new.first_contacted_at = null;
      end if;
    end if;
  end if;
  return new;
end $function$;
revoke execute on function count_contact_change() from public;

-- 0800_months.sql
CREATE OR REPLACE FUNCTION public.detach_month(name text)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
 SET "TimeZone" TO 'UTC'
 SET "DateStyle" TO 'ISO'
 SET lock_timeout TO '300ms'
AS $function$
declare
  part record;
  keeper text;
begin
  select m.* into part from public.list_months() m, public.desk_settings d
  where m.name = detach_month.name and m.upper <= date_trunc('month', now())
    - make_interval(months => case m.parent when 'contact_history' then d.history_months else d.events_months end);
  if not found then
    raise exception 'no month that the rules let go: %', name using errcode = 'insufficient_privilege';
  end if;
  keeper = case part.parent when 'contact_history' then 'detached_history' else 'detached_events' end;
  execute format('alter table public.%I detach partition public.%I', part.parent, name);
  execute format('alter table public.%I inherit public.%I', name, keeper);
  perform public.close_table(format('public.%I', name));
end $function$;
revoke execute on function detach_month(text) from public;

-- 0805_divide_events.sql
CREATE OR REPLACE FUNCTION public.divide_events(month timestamp with time zone)
 RETURNS void
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  found record;
begin
  lock table public.analytics_events in access exclusive mode;
  create table public.analytics_events_divided (
    like public.analytics_events including defaults including constraints including comments including storage including compression
  ) partition by range ("timestamp");
  execute format('alter table public.analytics_events_divided owner to %s',
    (select relowner::regrole from pg_class where oid = 'public.analytics_events'::regclass));
  alter table public.analytics_events_before no inherit public.analytics_events;
  perform public.copy_triggers('public.analytics_events', 'public.analytics_events_divided', false, true);
  perform public.pass_name('public.analytics_events', 'analytics_events_beside', 'public.analytics_events_divided');
  -- A key of the id alone cannot be had over all months: each month has its own. The other indexes are the whole table's, by their names.
  for found in
    select c.relname as name, pg_get_indexdef(c.oid) as definition from pg_index i join pg_class c on c.oid = i.indexrelid
    where i.indrelid = 'public.analytics_events_before'::regclass and not i.indisunique and not i.indisexclusion and i.indisvalid
  loop
    execute format('alter index public.%I rename to %I', found.name, left(found.name, 56) || '_before');
    execute format('create index %I on public.analytics_events %s', found.name, substring(found.definition from ' (USING .*)$'));
  end loop;
  execute format('alter table public.analytics_events attach partition public.analytics_events_before for values from (minvalue) to (%L)', month);
  alter table public.analytics_events_before drop constraint if exists analytics_events_until;
  perform public.make_part('public.analytics_events_before', 'analytics_events_default');
  alter table public.analytics_events attach partition public.analytics_events_default default;
  perform public.move_rows('public.analytics_events_beside', 'public.analytics_events_before', format('"timestamp" < %L', month), 2147483647);
  perform public.move_rows('public.analytics_events_beside', 'public.analytics_events_default', 'true', 2147483647);
  drop table public.analytics_events_beside;
  perform public.copy_triggers('public.analytics_events_before', 'public.analytics_events_default', true, true);
  while public.make_months(3, 20000) > 0 loop
  end loop;
end $function$;
revoke execute on function divide_events(timestamp with time zone) from public;

-- 0900_fold_text.sql
CREATE OR REPLACE FUNCTION public.drop_accents(folded text)
 RETURNS text
 LANGUAGE plpgsql
 IMMUTABLE PARALLEL SAFE STRICT COST 1000
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
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
end $function$;

-- 0900_fold_text.sql
CREATE OR REPLACE FUNCTION public.fold_text(given text)
 RETURNS text
 LANGUAGE plpgsql
 IMMUTABLE PARALLEL SAFE STRICT COST 1000
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
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
end $function$;

-- 0765_forget_contacts.sql
CREATE OR REPLACE FUNCTION public.forget_contacts(act uuid, ids text[], person_address text, words text[])
 RETURNS jsonb
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  -- Compared with lower(…) by LIKE: ILIKE would fold the whole text anew for each pattern.
  patterns constant text[] := (
    select coalesce(array_agg('%' || regexp_replace(lower(word), '([\\%_])', '\\\1', 'g') || '%'), '{}') from unnest(words) word);
  kept text[];
  counted jsonb := '{}';
  touched bigint;
  many bigint := 0;
  place record;
begin
  if not exists (select from public.person_acts
    where id = act and transaction_id = pg_current_xact_id()::text and kind <> 'archive')
  then
    raise exception 'no act of this transaction' using errcode = 'insufficient_privilege';
  end if;
  -- In the order in which all changes lock.
  perform from public.contact_submissions where id = any (ids) order by id for update;

  delete from public.contact_history where contact_id = any (ids);
  get diagnostics touched = row_count;
  counted = counted || jsonb_build_object('history', touched);

  -- Files first, while their rows are there. One that another contact's row points to as well stays.
  insert into public.forgotten_files (act_id, bucket, key, efs_path)
  select distinct act, d.s3_bucket, d.s3_key, null from public.documents d
  where d.contact_id = any (ids) and d.s3_key <> '' and not exists (
    select from public.documents o
    where o.s3_key = d.s3_key and o.s3_bucket is not distinct from d.s3_bucket and o.contact_id <> all (ids))
  union
  select distinct act, null, null, d.efs_path from public.documents d
  where d.contact_id = any (ids) and d.efs_path <> '' and not exists (
    select from public.documents o where o.efs_path = d.efs_path and o.contact_id <> all (ids));
  get diagnostics touched = row_count;
  counted = counted || jsonb_build_object('files', touched);

  update public.contact_submissions set duplicate_of = null where duplicate_of = any (ids) and id <> all (ids);

  -- What a table of the website's holds fast is blanked in place of deleted.
  select coalesce(array_agg(distinct r.contact_id), '{}') into kept from public.list_contact_references(ids) r where r.keeps;
  select count(*) into touched from public.documents where contact_id = any (ids);
  counted = counted || jsonb_build_object('documents', touched, 'blanked', cardinality(kept));
  if cardinality(kept) > 0 then
    update public.documents set filename = '(…)', description = null, tags = '[]', s3_bucket = null, s3_key = null,
      efs_path = null, file_hash = null, processing_metadata = null
    where contact_id = any (kept);
    update public.contact_submissions set name = '(…)', email = '', company = null, budget = null,
      service = public.without_words(service, words), source = public.without_words(source, words), message = '',
      user_agent = null, page_url = null, document_insights = null, spam_reason = null, duplicate_of = null
    where id = any (kept);
  end if;
  delete from public.documents where contact_id = any (ids) and contact_id <> all (kept);
  delete from public.contact_submissions where id = any (ids) and id <> all (kept);
  get diagnostics touched = row_count;
  counted = counted || jsonb_build_object('contacts', touched + cardinality(kept));

  delete from public.contact_notes where contact_id = any (ids);
  get diagnostics touched = row_count;
  counted = counted || jsonb_build_object('notes', touched);
  delete from public.triage_claims where contact_id = any (ids);
  delete from public.contact_viewers where contact_id = any (ids);
  delete from public.analytics_events where event_data ->> 'contact_id' = any (ids)
    or (cardinality(patterns) > 0 and lower(event_data::text) like any (patterns)
      and public.without_words(event_data::text, words) <> event_data::text);
  get diagnostics touched = row_count;
  counted = counted || jsonb_build_object('events', touched);

  -- Places in sets and queues stay, so that whoever is at the next one finds it: the contact at this one is gone.
  update public.frozen_contacts set contact_id = 'forgotten ' || position where contact_id = any (ids);
  update public.triage_queues q set contact_ids = (
    select array_agg(case when c.id = any (ids) then '' else c.id end order by c.at)
    from unnest(q.contact_ids) with ordinality c (id, at))
  where q.contact_ids && ids;
  if cardinality(patterns) > 0 then
    delete from public.views where (lower(filter) like any (patterns) and public.without_words(filter, words) <> filter)
      or (lower(name) like any (patterns) and public.without_words(name, words) <> name);
    get diagnostics touched = row_count;
    counted = counted || jsonb_build_object('views', touched);
    update public.contact_note_versions set text = public.without_words(text, words)
    where lower(text) like any (patterns) and public.without_words(text, words) <> text;
    get diagnostics many = row_count;
    for place in
      select relation, string_agg(format(
          '%1$I = case when lower(%1$I::text) like any ($1) then public.without_words(%1$I::text, $2)%2$s else %1$I end', attribute,
          case when is_json then '::jsonb' end), ', ') as assignments,
        format('lower(concat_ws(chr(31), %1$s)) like any ($1)
            and public.without_words(concat_ws(chr(31), %1$s), $2) <> concat_ws(chr(31), %1$s)', string_agg(quote_ident(attribute), ', '))
          -- A contact of this very address that came meanwhile is left whole, so that the next search finds it.
          || case relation when 'contact_submissions' then
            $condition$ and ($3 = '' or lower(btrim(email, E' \t\r\n')) is distinct from lower($3))$condition$ else '' end as condition
      from (values
        ('contact_submissions', 'name', false), ('contact_submissions', 'email', false), ('contact_submissions', 'company', false), ('contact_submissions', 'service', false),
        ('contact_submissions', 'budget', false), ('contact_submissions', 'message', false),
        ('contact_submissions', 'page_url', false), ('contact_submissions', 'user_agent', false),
        ('contact_submissions', 'source', false), ('contact_submissions', 'spam_reason', false),
        ('contact_submissions', 'document_insights', true),
        ('documents', 'filename', false), ('documents', 'description', false), ('documents', 'tags', true),
        ('documents', 'processing_metadata', true),
        ('contact_notes', 'text', false), ('contact_history', 'spam_reason_from', false), ('contact_history', 'spam_reason_to', false),
        ('change_batches', 'request', true), ('change_batches', 'outcome', true), ('frozen_sets', 'filter', false),
        ('triage_queues', 'filter', false), ('contact_exports', 'filter', false), ('staff', 'preferences', true)
      ) as places (relation, attribute, is_json)
      group by relation
    loop
      execute format('update public.%I set %s where %s', place.relation, place.assignments, place.condition) using patterns, words,
        coalesce(btrim(person_address, E' \t\r\n'), '');
      get diagnostics touched = row_count;
      many = many + touched;
    end loop;
    -- Again: the trigger has just put the notes' old texts there.
    update public.contact_note_versions set text = public.without_words(text, words) where lower(text) like any (patterns);
    counted = counted || jsonb_build_object('mentions', many);
  end if;
  update public.change_batches b set request = public.without_contacts(b.request, ids), outcome = public.without_contacts(b.outcome, ids)
  where exists (select from unnest(ids) id where strpos(b.request::text, to_json(id)::text) > 0
    or strpos(b.outcome::text, to_json(id)::text) > 0);
  if person_address <> '' then
    -- A try to sign in is kept under the hash of what was typed.
    delete from public.sign_in_attempts where account = encode(sha256(convert_to(lower(btrim(person_address)), 'UTF8')), 'hex');
  end if;

  -- Again, with what all this has just written to it.
  delete from public.contact_history where contact_id = any (ids);
  update public.contact_history set
    duplicate_of_from = case when duplicate_of_from <> all (ids) then duplicate_of_from end,
    duplicate_of_to = case when duplicate_of_to <> all (ids) then duplicate_of_to end
  where duplicate_of_from = any (ids) or duplicate_of_to = any (ids);
  update public.person_acts set counts = counted where id = act;
  return counted;
end $function$;
revoke execute on function forget_contacts(uuid,text[],text,text[]) from public;

-- 0830_forget_detached.sql
CREATE OR REPLACE FUNCTION public.forget_detached(act uuid, ids text[], words text[], counted jsonb)
 RETURNS jsonb
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  patterns constant text[] := (
    select coalesce(array_agg('%' || regexp_replace(lower(word), '([\\%_])', '\\\1', 'g') || '%'), '{}') from unnest(words) word);
  touched bigint;
begin
  if not exists (select from public.person_acts
    where id = act and transaction_id = pg_current_xact_id()::text and kind <> 'archive')
  then
    raise exception 'no act of this transaction' using errcode = 'insufficient_privilege';
  end if;
  delete from public.detached_history where contact_id = any (ids);
  get diagnostics touched = row_count;
  counted = counted || jsonb_build_object('history', touched + coalesce((counted ->> 'history')::bigint, 0));
  delete from public.detached_events where event_data ->> 'contact_id' = any (ids)
    or (cardinality(patterns) > 0 and lower(event_data::text) like any (patterns)
      and public.without_words(event_data::text, words) <> event_data::text);
  get diagnostics touched = row_count;
  counted = counted || jsonb_build_object('events', touched + coalesce((counted ->> 'events')::bigint, 0));
  if cardinality(patterns) > 0 then
    update public.detached_history set
      spam_reason_from = public.without_words(spam_reason_from, words), spam_reason_to = public.without_words(spam_reason_to, words)
    where lower(concat_ws(chr(31), spam_reason_from, spam_reason_to)) like any (patterns)
      and public.without_words(concat_ws(chr(31), spam_reason_from, spam_reason_to), words)
        <> concat_ws(chr(31), spam_reason_from, spam_reason_to);
    get diagnostics touched = row_count;
    counted = counted || jsonb_build_object('mentions', touched + coalesce((counted ->> 'mentions')::bigint, 0));
  end if;
  update public.detached_history set
    duplicate_of_from = case when duplicate_of_from <> all (ids) then duplicate_of_from end,
    duplicate_of_to = case when duplicate_of_to <> all (ids) then duplicate_of_to end
  where duplicate_of_from = any (ids) or duplicate_of_to = any (ids);
  update public.person_acts set counts = counted where id = act;
  return counted;
end $function$;
revoke execute on function forget_detached(uuid,text[],text[],jsonb) from public;

-- 0060_website_functions.sql
CREATE OR REPLACE FUNCTION public.increment_visitor_count()
 RETURNS integer
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  new_count integer;
begin
  insert into public.website_visitors as v (id, count, last_updated)
  values ('visitor_count', 1, now())
  on conflict (id) do update set count = v.count + 1, last_updated = excluded.last_updated
  returning v.count into new_count;
  return new_count;
end $function$;

-- 0530_insights_problem.sql
CREATE OR REPLACE FUNCTION public.insights_problem(insights jsonb)
 RETURNS text
 LANGUAGE plpgsql
 IMMUTABLE PARALLEL SAFE COST 300
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  return case
    -- As the website writes them, before anything is analysed.
    when insights is null or insights in ('{}', 'null') then 'missing'
    when public.insights_are_sound(insights) then null
    -- Each part again: sound, or nothing at all.
    when jsonb_typeof(insights) = 'object'
      and (jsonb_typeof(insights -> 'content_analysis') = 'object'
        or coalesce(insights ->> 'content_analysis', '') in ('', 'Not specified'))
      and (coalesce(insights -> 'content_analysis' ->> 'complexity_score', '') in ('', 'Not specified')
        or insights -> 'content_analysis' -> 'complexity_score' between '0' and '1')
      and (coalesce(insights ->> 'total_documents', '') in ('', 'Not specified')
        or insights -> 'total_documents' between '0' and '1000000')
      and coalesce(insights -> 'content_analysis' ->> 'confidence_level', '') in ('', 'Not specified', 'high', 'medium', 'low')
      and (coalesce(insights -> 'content_analysis' ->> 'primary_language', '') in ('', 'Not specified')
        or (jsonb_typeof(insights -> 'content_analysis' -> 'primary_language') = 'string'
          and length(insights -> 'content_analysis' ->> 'primary_language') <= 100))
      and ((coalesce(insights -> 'content_analysis' ->> 'has_business_content', '') in ('', 'Not specified')
          and coalesce(insights ->> 'has_business_content', '') in ('', 'Not specified'))
        or 'boolean' in (jsonb_typeof(insights -> 'content_analysis' -> 'has_business_content'),
          jsonb_typeof(insights -> 'has_business_content')))
      and case when jsonb_typeof(insights -> 'document_types') = 'array'
        then not jsonb_path_exists(insights -> 'document_types',
          'strict $[*] ? (!(@.type() == "string" && @ != "" && @ != "Not specified"))', '{}', true)
        else coalesce(insights ->> 'document_types', '') in ('', 'Not specified') end
      then 'missing'
    else 'malformed'
  end;
end $function$;

-- 0340_contact_notes.sql
CREATE OR REPLACE FUNCTION public.keep_note_version()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  new.version = old.version + 1;
  if new.text is distinct from old.text then
    insert into public.contact_note_versions (note_id, version, text, written_at)
    values (old.id, old.version, old.text, old.written_at);
    new.written_at = clock_timestamp();
  end if;
  return new;
end $function$;
revoke execute on function keep_note_version() from public;

-- 0765_forget_contacts.sql
CREATE OR REPLACE FUNCTION public.list_contact_references(ids text[])
 RETURNS TABLE(name text, contact_id text, rows bigint, keeps boolean)
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  reference record;
begin
  for reference in
    select k.conrelid::regclass::text as relation, a.attname as attribute, k.confrelid = 'public.documents'::regclass as of_documents,
      k.confdeltype in ('a', 'r') as holds, has_table_privilege(k.conrelid, 'select') as is_readable
    from pg_constraint k join pg_attribute a on a.attrelid = k.conrelid and a.attnum = k.conkey[1]
    where k.contype = 'f' and cardinality(k.conkey) = 1 and k.conparentid = 0
      and k.confrelid in ('public.contact_submissions'::regclass, 'public.documents'::regclass)
      and k.conrelid not in ('public.documents'::regclass, 'public.contact_submissions'::regclass)
  loop
    if not reference.is_readable then
      -- What it refers to cannot be seen: where its key would hold a contact, each is taken for held.
      if reference.holds then
        return query select reference.relation, id, null::bigint, true from unnest(ids) id;
      end if;
      continue;
    end if;
    return query execute format(
      case when reference.of_documents
        then 'select %1$L, d.contact_id::text, count(*), %2$L::boolean from public.documents d join %3$s r on r.%4$I = d.id where d.contact_id = any ($1) group by 2'
        else 'select %1$L, r.%4$I::text, count(*), %2$L::boolean from %3$s r where r.%4$I = any ($1) group by 2' end,
      reference.relation, reference.holds, reference.relation, reference.attribute) using ids;
  end loop;
end $function$;
revoke execute on function list_contact_references(text[]) from public;

-- 0800_months.sql
CREATE OR REPLACE FUNCTION public.list_months()
 RETURNS TABLE(parent text, name text, lower timestamp with time zone, upper timestamp with time zone, is_default boolean)
 LANGUAGE sql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
 SET "TimeZone" TO 'UTC'
 SET "DateStyle" TO 'ISO'
AS $function$
  select p.relname, c.relname, substring(b.bound from 'FROM \(''([^'']+)''\)')::timestamptz,
    substring(b.bound from 'TO \(''([^'']+)''\)')::timestamptz, b.bound = 'DEFAULT'
  from pg_class p
  join pg_inherits i on i.inhparent = p.oid and not i.inhdetachpending
  join pg_class c on c.oid = i.inhrelid
  cross join lateral (select pg_get_expr(c.relpartbound, c.oid) as bound) b
  where p.relnamespace = 'public'::regnamespace and p.relkind = 'p' and p.relname in ('contact_history', 'analytics_events')
$function$;
revoke execute on function list_months() from public;

-- 0800_months.sql
CREATE OR REPLACE FUNCTION public.make_months(ahead integer, most integer)
 RETURNS integer
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
 SET "TimeZone" TO 'UTC'
 SET "DateStyle" TO 'ISO'
 SET lock_timeout TO '300ms'
AS $function$
declare
  divided record;
  month timestamptz;
  part text;
  stray text;
  waiting bigint;
  made integer := 0;
begin
  if ahead not between 0 and 120 then
    raise exception 'no such number of months: %', ahead using errcode = 'invalid_parameter_value';
  end if;
  for divided in
    select m.parent, max(m.upper) as upper, t.attribute, (array_agg(m.name order by m.upper desc nulls last))[1] as template,
      max(m.name) filter (where m.is_default) as spare
    from public.list_months() m
    join (values ('contact_history', 'changed_at'), ('analytics_events', 'timestamp')) as t (parent, attribute) using (parent)
    group by 1, 3
  loop
    stray = format('public.%I', divided.spare);
    for month in
      select g from generate_series(
        least(divided.upper, date_trunc('month', now()) - interval '2 months'),
        date_trunc('month', now()) + make_interval(months => ahead), interval '1 month') g
      where not exists (
        select from public.list_months() m where m.parent = divided.parent and g >= coalesce(m.lower, '-infinity') and g < m.upper)
    loop
      -- Nobody may be past the first lock and wait for the second: their row would go to the default part, and belong to the month.
      execute format('lock table only public.%I in access exclusive mode', divided.parent);
      execute format('lock table %s in access exclusive mode', stray);
      execute format('select count(*) from (select from only %s where %I >= %L and %2$I < %4$L limit %5$s) t',
        stray, divided.attribute, month, month + interval '1 month', most::bigint + 1) into waiting;
      continue when waiting > most;
      part = divided.parent || to_char(month, '_YYYY_MM');
      perform public.make_part(format('public.%I', divided.template)::regclass, part);
      perform public.move_rows(stray::regclass, format('public.%I', part)::regclass,
        format('%I >= %L and %1$I < %3$L', divided.attribute, month, month + interval '1 month'), most);
      perform public.copy_triggers(format('public.%I', divided.template)::regclass, format('public.%I', part)::regclass, true, true);
      execute format('alter table public.%I attach partition public.%I for values from (%L) to (%L)',
        divided.parent, part, month, month + interval '1 month');
      made = made + 1;
      if waiting > 0 then
        return made;
      end if;
    end loop;
  end loop;
  return made;
end $function$;
revoke execute on function make_months(integer,integer) from public;

-- 0800_months.sql
CREATE OR REPLACE FUNCTION public.make_part(template regclass, name text)
 RETURNS void
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  part text := format('public.%I', name);
  found record;
begin
  execute format('create table %s (like %s including all excluding identity)', part, template);
  for found in
    select conname, pg_get_constraintdef(oid) as definition from pg_constraint
    where conrelid = template and contype = 'f' and conparentid = 0
  loop
    execute format('alter table %s add constraint %I %s', part, found.conname, found.definition);
  end loop;
  if (select relowner from pg_class where oid = template) <> (select relowner from pg_class where oid = part::regclass) then
    execute format('alter table %s owner to %s', part, (select relowner::regrole from pg_class where oid = template));
  end if;
  perform public.close_table(part);
end $function$;
revoke execute on function make_part(regclass,text) from public;

-- 0800_months.sql
CREATE OR REPLACE FUNCTION public.move_rows(source regclass, target regclass, condition text, most integer)
 RETURNS bigint
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  silenced record;
  command text;
  undone text[] := '{}';
  moved bigint;
begin
  for silenced in
    select format('alter table %s %%s trigger %I', tgrelid::regclass, tgname) as command, tgenabled from pg_trigger
    where tgrelid in (source, target) and not tgisinternal and tgenabled <> 'D'
  loop
    execute format(silenced.command, 'disable');
    undone = undone || format(silenced.command,
      case silenced.tgenabled when 'A' then 'enable always' when 'R' then 'enable replica' else 'enable' end);
  end loop;
  execute format('with moved as (
      delete from only %1$s where ctid = any (array(select ctid from only %1$s where %3$s limit %4$s)) returning *
    )
    insert into %2$s overriding system value select * from moved', source, target, condition, most);
  get diagnostics moved = row_count;
  foreach command in array undone loop
    execute command;
  end loop;
  return moved;
end $function$;
revoke execute on function move_rows(regclass,regclass,text,integer) from public;

-- 0805_divide_events.sql
CREATE OR REPLACE FUNCTION public.pass_name(source regclass, source_becomes text, target regclass)
 RETURNS void
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  name text := (select relname from pg_class where oid = source);
  said text := obj_description(source, 'pg_class');
  definitions text[] := (
    select coalesce(array_agg(format('create or replace view %s%s as %s', v.oid::regclass,
      ' with (' || nullif(array_to_string(v.reloptions, ', '), '') || ')', pg_get_viewdef(v.oid))), '{}')
    from pg_class v
    where v.relkind = 'v' and v.oid in (
      select r.ev_class from pg_depend d join pg_rewrite r on d.classid = 'pg_rewrite'::regclass and r.oid = d.objid
      where d.refclassid = 'pg_class'::regclass and d.refobjid = source));
  definition text;
begin
  perform public.copy_rights(source, target);
  execute format('comment on table %s is %L', target, said);
  execute format('alter table %s rename to %I', source, source_becomes);
  execute format('alter table %s rename to %I', target, name);
  foreach definition in array definitions loop
    execute definition;
  end loop;
end $function$;
revoke execute on function pass_name(regclass,text,regclass) from public;

-- 0070_contact_triggers.sql, 0315_triage_triggers.sql, 0965_wake_on_writing_again.sql
CREATE OR REPLACE FUNCTION public.record_contact_change()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  uuid_pattern constant text := '^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$';
  said_actor text := current_setting('desk.actor', true);
  said_batch text := current_setting('desk.batch', true);
  known_actor text := 'website';
  known_actor_id uuid;
  known_batch uuid;
  changed text[];
begin
  if said_actor like 'staff:%' then
    known_actor = 'staff';
    if substr(said_actor, 7) ~ uuid_pattern then
      known_actor_id = substr(said_actor, 7)::uuid;
    end if;
  elsif said_actor = 'system' then
    known_actor = 'system';
  end if;
  if said_batch ~ uuid_pattern then
    known_batch = said_batch::uuid;
  end if;

  if tg_op = 'DELETE' then
    insert into public.contact_history (changed_at, contact_id, operation, actor, actor_id, database_role, batch_id,
      version_to, fields, status_from, assignee_from, snoozed_from, spam_reason_from, duplicate_of_from)
    values (clock_timestamp(), left(old.id, 255), 'delete', known_actor, known_actor_id, session_user, known_batch,
      null, '{}', left(old.status, 50), old.assignee_id, old.snoozed_until, left(old.spam_reason, 1000),
      left(old.duplicate_of, 255));
    return null;
  end if;

  -- One expression: each step of PL/pgSQL costs as much as ten comparisons.
  changed = array_remove(array[
    case when old.status is distinct from new.status then 'status' end,
    case when old.assignee_id is distinct from new.assignee_id then 'assignee_id' end,
    case when old.snoozed_until is distinct from new.snoozed_until then 'snoozed_until' end,
    case when new.wrote_again_at is not null and old.wrote_again_at is distinct from new.wrote_again_at then 'wrote_again_at' end,
    case when old.spam_reason is distinct from new.spam_reason then 'spam_reason' end,
    case when old.duplicate_of is distinct from new.duplicate_of then 'duplicate_of' end,
    case when old.id is distinct from new.id then 'id' end,
    case when old.name is distinct from new.name then 'name' end,
    case when old.email is distinct from new.email then 'email' end,
    case when old.company is distinct from new.company then 'company' end,
    case when old.service is distinct from new.service then 'service' end,
    case when old.budget is distinct from new.budget then 'budget' end,
    case when old.message is distinct from new.message then 'message' end,
    case when old."timestamp" is distinct from new."timestamp" then 'timestamp' end,
    case when old.source is distinct from new.source then 'source' end,
    case when old.user_agent is distinct from new.user_agent then 'user_agent' end,
    case when old.page_url is distinct from new.page_url then 'page_url' end,
    case when old.document_processing_enabled is distinct from new.document_processing_enabled
      then 'document_processing_enabled' end,
    case when old.search_capabilities is distinct from new.search_capabilities then 'search_capabilities' end,
    case when old.document_insights is distinct from new.document_insights then 'document_insights' end
  ]::text[], null);

  insert into public.contact_history (changed_at, contact_id, operation, actor, actor_id, database_role, batch_id,
    version_to, fields, status_from, status_to, assignee_from, assignee_to, snoozed_from, snoozed_to,
    spam_reason_from, spam_reason_to, duplicate_of_from, duplicate_of_to)
  values (clock_timestamp(), left(new.id, 255), 'update', known_actor, known_actor_id, session_user, known_batch,
    new.version, changed, left(old.status, 50), left(new.status, 50), old.assignee_id, new.assignee_id,
    old.snoozed_until, new.snoozed_until, left(old.spam_reason, 1000), left(new.spam_reason, 1000),
    left(old.duplicate_of, 255), left(new.duplicate_of, 255));
  return null;
end $function$;
revoke execute on function record_contact_change() from public;

-- 0765_forget_contacts.sql, 0840_forgotten_statistics.sql, 0950_forgotten_index_statistics.sql
CREATE OR REPLACE FUNCTION public.refresh_person_statistics()
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  kept record;
  filled boolean;
  clears boolean := to_regprocedure('pg_catalog.pg_clear_attribute_stats(text, text, text, boolean)') is not null;
begin
  if clears then
    perform pg_clear_attribute_stats('public', i.relname, a.attname::text, false)
    from pg_index x
    join pg_class i on i.oid = x.indexrelid
    join pg_attribute a on a.attrelid = i.oid
    where i.relnamespace = 'public'::regnamespace and i.relowner = current_user::regrole and i.relkind = 'i' and x.indexprs is not null;
  end if;
  for kept in
    select oid::regclass as name, relname, relispartition from pg_class
    where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and relowner = current_user::regrole
    order by oid
  loop
    execute format('select exists (select from %s)', kept.name) into filled;
    if filled and not kept.relispartition then
      execute format('analyze %s', kept.name);
    elsif clears and not filled then
      execute format('select pg_clear_attribute_stats(%L, %L, attname::text, inherited)
        from pg_attribute, (values (true), (false)) v (inherited)
        where attrelid = %s and attnum > 0 and not attisdropped', 'public', kept.relname, kept.name::oid);
    end if;
  end loop;
end $function$;
revoke execute on function refresh_person_statistics() from public;

-- 0030_history_and_batches.sql, 0760_person_acts.sql, 0810_history_beside.sql, 0816_history_by_month.sql
CREATE OR REPLACE FUNCTION public.refuse_history_change()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  if tg_op <> 'TRUNCATE'
    and exists (select from public.person_acts where transaction_id = pg_current_xact_id_if_assigned()::text and kind <> 'archive')
  then
    return null;
  end if;
  raise exception 'contact_history is append-only: % refused', lower(tg_op) using errcode = 'restrict_violation';
end $function$;
revoke execute on function refuse_history_change() from public;

-- 0805_divide_events.sql
CREATE OR REPLACE FUNCTION public.rejoin_events()
 RETURNS void
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  whole constant regclass := 'public.analytics_events';
  is_divided constant boolean := (select relkind = 'p' from pg_class where oid = whole);
  parts regclass[];
  part regclass;
  found record;
  names text[];
begin
  execute format('lock table %s in access exclusive mode', whole);
  if to_regclass('public.analytics_events_before') is null then
    -- It was taken off by a rule, and dropped by somebody: the oldest month stands in for it.
    execute format('alter table public.%I rename to analytics_events_before',
      (select name from public.list_months() where parent = 'analytics_events' and not is_default order by upper limit 1));
  end if;
  names = array(select c.relname from pg_index i join pg_class c on c.oid = i.indexrelid where i.indrelid = whole);
  for found in
    select inhrelid::regclass as part, inhparent::regclass as parent from pg_inherits
    where inhparent in (whole, 'public.detached_events'::regclass)
  loop
    if found.parent = whole and is_divided then
      execute format('alter table %s detach partition %s', whole, found.part);
    else
      execute format('alter table %s no inherit %s', found.part, found.parent);
    end if;
    if found.part <> 'public.analytics_events_before'::regclass then
      parts = parts || found.part;
    end if;
  end loop;
  alter table public.analytics_events_before drop constraint if exists analytics_events_until;
  perform public.pass_name(whole, 'analytics_events_beside', 'public.analytics_events_before');
  if is_divided then
    drop table public.analytics_events_beside;
    for found in select name from unnest(names) name loop
      execute format('alter index if exists public.%I rename to %I', left(found.name, 56) || '_before', found.name);
    end loop;
  else
    parts = parts || 'public.analytics_events_beside'::regclass;
  end if;
  foreach part in array coalesce(parts, '{}') loop
    -- Their rows have been told of; moving them is no news.
    for found in select tgname from pg_trigger where tgrelid = part and not tgisinternal loop
      execute format('drop trigger %I on %s', found.tgname, part);
    end loop;
    execute format('alter table %s inherit public.analytics_events', part);
  end loop;
end $function$;
revoke execute on function rejoin_events() from public;

-- 0805_divide_events.sql
CREATE OR REPLACE FUNCTION public.set_events_aside()
 RETURNS void
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  lock table public.analytics_events in access exclusive mode;
  perform public.copy_triggers('public.analytics_events', 'public.analytics_events_beside', true, true);
  perform public.pass_name('public.analytics_events', 'analytics_events_before', 'public.analytics_events_beside');
  alter table public.analytics_events_before inherit public.analytics_events;
end $function$;
revoke execute on function set_events_aside() from public;

-- 0060_website_functions.sql
CREATE OR REPLACE FUNCTION public.update_updated_at_column()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  if new *<> old then
    new.updated_at = now();
  end if;
  return new;
end $function$;

-- 0965_wake_on_writing_again.sql
CREATE OR REPLACE FUNCTION public.wake_contacts(address text, but_id text, arrived timestamp with time zone, sent timestamp with time zone)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
 SET lock_timeout TO '500ms'
AS $function$
declare
  said_actor text := coalesce(current_setting('desk.actor', true), '');
  said_batch text := coalesce(current_setting('desk.batch', true), '');
  said_undoes text := coalesce(current_setting('desk.undoes', true), '');
begin
  perform set_config('desk.actor', 'system', true), set_config('desk.batch', '', true), set_config('desk.undoes', '', true);
  with waiting as materialized (
    select c.id from public.contact_submissions c
    where lower(public.trim_text(left(c.email, 255))) = address
      and coalesce(c.snoozed_until, '-infinity') > '-infinity' and coalesce(c.snoozed_until, '-infinity') > now()
      and c.created_at < arrived and c."timestamp" <= sent and c.id <> but_id
    order by c."timestamp" desc, c.id desc limit 100
  ), locked as materialized (
    -- In the order in which the desk locks contacts.
    select c.id from public.contact_submissions c join waiting w on w.id = c.id order by c.id for no key update of c
  )
  update public.contact_submissions c set snoozed_until = now(), wrote_again_at = now()
  from locked l where c.id = l.id and c.snoozed_until > now();
  perform set_config('desk.actor', said_actor, true), set_config('desk.batch', said_batch, true),
    set_config('desk.undoes', said_undoes, true);
exception when others then
  -- The contact comes back at its time. The address is not written to the log.
  raise log 'contacts stay snoozed although their address wrote again (%)', sqlstate;
end $function$;
revoke execute on function wake_contacts(text,text,timestamp with time zone,timestamp with time zone) from public;

-- 0965_wake_on_writing_again.sql
CREATE OR REPLACE FUNCTION public.wake_snoozed()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
 SET enable_seqscan TO 'off'
AS $function$
declare
  address text := lower(public.trim_text(left(new.email, 255)));
begin
  if address not in ('', 'not specified') and exists (
    select from public.contact_submissions c
    where lower(public.trim_text(left(c.email, 255))) = address
      and coalesce(c.snoozed_until, '-infinity') > '-infinity' and coalesce(c.snoozed_until, '-infinity') > now())
  then
    perform public.wake_contacts(address, new.id, new.created_at, new."timestamp");
  end if;
  return null;
end $function$;
revoke execute on function wake_snoozed() from public;

-- 0765_forget_contacts.sql
CREATE OR REPLACE FUNCTION public.without_contacts(given jsonb, ids text[])
 RETURNS jsonb
 LANGUAGE plpgsql
 IMMUTABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  each_id text;
  printed text := given::text;
begin
  foreach each_id in array ids loop
    printed = replace(printed, to_json(each_id)::text, '"forgotten"');
  end loop;
  return printed::jsonb;
end $function$;
revoke execute on function without_contacts(jsonb,text[]) from public;

-- 0765_forget_contacts.sql
CREATE OR REPLACE FUNCTION public.without_words(given text, words text[])
 RETURNS text
 LANGUAGE plpgsql
 IMMUTABLE COST 10000
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  word text;
begin
  foreach word in array words loop
    -- Most are not there at all, and the server remembers only 32 expressions.
    continue when strpos(lower(given), lower(word)) = 0;
    given = regexp_replace(given,
      -- What comes before is matched with it: looking behind at every place of a long text takes the square of its length.
      -- In an address a plus is part of it; in a URL, and before a name, it is a space.
      '(^[''’]?|[^[:alnum:]][''’]|[^[:alnum:]''’.' || case when strpos(word, '@') > 0 then '+' else '' end || '_%\\-]'
      || '|\\[bfnrt]|\\u00[01][0-9A-F]|%(?:[01][0-9A-F]|2[0-689ACF]|3[A-F]|40|5[B-E]|60|7[B-E]))'
      || regexp_replace(word, '([].*+?^${}()|\\[])', '\\\1', 'g')
      || '(?![._]?[[:alnum:]]|-+[[:alnum:]])',
      '\1(…)', 'gi');
  end loop;
  return given;
end $function$;
revoke execute on function without_words(text,text[]) from public;

-- 0530_insights_problem.sql
CREATE OR REPLACE FUNCTION public.insights_are_sound(insights jsonb)
 RETURNS boolean
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
RETURN ((((((insights -> 'content_analysis'::text) -> 'complexity_score'::text) >= '0'::jsonb) AND (((insights -> 'content_analysis'::text) -> 'complexity_score'::text) <= '1'::jsonb)) IS TRUE) AND ((((insights -> 'total_documents'::text) >= '0'::jsonb) AND ((insights -> 'total_documents'::text) <= '1000000'::jsonb)) IS TRUE) AND (((insights -> 'content_analysis'::text) ->> 'confidence_level'::text) = ANY (ARRAY['high'::text, 'medium'::text, 'low'::text])) AND (jsonb_typeof(((insights -> 'content_analysis'::text) -> 'primary_language'::text)) = 'string'::text) AND (((insights -> 'content_analysis'::text) ->> 'primary_language'::text) <> ALL (ARRAY[''::text, 'Not specified'::text])) AND (length(((insights -> 'content_analysis'::text) ->> 'primary_language'::text)) <= 100) AND ('boolean'::text = ANY (ARRAY[jsonb_typeof(((insights -> 'content_analysis'::text) -> 'has_business_content'::text)), jsonb_typeof((insights -> 'has_business_content'::text))])) AND CASE WHEN (jsonb_typeof((insights -> 'document_types'::text)) = 'array'::text) THEN (NOT jsonb_path_exists((insights -> 'document_types'::text), 'strict $[*]?(!((@.type() == "string" && @ != "") && @ != "Not specified"))'::jsonpath, '{}'::jsonb, true)) ELSE NULL::boolean END);

-- 0920_trim_text.sql
CREATE OR REPLACE FUNCTION public.trim_text(given text)
 RETURNS text
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN ((ascii(given) >= 33) AND (ascii(given) <= 126) AND (ascii("right"(given, 1)) >= 33) AND (ascii("right"(given, 1)) <= 126)) THEN given WHEN (given IS NULL) THEN NULL::text ELSE COALESCE("substring"((given COLLATE "C"), '(?=[^\u0001-\u0020\u007f-\u00a0\u00ad\u034f\u061c\u115f\u1160\u1680\u17b4\u17b5\u180b-\u180f\u2000-\u200f\u2028-\u202f\u205f-\u206f\u2800\u3000\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufff8\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]).*(?:[^\u0001-\u007e\u007f-\u00a0\u00ad\u034f\u061c\u115f\u1160\u1680\u17b4\u17b5\u180b-\u180f\u2000-\u200f\u2028-\u202f\u205f-\u206f\u2800\u3000\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufff8\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff][\u180b-\u180d\u180f\u200d\ufe00-\ufe0f\U000e0020-\U000e007f\U000e0100-\U000e01ef]+|[^\u0001-\u0020\u007f-\u00a0\u00ad\u034f\u061c\u115f\u1160\u1680\u17b4\u17b5\u180b-\u180f\u2000-\u200f\u2028-\u202f\u205f-\u206f\u2800\u3000\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufff8\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff])'::text), ''::text) END;


-- Tables

-- 0010_website_tables.sql
create table analytics_events (
  id uuid default gen_random_uuid() not null,
  event_type character varying(100) not null,
  event_data jsonb not null,
  "timestamp" timestamp with time zone default now() not null,
  created_at timestamp with time zone default now() not null
) partition by RANGE ("timestamp");

-- 0660_backup_runs.sql
create table backup_runs (
  id uuid default gen_random_uuid() not null,
  due_at timestamp with time zone,
  scheduled boolean not null,
  started_at timestamp with time zone default now() not null,
  started_by text not null,
  seen_at timestamp with time zone default now() not null,
  ended_at timestamp with time zone,
  retry_at timestamp with time zone,
  name text,
  bytes bigint,
  made_at timestamp with time zone,
  check_state text,
  reason text,
  constraint backup_runs_check_state_check CHECK ((check_state = ANY (ARRAY['proved'::text, 'refuted'::text, 'unchecked'::text]))),
  constraint backup_runs_pkey PRIMARY KEY (id),
  constraint backup_runs_due_at_key UNIQUE (due_at)
);

-- 0030_history_and_batches.sql, 0310_triage_columns.sql, 0350_bulk_changes.sql
create table change_batches (
  id uuid not null,
  staff_id uuid not null,
  kind text not null,
  undoes uuid,
  request jsonb not null,
  outcome jsonb,
  created_at timestamp with time zone default now() not null,
  finished_at timestamp with time zone,
  set_id uuid,
  total integer,
  done integer default 0 not null,
  cancelled_at timestamp with time zone,
  constraint change_batches_kind_check CHECK ((kind = ANY (ARRAY['status'::text, 'assign'::text, 'snooze'::text, 'spam'::text, 'duplicate'::text, 'handover'::text, 'undo'::text]))),
  constraint change_batches_pkey PRIMARY KEY (id),
  constraint change_batches_set_id_key UNIQUE (set_id),
  constraint change_batches_undoes_key UNIQUE (undoes)
);

-- 0300_contact_exports.sql
create table contact_exports (
  id uuid default gen_random_uuid() not null,
  staff_id uuid not null,
  filter text not null,
  columns text[] not null,
  started_at timestamp with time zone default now() not null,
  ended_at timestamp with time zone,
  outcome text,
  matching integer,
  written integer,
  constraint contact_exports_outcome_check CHECK ((outcome = ANY (ARRAY['finished'::text, 'left'::text, 'failed'::text, 'refused'::text]))),
  constraint contact_exports_pkey PRIMARY KEY (id)
);

-- 0030_history_and_batches.sql, 0310_triage_columns.sql, 0810_history_beside.sql, 0816_history_by_month.sql
create table contact_history (
  id bigint generated always as identity not null,
  changed_at timestamp with time zone default now() not null,
  contact_id character varying(255) not null,
  operation text not null,
  actor text not null,
  actor_id uuid,
  database_role text not null,
  batch_id uuid,
  version_to integer,
  fields text[] default '{}'::text[] not null,
  status_from character varying(50),
  status_to character varying(50),
  assignee_from uuid,
  assignee_to uuid,
  snoozed_from timestamp with time zone,
  snoozed_to timestamp with time zone,
  spam_reason_from text,
  spam_reason_to text,
  duplicate_of_from character varying(255),
  duplicate_of_to character varying(255),
  constraint contact_history_actor_check CHECK ((actor = ANY (ARRAY['staff'::text, 'website'::text, 'system'::text]))),
  constraint contact_history_operation_check CHECK ((operation = ANY (ARRAY['update'::text, 'delete'::text]))),
  constraint contact_history_pkey PRIMARY KEY (changed_at, id)
) partition by RANGE (changed_at);

-- 0340_contact_notes.sql
create table contact_note_versions (
  note_id uuid not null,
  version integer not null,
  text text not null,
  written_at timestamp with time zone not null,
  constraint contact_note_versions_pkey PRIMARY KEY (note_id, version)
);

-- 0340_contact_notes.sql
create table contact_notes (
  id uuid not null,
  contact_id character varying(255) not null,
  author_id uuid not null,
  text text not null,
  version integer default 1 not null,
  created_at timestamp with time zone default now() not null,
  written_at timestamp with time zone default now() not null,
  deleted_at timestamp with time zone,
  constraint contact_notes_text_check CHECK (((length(text) >= 1) AND (length(text) <= 10000))),
  constraint contact_notes_pkey PRIMARY KEY (id)
);

-- 0006_missing_contact_columns.sql, 0010_website_tables.sql, 0040_contact_columns.sql, 0050_validate_assignee.sql, 0310_triage_columns.sql, 0965_wake_on_writing_again.sql
create table contact_submissions (
  id character varying(255) not null,
  name character varying(255) not null,
  email character varying(255) not null,
  company character varying(255),
  service character varying(255),
  budget character varying(255),
  message text not null,
  "timestamp" timestamp with time zone default now() not null,
  status character varying(50) default 'new'::character varying,
  source character varying(100) default 'website'::character varying,
  user_agent text,
  page_url text,
  document_processing_enabled boolean default true,
  search_capabilities boolean default true,
  document_insights jsonb default '{}'::jsonb,
  last_updated timestamp with time zone,
  created_at timestamp with time zone default now() not null,
  updated_at timestamp with time zone default now() not null,
  version integer default 1 not null,
  assignee_id uuid,
  snoozed_until timestamp with time zone,
  first_contacted_at timestamp with time zone,
  spam_reason text,
  duplicate_of character varying(255),
  wrote_again_at timestamp with time zone,
  constraint contact_submissions_pkey PRIMARY KEY (id)
);

-- 0405_contact_viewers.sql
create unlogged table contact_viewers (
  tab uuid not null,
  contact_id character varying(255) not null,
  staff_id uuid not null,
  seen_at timestamp with time zone default now() not null,
  constraint contact_viewers_pkey PRIMARY KEY (tab)
) with (fillfactor=50);

-- 0020_staff_and_desk.sql, 0411_business_hours.sql, 0620_second_factors.sql, 0760_person_acts.sql, 0800_months.sql
create table desk_settings (
  id boolean default true not null,
  name text default 'Contact Desk'::text not null,
  time_zone text default 'UTC'::text not null,
  business_week jsonb,
  response_targets jsonb,
  version integer default 1 not null,
  second_factor_roles text[] default '{}'::text[] not null,
  retention jsonb,
  retention_week date,
  months_due_at timestamp with time zone default now() not null,
  history_months integer,
  events_months integer,
  constraint desk_settings_events_months_check CHECK (((events_months >= 3) AND (events_months <= 1200))),
  constraint desk_settings_history_months_check CHECK (((history_months >= 12) AND (history_months <= 1200))),
  constraint desk_settings_id_check CHECK (id),
  constraint desk_settings_second_factor_roles_check CHECK ((second_factor_roles <@ ARRAY['agent'::text, 'manager'::text, 'admin'::text])),
  constraint desk_settings_pkey PRIMARY KEY (id)
);

-- 0800_months.sql
create table detached_events (
  id uuid not null,
  event_type character varying(100) not null,
  event_data jsonb not null,
  "timestamp" timestamp with time zone not null,
  created_at timestamp with time zone not null,
  constraint detached_events_pkey PRIMARY KEY (id)
);

-- 0800_months.sql
create table detached_history (
  id bigint not null,
  changed_at timestamp with time zone not null,
  contact_id character varying(255) not null,
  operation text not null,
  actor text not null,
  actor_id uuid,
  database_role text not null,
  batch_id uuid,
  version_to integer,
  fields text[] not null,
  status_from character varying(50),
  status_to character varying(50),
  assignee_from uuid,
  assignee_to uuid,
  snoozed_from timestamp with time zone,
  snoozed_to timestamp with time zone,
  spam_reason_from text,
  spam_reason_to text,
  duplicate_of_from character varying(255),
  duplicate_of_to character varying(255),
  constraint detached_history_pkey PRIMARY KEY (changed_at, id)
);

-- 0007_missing_document_columns.sql, 0010_website_tables.sql
create table documents (
  id uuid default gen_random_uuid() not null,
  contact_id character varying(255) not null,
  filename character varying(500) not null,
  size bigint not null,
  content_type character varying(255) not null,
  document_type character varying(100) not null,
  description text,
  tags jsonb default '[]'::jsonb,
  upload_timestamp timestamp with time zone not null,
  processing_status character varying(50) default 'pending'::character varying,
  s3_bucket character varying(255),
  s3_key text,
  efs_path text,
  file_hash character varying(64),
  processing_metadata jsonb,
  processing_timestamp timestamp with time zone,
  complexity_score numeric(5,2),
  indexed_timestamp timestamp with time zone,
  created_at timestamp with time zone default now() not null,
  updated_at timestamp with time zone default now() not null,
  constraint documents_pkey PRIMARY KEY (id)
);

-- 0600_familiar_origins.sql
create table familiar_origins (
  staff_id uuid not null,
  kind text not null,
  mark text not null,
  signed_in_at timestamp with time zone default now() not null,
  constraint familiar_origins_kind_check CHECK ((kind = ANY (ARRAY['device'::text, 'network'::text]))),
  constraint familiar_origins_pkey PRIMARY KEY (staff_id, kind, mark)
);

-- 0760_person_acts.sql
create table forgotten_files (
  id bigint generated always as identity not null,
  act_id uuid not null,
  bucket text,
  key text,
  efs_path text,
  tries integer default 0 not null,
  next_try_at timestamp with time zone default now() not null,
  problem text,
  constraint forgotten_files_pkey PRIMARY KEY (id)
);

-- 0005_found_at_adoption.sql, 0006_missing_contact_columns.sql
create table found_at_adoption (
  id integer generated always as identity not null,
  kind text not null,
  name text not null,
  definition text default ''::text not null,
  constraint found_at_adoption_kind_check CHECK ((kind = ANY (ARRAY['database'::text, 'function'::text, 'trigger'::text, 'index'::text, 'extension'::text, 'right'::text, 'application'::text, 'leaving'::text, 'missing table'::text, 'missing column'::text]))),
  constraint found_at_adoption_pkey PRIMARY KEY (id)
);

-- 0350_bulk_changes.sql
create table frozen_contacts (
  set_id uuid not null,
  "position" integer not null,
  contact_id character varying(255) not null,
  version integer not null,
  result text,
  constraint frozen_contacts_result_check CHECK ((result = ANY (ARRAY['unchanged'::text, 'stale'::text]))),
  constraint frozen_contacts_pkey PRIMARY KEY (set_id, "position")
);

-- 0350_bulk_changes.sql
create table frozen_sets (
  id uuid default gen_random_uuid() not null,
  staff_id uuid not null,
  filter text,
  total integer not null,
  created_at timestamp with time zone default now() not null,
  constraint frozen_sets_pkey PRIMARY KEY (id)
);

-- 0760_person_acts.sql
create table person_acts (
  id uuid default gen_random_uuid() not null,
  staff_id uuid,
  kind text not null,
  person_key text,
  counts jsonb default '{}'::jsonb not null,
  done_at timestamp with time zone default clock_timestamp() not null,
  transaction_id text default (pg_current_xact_id())::text not null,
  constraint person_acts_kind_check CHECK ((kind = ANY (ARRAY['archive'::text, 'forgotten'::text, 'retention'::text]))),
  constraint person_acts_pkey PRIMARY KEY (id)
);

-- 0620_second_factors.sql
create table recovery_codes (
  staff_id uuid not null,
  hash text not null,
  used_at timestamp with time zone,
  constraint recovery_codes_pkey PRIMARY KEY (staff_id, hash)
);

create table schema_migration (
  name text not null,
  sha256 text not null,
  applied_at timestamp with time zone default now() not null,
  constraint schema_migration_pkey PRIMARY KEY (name)
);

-- 0620_second_factors.sql
create table second_factors (
  staff_id uuid not null,
  secret text not null,
  created_at timestamp with time zone default now() not null,
  confirmed_at timestamp with time zone,
  last_step bigint default 0 not null,
  constraint second_factors_pkey PRIMARY KEY (staff_id)
);

-- 0020_staff_and_desk.sql, 0600_familiar_origins.sql, 0620_second_factors.sql
create table sign_in_attempts (
  id bigint generated always as identity not null,
  account text not null,
  address text not null,
  succeeded boolean not null,
  attempted_at timestamp with time zone default now() not null,
  allowance text default 'anywhere'::text not null,
  network text default ''::text not null,
  device text default ''::text not null,
  constraint sign_in_attempts_allowance_check CHECK ((allowance = ANY (ARRAY['anywhere'::text, 'network'::text, 'device'::text, 'own password'::text, 'second factor'::text]))),
  constraint sign_in_attempts_pkey PRIMARY KEY (id)
);

-- 0020_staff_and_desk.sql, 0610_staff_identities.sql, 0630_role_refused.sql
create table staff (
  id uuid default gen_random_uuid() not null,
  email text not null,
  name text not null,
  role text not null,
  password_hash text,
  must_change_password boolean default false not null,
  disabled_at timestamp with time zone,
  preferences jsonb default '{}'::jsonb not null,
  created_at timestamp with time zone default now() not null,
  updated_at timestamp with time zone default now() not null,
  role_source text default 'desk'::text not null,
  role_refused_at timestamp with time zone,
  constraint staff_role_check CHECK ((role = ANY (ARRAY['agent'::text, 'manager'::text, 'admin'::text]))),
  constraint staff_role_source_check CHECK ((role_source = ANY (ARRAY['desk'::text, 'provider'::text]))),
  constraint staff_pkey PRIMARY KEY (id)
);

-- 0640_staff_changes.sql
create table staff_changes (
  staff_id uuid not null,
  changes bigint not null,
  constraint staff_changes_pkey PRIMARY KEY (staff_id)
) with (fillfactor=50);

-- 0610_staff_identities.sql
create table staff_identities (
  issuer text not null,
  subject text not null,
  staff_id uuid not null,
  email text,
  created_at timestamp with time zone default now() not null,
  signed_in_at timestamp with time zone default now() not null,
  constraint staff_identities_pkey PRIMARY KEY (issuer, subject)
);

-- 0020_staff_and_desk.sql, 0610_staff_identities.sql
create table staff_sessions (
  id uuid default gen_random_uuid() not null,
  staff_id uuid not null,
  created_at timestamp with time zone default now() not null,
  last_seen_at timestamp with time zone default now() not null,
  expires_at timestamp with time zone not null,
  ended_at timestamp with time zone,
  user_agent text,
  address text,
  opened_by text default 'password'::text not null,
  constraint staff_sessions_opened_by_check CHECK ((opened_by = ANY (ARRAY['password'::text, 'provider'::text]))),
  constraint staff_sessions_pkey PRIMARY KEY (id)
);

-- 0430_triage.sql
create table triage_claims (
  contact_id character varying(255) not null,
  staff_id uuid not null,
  claimed_until timestamp with time zone not null,
  constraint triage_claims_pkey PRIMARY KEY (contact_id)
);

-- 0430_triage.sql
create table triage_queues (
  id uuid not null,
  staff_id uuid not null,
  filter text not null,
  contact_ids text[] not null,
  created_at timestamp with time zone default now() not null,
  constraint triage_queues_pkey PRIMARY KEY (id)
);

-- 0410_views.sql, 0412_view_columns.sql
create table views (
  id uuid default gen_random_uuid() not null,
  owner_id uuid not null,
  name text not null,
  shared boolean default false not null,
  filter text not null,
  "position" integer not null,
  created_at timestamp with time zone default now() not null,
  updated_at timestamp with time zone default now() not null,
  columns text,
  constraint views_columns_check CHECK (((length(columns) >= 1) AND (length(columns) <= 1000))),
  constraint views_filter_check CHECK ((length(filter) <= 4000)),
  constraint views_name_check CHECK (((length(name) >= 1) AND (length(name) <= 60))),
  constraint views_pkey PRIMARY KEY (id)
);

-- 0008_missing_visitor_columns.sql, 0010_website_tables.sql
create table website_visitors (
  id character varying(255) default 'visitor_count'::character varying not null,
  count integer default 0 not null,
  last_updated timestamp with time zone default now() not null,
  constraint website_visitors_pkey PRIMARY KEY (id)
);


-- References

alter table change_batches add constraint change_batches_set_id_fkey FOREIGN KEY (set_id) REFERENCES frozen_sets(id);

alter table change_batches add constraint change_batches_staff_id_fkey FOREIGN KEY (staff_id) REFERENCES staff(id);

alter table change_batches add constraint change_batches_undoes_fkey FOREIGN KEY (undoes) REFERENCES change_batches(id);

alter table contact_exports add constraint contact_exports_staff_id_fkey FOREIGN KEY (staff_id) REFERENCES staff(id);

alter table contact_note_versions add constraint contact_note_versions_note_id_fkey FOREIGN KEY (note_id) REFERENCES contact_notes(id) ON DELETE CASCADE;

alter table contact_notes add constraint contact_notes_author_id_fkey FOREIGN KEY (author_id) REFERENCES staff(id);

-- 0040_contact_columns.sql, 0050_validate_assignee.sql
alter table contact_submissions add constraint contact_submissions_assignee_id_fkey FOREIGN KEY (assignee_id) REFERENCES staff(id);

alter table contact_viewers add constraint contact_viewers_staff_id_fkey FOREIGN KEY (staff_id) REFERENCES staff(id) ON DELETE CASCADE;

alter table documents add constraint documents_contact_id_fkey FOREIGN KEY (contact_id) REFERENCES contact_submissions(id) ON DELETE CASCADE;

alter table familiar_origins add constraint familiar_origins_staff_id_fkey FOREIGN KEY (staff_id) REFERENCES staff(id) ON DELETE CASCADE;

alter table forgotten_files add constraint forgotten_files_act_id_fkey FOREIGN KEY (act_id) REFERENCES person_acts(id);

alter table frozen_sets add constraint frozen_sets_staff_id_fkey FOREIGN KEY (staff_id) REFERENCES staff(id);

alter table person_acts add constraint person_acts_staff_id_fkey FOREIGN KEY (staff_id) REFERENCES staff(id);

alter table recovery_codes add constraint recovery_codes_staff_id_fkey FOREIGN KEY (staff_id) REFERENCES second_factors(staff_id) ON DELETE CASCADE;

alter table second_factors add constraint second_factors_staff_id_fkey FOREIGN KEY (staff_id) REFERENCES staff(id) ON DELETE CASCADE;

alter table staff_identities add constraint staff_identities_staff_id_fkey FOREIGN KEY (staff_id) REFERENCES staff(id) ON DELETE CASCADE;

alter table staff_sessions add constraint staff_sessions_staff_id_fkey FOREIGN KEY (staff_id) REFERENCES staff(id);

alter table triage_claims add constraint triage_claims_staff_id_fkey FOREIGN KEY (staff_id) REFERENCES staff(id);

alter table triage_queues add constraint triage_queues_staff_id_fkey FOREIGN KEY (staff_id) REFERENCES staff(id);

alter table views add constraint views_owner_id_fkey FOREIGN KEY (owner_id) REFERENCES staff(id);


-- Indexes

-- 0240_events_by_day.sql
CREATE INDEX analytics_events_type_time ON ONLY public.analytics_events USING btree (event_type, "timestamp");

-- 0660_backup_runs.sql
CREATE INDEX backup_runs_started ON public.backup_runs USING btree (started_at DESC);

-- 0660_backup_runs.sql
CREATE UNIQUE INDEX backup_runs_under_way ON public.backup_runs USING btree ((true)) WHERE (ended_at IS NULL);

-- 0030_history_and_batches.sql
CREATE INDEX change_batches_staff ON public.change_batches USING btree (staff_id, created_at DESC);

-- 0360_history_by_time.sql
CREATE INDEX change_batches_time ON public.change_batches USING btree (created_at DESC, id DESC);

-- 0350_bulk_changes.sql
CREATE INDEX change_batches_under_way ON public.change_batches USING btree (done, id) WHERE ((finished_at IS NULL) AND (set_id IS NOT NULL));

-- 0300_contact_exports.sql
CREATE INDEX contact_exports_staff ON public.contact_exports USING btree (staff_id, started_at DESC);

-- 0030_history_and_batches.sql, 0810_history_beside.sql, 0816_history_by_month.sql
CREATE INDEX contact_history_batch ON ONLY public.contact_history USING btree (batch_id) WHERE (batch_id IS NOT NULL);

-- 0030_history_and_batches.sql, 0810_history_beside.sql, 0816_history_by_month.sql
CREATE INDEX contact_history_contact ON ONLY public.contact_history USING btree (contact_id, changed_at DESC, id DESC);

-- 0365_history_without_batch.sql, 0810_history_beside.sql, 0816_history_by_month.sql
CREATE INDEX contact_history_without_batch ON ONLY public.contact_history USING btree (changed_at DESC, id DESC) WHERE (batch_id IS NULL);

-- 0340_contact_notes.sql
CREATE INDEX contact_notes_author ON public.contact_notes USING btree (author_id);

-- 0340_contact_notes.sql
CREATE INDEX contact_notes_contact ON public.contact_notes USING btree (contact_id, created_at DESC, id DESC);

-- 0400_contacts_by_arrival.sql
CREATE INDEX contact_submissions_arrival ON public.contact_submissions USING btree (created_at);

-- 0915_contacts_by_ascii_words.sql
CREATE INDEX contact_submissions_ascii_words ON public.contact_submissions USING gin (((((((((name)::text || chr(31)) || (email)::text) || chr(31)) || (COALESCE(company, ''::character varying))::text) || chr(31)) || "left"(message, 20000))) gin_trgm_ops) WITH (gin_pending_list_limit='16384') WHERE ((((((((name)::text || chr(31)) || (email)::text) || chr(31)) || (COALESCE(company, ''::character varying))::text) || chr(31)) || "left"(message, 20000)) !~ '[^\u0001-\u007f]'::text);
alter index contact_submissions_ascii_words set (gin_pending_list_limit=16384);

-- 0320_contacts_by_assignee.sql
CREATE INDEX contact_submissions_assignee_time ON public.contact_submissions USING btree (assignee_id, "timestamp" DESC, id DESC) WHERE (assignee_id IS NOT NULL);

-- 0970_contacts_by_change.sql
CREATE INDEX contact_submissions_change ON public.contact_submissions USING btree (updated_at DESC, id DESC);

-- 0160_contacts_by_company.sql
CREATE INDEX contact_submissions_company ON public.contact_submissions USING btree (COALESCE(company, ''::character varying) COLLATE desk_people, id);

-- 0200_contacts_by_complexity.sql
CREATE INDEX contact_submissions_complexity ON public.contact_submissions USING btree ((
CASE
    WHEN ((jsonb_typeof(((document_insights -> 'content_analysis'::text) -> 'complexity_score'::text)) = 'number'::text) AND (((((document_insights -> 'content_analysis'::text) -> 'complexity_score'::text))::numeric >= (0)::numeric) AND ((((document_insights -> 'content_analysis'::text) -> 'complexity_score'::text))::numeric <= (1)::numeric))) THEN round((((document_insights -> 'content_analysis'::text) -> 'complexity_score'::text))::numeric, 6)
    ELSE NULL::numeric
END));

-- 0190_contacts_by_documents.sql
CREATE INDEX contact_submissions_documents ON public.contact_submissions USING btree (COALESCE(
CASE
    WHEN ((jsonb_typeof((document_insights -> 'total_documents'::text)) = 'number'::text) AND ((((document_insights -> 'total_documents'::text))::numeric >= (0)::numeric) AND (((document_insights -> 'total_documents'::text))::numeric <= (1000000)::numeric))) THEN round(((document_insights -> 'total_documents'::text))::numeric, 6)
    ELSE NULL::numeric
END, ('-1'::integer)::numeric) DESC, "timestamp" DESC, id DESC);

-- 0330_contacts_by_original.sql
CREATE INDEX contact_submissions_duplicate_of ON public.contact_submissions USING btree (duplicate_of) WHERE (duplicate_of IS NOT NULL);

-- 0170_contacts_by_email.sql
CREATE INDEX contact_submissions_email ON public.contact_submissions USING btree (lower("left"((email)::text, 255)));

-- 0525_contacts_by_id_for_figures.sql
CREATE INDEX contact_submissions_figures ON public.contact_submissions USING btree (id) INCLUDE ("timestamp", status, service);

-- 0912_contacts_by_folded_letters.sql
CREATE INDEX contact_submissions_folded_letters ON public.contact_submissions USING gin (contact_letters((name)::text, (email)::text, (company)::text, message)) WHERE ((((((((name)::text || chr(31)) || (email)::text) || chr(31)) || (COALESCE(company, ''::character varying))::text) || chr(31)) || "left"(message, 20000)) ~ '[^\u0001-\u007f]'::text);

-- 0910_contacts_by_folded_words.sql
CREATE INDEX contact_submissions_folded_words ON public.contact_submissions USING gin (contact_words((name)::text, (email)::text, (company)::text, message) gin_trgm_ops) WITH (gin_pending_list_limit='16384') WHERE ((((((((name)::text || chr(31)) || (email)::text) || chr(31)) || (COALESCE(company, ''::character varying))::text) || chr(31)) || "left"(message, 20000)) ~ '[^\u0001-\u007f]'::text);
alter index contact_submissions_folded_words set (gin_pending_list_limit=16384);

-- 0180_contacts_by_insights.sql
CREATE INDEX contact_submissions_insights ON public.contact_submissions USING gin (document_insights jsonb_path_ops);

-- 0535_contacts_malformed.sql
CREATE INDEX contact_submissions_malformed ON public.contact_submissions USING btree ("timestamp" DESC, id DESC) WHERE ((document_insights <> '{}'::jsonb) AND (insights_problem(document_insights) = 'malformed'::text));

-- 0270_contacts_by_message_length.sql
CREATE INDEX contact_submissions_message_length ON public.contact_submissions USING btree (octet_length(message));

-- 0150_contacts_by_name.sql
CREATE INDEX contact_submissions_name ON public.contact_submissions USING btree (name COLLATE desk_people, id);

-- 0290_contacts_by_page.sql
CREATE INDEX contact_submissions_page ON public.contact_submissions USING btree ("left"(page_url, 200));

-- 0940_fresh_email_index.sql
CREATE INDEX contact_submissions_plain_email ON public.contact_submissions USING btree (email);

-- 0130_contacts_by_service.sql
CREATE INDEX contact_submissions_service_time ON public.contact_submissions USING btree (service, "timestamp" DESC, id DESC);

-- 0960_snoozed_by_address.sql, 0965_wake_on_writing_again.sql
CREATE INDEX contact_submissions_snoozed_address ON public.contact_submissions USING btree (lower(trim_text("left"((email)::text, 255)))) WHERE (COALESCE(snoozed_until, '-infinity'::timestamp with time zone) > '-infinity'::timestamp with time zone);

-- 0325_contacts_snoozed.sql
CREATE INDEX contact_submissions_snoozed_time ON public.contact_submissions USING btree ("timestamp" DESC, id DESC, snoozed_until) WHERE (snoozed_until IS NOT NULL);

-- 0140_contacts_by_source.sql
CREATE INDEX contact_submissions_source_time ON public.contact_submissions USING btree (source, "timestamp" DESC, id DESC);

-- 0120_contacts_by_status.sql
CREATE INDEX contact_submissions_status_time ON public.contact_submissions USING btree (status, "timestamp" DESC, id DESC);

-- 0505_contacts_by_terms.sql
CREATE INDEX contact_submissions_terms ON public.contact_submissions USING gin (contact_terms((status)::text, (service)::text, (source)::text, document_insights));

-- 0520_contacts_by_time_for_figures.sql
CREATE INDEX contact_submissions_time_figures ON public.contact_submissions USING btree ("timestamp" DESC, id DESC) INCLUDE (status, service, first_contacted_at);

-- 0925_contacts_by_trimmed_email.sql, 0950_forgotten_index_statistics.sql
CREATE INDEX contact_submissions_trimmed_email ON public.contact_submissions USING btree (lower(trim_text("left"((email)::text, 255)))) WHERE ("left"((email)::text, 255) <> trim_text("left"((email)::text, 255)));

-- 0975_contacts_waiting.sql
CREATE INDEX contact_submissions_waiting ON public.contact_submissions USING btree ("timestamp", id) WHERE ((((status)::text = 'new'::text) OR ((status)::text = 'in_review'::text)) AND (first_contacted_at IS NULL));

-- 0210_documents_by_contact.sql
CREATE INDEX documents_contact_status ON public.documents USING btree (contact_id, processing_status) INCLUDE (size);

-- 0345_documents_by_hash.sql
CREATE INDEX documents_file_hash ON public.documents USING btree (file_hash, contact_id) WHERE ((file_hash IS NOT NULL) AND ((file_hash)::text <> ''::text));

-- 0230_documents_by_status.sql
CREATE INDEX documents_status_contact ON public.documents USING btree (processing_status, contact_id);

-- 0220_documents_by_type.sql
CREATE INDEX documents_type_contact ON public.documents USING btree (document_type, contact_id);

-- 0600_familiar_origins.sql
CREATE INDEX familiar_origins_mark ON public.familiar_origins USING btree (kind, mark, signed_in_at);

-- 0760_person_acts.sql
CREATE INDEX forgotten_files_act ON public.forgotten_files USING btree (act_id);

-- 0760_person_acts.sql
CREATE INDEX forgotten_files_due ON public.forgotten_files USING btree (next_try_at);

-- 0350_bulk_changes.sql
CREATE INDEX frozen_contacts_left ON public.frozen_contacts USING btree (set_id, "position") WHERE (result IS NOT NULL);

-- 0350_bulk_changes.sql
CREATE INDEX frozen_sets_staff ON public.frozen_sets USING btree (staff_id, created_at);

-- 0760_person_acts.sql
CREATE INDEX person_acts_person ON public.person_acts USING btree (person_key);

-- 0760_person_acts.sql
CREATE INDEX person_acts_staff ON public.person_acts USING btree (staff_id);

-- 0760_person_acts.sql
CREATE INDEX person_acts_time ON public.person_acts USING btree (done_at DESC);

-- 0020_staff_and_desk.sql
CREATE INDEX sign_in_attempts_account ON public.sign_in_attempts USING btree (account, attempted_at);

-- 0020_staff_and_desk.sql
CREATE INDEX sign_in_attempts_address ON public.sign_in_attempts USING btree (address, attempted_at);

-- 0600_familiar_origins.sql
CREATE INDEX sign_in_attempts_network ON public.sign_in_attempts USING btree (network, attempted_at) WHERE (allowance = 'network'::text);

-- 0020_staff_and_desk.sql
CREATE UNIQUE INDEX staff_email_key ON public.staff USING btree (lower(email));

-- 0610_staff_identities.sql
CREATE UNIQUE INDEX staff_identities_staff ON public.staff_identities USING btree (staff_id, issuer);

-- 0020_staff_and_desk.sql
CREATE INDEX staff_sessions_staff ON public.staff_sessions USING btree (staff_id);

-- 0430_triage.sql
CREATE INDEX triage_claims_staff ON public.triage_claims USING btree (staff_id);

-- 0430_triage.sql
CREATE INDEX triage_queues_staff ON public.triage_queues USING btree (staff_id, created_at);

-- 0410_views.sql
CREATE INDEX views_owner ON public.views USING btree (owner_id);

-- 0410_views.sql
CREATE UNIQUE INDEX views_owner_name ON public.views USING btree (owner_id, lower(name)) WHERE (NOT shared);

-- 0410_views.sql
CREATE UNIQUE INDEX views_shared_name ON public.views USING btree (lower(name)) WHERE shared;


-- Statistics for the planner

-- 0540_analyze_insights_problem.sql
CREATE STATISTICS public.contact_submissions_insights_problem ON insights_problem(document_insights) FROM contact_submissions;

-- 0540_analyze_insights_problem.sql
CREATE STATISTICS public.contact_submissions_insights_sound ON insights_are_sound(document_insights) FROM contact_submissions;


-- Triggers

-- 0030_history_and_batches.sql, 0810_history_beside.sql, 0816_history_by_month.sql
CREATE TRIGGER contact_history_append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON public.contact_history FOR EACH STATEMENT EXECUTE FUNCTION refuse_history_change();

-- 0340_contact_notes.sql
CREATE TRIGGER contact_note_version BEFORE UPDATE ON public.contact_notes FOR EACH ROW WHEN (((old.text IS DISTINCT FROM new.text) OR ((old.deleted_at IS NULL) <> (new.deleted_at IS NULL)))) EXECUTE FUNCTION keep_note_version();

-- 0070_contact_triggers.sql
CREATE TRIGGER contact_history_delete AFTER DELETE ON public.contact_submissions FOR EACH ROW EXECUTE FUNCTION record_contact_change();

-- 0070_contact_triggers.sql, 0315_triage_triggers.sql
CREATE TRIGGER contact_history_update AFTER UPDATE ON public.contact_submissions FOR EACH ROW WHEN ((((old.status)::text IS DISTINCT FROM (new.status)::text) OR (old.assignee_id IS DISTINCT FROM new.assignee_id) OR (old.snoozed_until IS DISTINCT FROM new.snoozed_until) OR (old.spam_reason IS DISTINCT FROM new.spam_reason) OR ((old.duplicate_of)::text IS DISTINCT FROM (new.duplicate_of)::text) OR ((old.id)::text IS DISTINCT FROM (new.id)::text) OR ((old.name)::text IS DISTINCT FROM (new.name)::text) OR ((old.email)::text IS DISTINCT FROM (new.email)::text) OR ((old.company)::text IS DISTINCT FROM (new.company)::text) OR ((old.service)::text IS DISTINCT FROM (new.service)::text) OR ((old.budget)::text IS DISTINCT FROM (new.budget)::text) OR (old.message IS DISTINCT FROM new.message) OR (old."timestamp" IS DISTINCT FROM new."timestamp") OR ((old.source)::text IS DISTINCT FROM (new.source)::text) OR (old.user_agent IS DISTINCT FROM new.user_agent) OR (old.page_url IS DISTINCT FROM new.page_url) OR (old.document_processing_enabled IS DISTINCT FROM new.document_processing_enabled) OR (old.search_capabilities IS DISTINCT FROM new.search_capabilities) OR (old.document_insights IS DISTINCT FROM new.document_insights))) EXECUTE FUNCTION record_contact_change();

-- 0070_contact_triggers.sql, 0315_triage_triggers.sql
CREATE TRIGGER contact_version BEFORE UPDATE ON public.contact_submissions FOR EACH ROW WHEN ((((old.status)::text IS DISTINCT FROM (new.status)::text) OR (old.assignee_id IS DISTINCT FROM new.assignee_id) OR (old.snoozed_until IS DISTINCT FROM new.snoozed_until) OR (old.spam_reason IS DISTINCT FROM new.spam_reason) OR ((old.duplicate_of)::text IS DISTINCT FROM (new.duplicate_of)::text))) EXECUTE FUNCTION count_contact_change();

-- 0965_wake_on_writing_again.sql
CREATE TRIGGER contact_wake AFTER INSERT ON public.contact_submissions FOR EACH ROW WHEN ((new.created_at >= now())) EXECUTE FUNCTION wake_snoozed();

CREATE TRIGGER update_contact_submissions_updated_at BEFORE UPDATE ON public.contact_submissions FOR EACH ROW EXECUTE FUNCTION update_updated_at_column();

CREATE TRIGGER update_documents_updated_at BEFORE UPDATE ON public.documents FOR EACH ROW EXECUTE FUNCTION update_updated_at_column();

CREATE TRIGGER update_staff_updated_at BEFORE UPDATE ON public.staff FOR EACH ROW EXECUTE FUNCTION update_updated_at_column();
