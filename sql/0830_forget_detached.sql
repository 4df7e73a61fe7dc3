-- Forgetting a person in the months that were taken off, as forget_contacts() does in those that are there; called after it, with
-- what it counted. Gives the sums.
create function forget_detached(act uuid, ids text[], words text[], counted jsonb) returns jsonb
  language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
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
end $$;

-- As in 0090: for nobody but the application, which lib/database/grants.ts lets in.
do $$
declare
  granted record;
begin
  for granted in
    select distinct acl.grantee from pg_proc p, aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) acl
    where p.oid = 'forget_detached'::regproc and acl.grantee <> p.proowner
  loop
    execute format('revoke all on function forget_detached from %s',
      case granted.grantee when 0 then 'public' else quote_ident(pg_get_userbyid(granted.grantee)) end);
  end loop;
end $$;
