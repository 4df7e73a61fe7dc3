-- A snoozed contact comes back when the same address writes again, whoever writes the new contact. None of it can fail a
-- statement of the website, or make it wait for longer than half a second.

-- When the address wrote again, which ended the snooze. It says why a contact is back for as long as it equals snoozed_until: the next
-- snooze gives that another value. Null without a default, so that no row is rewritten and the lock is brief.
alter table contact_submissions add column wrote_again_at timestamptz;

-- Small, and changes with every snooze, so its values would not help a plan. No version keeps any address of it.
alter index contact_submissions_snoozed_address alter column 1 set statistics 0;

-- Ends the snooze of the contacts from an address, the newest hundred, as the system. What the transaction said of its actor and
-- batch holds again afterwards. A row that somebody else is changing is waited for, but for less than deadlock_timeout. So the wait
-- ends here, inside the exception block, and never as a deadlock of the website's statement or a colleague's.
create function wake_contacts(address text, but_id text, arrived timestamp with time zone, sent timestamp with time zone) returns void
  language plpgsql security definer set search_path = pg_catalog, pg_temp set lock_timeout = '500ms' as $$
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
end $$;

-- One look into an index that holds snoozed contacts only. An address that was not given is nobody's. A session keeps its plan. So the
-- conditions are those of 0960, which no other index answers, and enable_seqscan is off: a session that begins with few contacts, as
-- an import does, would go on reading them all for each row.
create function wake_snoozed() returns trigger
  language plpgsql security definer set search_path = pg_catalog, pg_temp set enable_seqscan = off as $$
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
end $$;

-- Rows that bring an earlier created_at along are copies of what came in before: an import, a restored part. The website never names it.
create trigger contact_wake after insert on contact_submissions
  for each row
  when (new.created_at >= now())
  execute function wake_snoozed();

-- As in 0315. It also names wrote_again_at, which says why the snooze ended.
create or replace function record_contact_change() returns trigger
  language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
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
end $$;

-- As in 0090: for nobody but triggers.
do $$
declare
  granted record;
begin
  for granted in
    select distinct p.oid::regprocedure as object, acl.grantee
    from pg_proc p, aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) acl
    where p.oid = any (array['wake_snoozed', 'wake_contacts']::regproc[]) and acl.grantee <> p.proowner
  loop
    execute format('revoke all on function %s from %s', granted.object,
      case granted.grantee when 0 then 'public' else quote_ident(pg_get_userbyid(granted.grantee)) end);
  end loop;
end $$;
