-- migrate:replaced-by 0965_wake_on_writing_again.sql
-- The triggers of 0070, which now know why a contact is spam and which one it repeats. Still none can fail a statement
-- of the website: nothing is cast that has not been checked, and everything is bounded.

-- A reason belongs to spam and an original to a closed contact: whoever moves the status on, they go with it. The
-- version counts what then differs in the triage columns, so each version but the first has its row of history.
create or replace function count_contact_change() returns trigger
  language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
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
end $$;

create or replace trigger contact_version before update on contact_submissions
  for each row
  when (old.status is distinct from new.status or old.assignee_id is distinct from new.assignee_id
    or old.snoozed_until is distinct from new.snoozed_until or old.spam_reason is distinct from new.spam_reason
    or old.duplicate_of is distinct from new.duplicate_of)
  execute function count_contact_change();

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

-- Bookkeeping alone (last_updated, updated_at) is no change.
create or replace trigger contact_history_update after update on contact_submissions
  for each row
  when (old.status is distinct from new.status or old.assignee_id is distinct from new.assignee_id
    or old.snoozed_until is distinct from new.snoozed_until or old.spam_reason is distinct from new.spam_reason
    or old.duplicate_of is distinct from new.duplicate_of or old.id is distinct from new.id
    or old.name is distinct from new.name or old.email is distinct from new.email
    or old.company is distinct from new.company or old.service is distinct from new.service
    or old.budget is distinct from new.budget or old.message is distinct from new.message
    or old."timestamp" is distinct from new."timestamp" or old.source is distinct from new.source
    or old.user_agent is distinct from new.user_agent or old.page_url is distinct from new.page_url
    or old.document_processing_enabled is distinct from new.document_processing_enabled
    or old.search_capabilities is distinct from new.search_capabilities
    or old.document_insights is distinct from new.document_insights)
  execute function record_contact_change();
