-- migrate:replaced-by 0950_forgotten_index_statistics.sql
-- migrate:replaced-by 0840_forgotten_statistics.sql
-- Removes contacts and all that is known of their person, in one transaction, with the owner's rights: the application may neither
-- delete the website's rows nor touch history. lib/people/forgetting.ts calls it.

-- Other tables of the website with a foreign key to contacts or their documents, and their rows that refer to these contacts.
-- `keeps`: the key neither cascades nor gives way, so the contact cannot be deleted.
create function list_contact_references(ids text[]) returns table (name text, contact_id text, rows bigint, keeps boolean)
  language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
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
end $$;

-- A text without these words of a person, whatever their case. Only whole words: bob@mail.co is not in bob@mail.com, nor in jim.bob@mail.co.
-- A text may be a URL or JSON, where what comes before a word may end in a letter: %20bob, \nbob. That letter is not the word's first:
-- in \nancy there is no Nancy, and what is left is JSON. Its cost lets the planner ask LIKE first.
create function without_words(given text, words text[]) returns text
  language plpgsql immutable cost 10000 set search_path = pg_catalog, pg_temp as $$
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
end $$;

-- `act` is the row of person_acts that this transaction has written; without one nothing is removed. `person_address` is
-- the person's, or null. `words` are taken out of all that others wrote, in all the forms in which they are stored: as typed, in a URL, in JSON.
-- The longest come first, and only whole words count. LIKE says which rows are looked at closer. Each is such that in JSON it can only stand in a string.
create function forget_contacts(act uuid, ids text[], person_address text, words text[]) returns jsonb
  language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
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
end $$;

-- JSON in which these contacts have no name any more.
create function without_contacts(given jsonb, ids text[]) returns jsonb
  language plpgsql immutable set search_path = pg_catalog, pg_temp as $$
declare
  each_id text;
  printed text := given::text;
begin
  foreach each_id in array ids loop
    printed = replace(printed, to_json(each_id)::text, '"forgotten"');
  end loop;
  return printed::jsonb;
end $$;

-- What ANALYZE keeps of the columns are values of some rows; after this they are of rows that are there.
create function refresh_person_statistics() returns void
  language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  analyze public.contact_submissions, public.documents, public.contact_notes;
end $$;

-- As in 0090: for nobody but the application, which lib/database/grants.ts lets in.
do $$
declare
  granted record;
begin
  for granted in
    select distinct p.oid::regprocedure as routine, acl.grantee
    from pg_proc p, aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) acl
    where p.oid = any (array['list_contact_references', 'without_words', 'forget_contacts', 'without_contacts',
      'refresh_person_statistics']::regproc[]) and acl.grantee <> p.proowner
  loop
    execute format('revoke all on function %s from %s', granted.routine,
      case granted.grantee when 0 then 'public' else quote_ident(pg_get_userbyid(granted.grantee)) end);
  end loop;
end $$;
