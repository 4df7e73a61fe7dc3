-- migrate:replaced-by 0310_triage_columns.sql
-- migrate:replaced-by 0760_person_acts.sql
-- migrate:replaced-by 0810_history_beside.sql
-- migrate:replaced-by 0816_history_by_month.sql
-- What happened to each contact, append-only, and the changes that were made together.

-- No foreign key to the contact: history outlives it. The key begins with the time, ready for monthly partitions.
create table contact_history (
  id bigint generated always as identity,
  changed_at timestamptz not null default now(),
  contact_id varchar(255) not null,
  operation text not null check (operation in ('update', 'delete')),
  actor text not null check (actor in ('staff', 'website', 'system')),
  actor_id uuid,
  database_role text not null,
  batch_id uuid,
  version_to integer,
  fields text[] not null default '{}',
  status_from varchar(50),
  status_to varchar(50),
  assignee_from uuid,
  assignee_to uuid,
  snoozed_from timestamptz,
  snoozed_to timestamptz,
  primary key (changed_at, id)
);
-- Serves the history on a contact's page, newest first, and "who changed it last" in a conflict.
create index contact_history_contact on contact_history (contact_id, changed_at desc, id desc);
-- Serves undo: what one batch changed.
create index contact_history_batch on contact_history (batch_id) where batch_id is not null;

create function refuse_history_change() returns trigger
  language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  raise exception 'contact_history is append-only: % refused', lower(tg_op) using errcode = 'restrict_violation';
end $$;
create trigger contact_history_append_only before update or delete or truncate on contact_history
  for each statement execute function refuse_history_change();

-- The id is the client's idempotency key: the same request sent twice is one batch.
create table change_batches (
  id uuid primary key,
  staff_id uuid not null references staff (id),
  kind text not null check (kind in ('status', 'undo')),
  undoes uuid unique references change_batches (id),
  request jsonb not null,
  outcome jsonb,
  created_at timestamptz not null default now(),
  finished_at timestamptz
);
-- Serves "my latest changes", and the check of a staff row's references.
create index change_batches_staff on change_batches (staff_id, created_at desc);
