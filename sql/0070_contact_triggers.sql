-- migrate:replaced-by 0315_triage_triggers.sql
-- migrate:replaced-by 0965_wake_on_writing_again.sql
-- Version, first contact and history of a contact, written where no writer can forget them. None of it can fail a
-- statement of the website: nothing is cast that has not been checked, and everything is bounded.

-- Counts changes of triage columns only: the pipeline's writes must not raise conflicts.
-- `desk.undoes` is the batch that the transaction undoes, absent or '' for everything else.
create function count_contact_change() returns trigger
  language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  undone text := nullif(current_setting('desk.undoes', true), '');
  first_batch text;
begin
  if old.version < 2147483647 then
    new.version = old.version + 1;
  end if;
  if new.first_contacted_at is null and new.status in ('contacted', 'qualified', 'closed')
    and (old.status is null or old.status not in ('contacted', 'qualified', 'closed'))
  then
    new.first_contacted_at = clock_timestamp();
  end if;
  -- An undo takes the first contact back too, where the first change recorded since then is the one it undoes.
  if undone is not null and old.first_contacted_at is not null
    and coalesce(new.status, '') not in ('contacted', 'qualified', 'closed')
  then
    select h.batch_id::text into first_batch from public.contact_history h
    where h.contact_id = left(old.id, 255) and h.changed_at >= old.first_contacted_at
    order by h.changed_at, h.id limit 1;
    if first_batch = undone then
      new.first_contacted_at = null;
    end if;
  end if;
  return new;
end $$;

create trigger contact_version before update on contact_submissions
  for each row
  when (old.status is distinct from new.status or old.assignee_id is distinct from new.assignee_id
    or old.snoozed_until is distinct from new.snoozed_until)
  execute function count_contact_change();

-- One row per contact and statement. Triage fields with from and to; of the visitor's own fields only the names, so
-- that personal data is not kept twice. Columns are named one by one: generic jsonb diffs cost two to six times as much.
-- `desk.actor` is 'staff:UUID' or 'system' for one transaction, absent or '' for the website; `desk.batch` is a UUID.
-- The time is the clock's, not the transaction's: it is read under the row's lock, so one contact's rows are in order.
create function record_contact_change() returns trigger
  language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  uuid_pattern constant text := '^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$';
  said_actor text := current_setting('desk.actor', true);
  said_batch text := current_setting('desk.batch', true);
  known_actor text := 'website';
  known_actor_id uuid;
  known_batch uuid;
  changed text[] := '{}';
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
      version_to, fields, status_from, assignee_from, snoozed_from)
    values (clock_timestamp(), left(old.id, 255), 'delete', known_actor, known_actor_id, session_user, known_batch,
      null, '{}', left(old.status, 50), old.assignee_id, old.snoozed_until);
    return null;
  end if;

  if old.status is distinct from new.status then changed = changed || 'status'::text; end if;
  if old.assignee_id is distinct from new.assignee_id then changed = changed || 'assignee_id'::text; end if;
  if old.snoozed_until is distinct from new.snoozed_until then changed = changed || 'snoozed_until'::text; end if;
  if old.id is distinct from new.id then changed = changed || 'id'::text; end if;
  if old.name is distinct from new.name then changed = changed || 'name'::text; end if;
  if old.email is distinct from new.email then changed = changed || 'email'::text; end if;
  if old.company is distinct from new.company then changed = changed || 'company'::text; end if;
  if old.service is distinct from new.service then changed = changed || 'service'::text; end if;
  if old.budget is distinct from new.budget then changed = changed || 'budget'::text; end if;
  if old.message is distinct from new.message then changed = changed || 'message'::text; end if;
  if old."timestamp" is distinct from new."timestamp" then changed = changed || 'timestamp'::text; end if;
  if old.source is distinct from new.source then changed = changed || 'source'::text; end if;
  if old.user_agent is distinct from new.user_agent then changed = changed || 'user_agent'::text; end if;
  if old.page_url is distinct from new.page_url then changed = changed || 'page_url'::text; end if;
  if old.document_processing_enabled is distinct from new.document_processing_enabled then
    changed = changed || 'document_processing_enabled'::text;
  end if;
  if old.search_capabilities is distinct from new.search_capabilities then
    changed = changed || 'search_capabilities'::text;
  end if;
  if old.document_insights is distinct from new.document_insights then
    changed = changed || 'document_insights'::text;
  end if;

  insert into public.contact_history (changed_at, contact_id, operation, actor, actor_id, database_role, batch_id,
    version_to, fields, status_from, status_to, assignee_from, assignee_to, snoozed_from, snoozed_to)
  values (clock_timestamp(), left(new.id, 255), 'update', known_actor, known_actor_id, session_user, known_batch,
    new.version, changed, left(old.status, 50), left(new.status, 50), old.assignee_id, new.assignee_id,
    old.snoozed_until, new.snoozed_until);
  return null;
end $$;

-- Bookkeeping alone (last_updated, updated_at) is no change.
create trigger contact_history_update after update on contact_submissions
  for each row
  when (old.status is distinct from new.status or old.assignee_id is distinct from new.assignee_id
    or old.snoozed_until is distinct from new.snoozed_until or old.id is distinct from new.id
    or old.name is distinct from new.name or old.email is distinct from new.email
    or old.company is distinct from new.company or old.service is distinct from new.service
    or old.budget is distinct from new.budget or old.message is distinct from new.message
    or old."timestamp" is distinct from new."timestamp" or old.source is distinct from new.source
    or old.user_agent is distinct from new.user_agent or old.page_url is distinct from new.page_url
    or old.document_processing_enabled is distinct from new.document_processing_enabled
    or old.search_capabilities is distinct from new.search_capabilities
    or old.document_insights is distinct from new.document_insights)
  execute function record_contact_change();

create trigger contact_history_delete after delete on contact_submissions
  for each row execute function record_contact_change();
