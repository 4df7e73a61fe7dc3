-- Forgetting a person: what was done for whom, the files that are still to be removed, and the rules of retention.

-- Names nobody: a person is a keyed hash of their address, from which no address can be had, but an address can be compared.
create table person_acts (
  id uuid primary key default gen_random_uuid(),
  -- Null where the desk did it by its rules of retention.
  staff_id uuid references staff (id),
  kind text not null check (kind in ('archive', 'forgotten', 'retention')),
  person_key text,
  -- How many of what: {"contacts": 3, "documents": 4, …}.
  counts jsonb not null default '{}',
  done_at timestamptz not null default clock_timestamp(),
  -- The transaction that wrote it: in no other one may history be removed.
  transaction_id text not null default pg_current_xact_id()::text
);
-- Serves the list of acts, newest first.
create index person_acts_time on person_acts (done_at desc);
-- Serves the question whether somebody was forgotten, and the check of a staff row's references.
create index person_acts_person on person_acts (person_key);
create index person_acts_staff on person_acts (staff_id);

-- Files of forgotten people that are still in the store. A row goes when its file is gone.
create table forgotten_files (
  id bigint generated always as identity primary key,
  act_id uuid not null references person_acts (id),
  bucket text,
  key text,
  efs_path text,
  tries integer not null default 0,
  next_try_at timestamptz not null default now(),
  -- Why the last try failed, a word of ours.
  problem text
);
-- Serves the look for what is due.
create index forgotten_files_due on forgotten_files (next_try_at);
create index forgotten_files_act on forgotten_files (act_id);

-- Which contacts are removed when they are how old: [{"status": "spam", "days": 90}]; null is never. Done for the week that
-- began on this day.
alter table desk_settings
  add column retention jsonb,
  add column retention_week date;

-- History stays append-only for everybody and everything but the transaction that wrote an act.
create or replace function refuse_history_change() returns trigger
  language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  if tg_op <> 'TRUNCATE'
    and exists (select from public.person_acts where transaction_id = pg_current_xact_id_if_assigned()::text and kind <> 'archive')
  then
    return null;
  end if;
  raise exception 'contact_history is append-only: % refused', lower(tg_op) using errcode = 'restrict_violation';
end $$;

-- As in 0090: default privileges of an existing installation may have handed the website's role rights on them.
do $$
declare
  granted record;
begin
  for granted in
    select distinct c.oid::regclass as object, acl.grantee from pg_class c, aclexplode(c.relacl) acl
    where c.oid = any (array['person_acts', 'forgotten_files']::regclass[]) and acl.grantee <> c.relowner
  loop
    execute format('revoke all on %s from %s', granted.object,
      case granted.grantee when 0 then 'public' else quote_ident(pg_get_userbyid(granted.grantee)) end);
  end loop;
end $$;
