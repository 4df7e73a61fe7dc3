-- Each try to make a backup and what became of it. Which backups there are, the store knows: this is gone with the disk.
create table backup_runs (
  id uuid primary key default gen_random_uuid(),
  -- The instant of the schedule that it was made for, of all servers by one; null where somebody asked for it, and where it
  -- failed, so that it can be tried again.
  due_at timestamptz unique,
  -- By the schedule, and not by somebody.
  scheduled boolean not null,
  started_at timestamptz not null default now(),
  -- Which process of which machine.
  started_by text not null,
  -- The lease: whoever makes it says so again and again. One that has fallen silent is taken for ended.
  seen_at timestamptz not null default now(),
  ended_at timestamptz,
  -- Where it failed: not before this is it tried again by the schedule.
  retry_at timestamptz,
  -- Of a dump that is whole.
  name text,
  bytes bigint,
  made_at timestamptz,
  -- How its check ended; null where it was not checked.
  check_state text check (check_state in ('proved', 'refuted', 'unchecked')),
  -- Why it was not made, or not proved.
  reason text
);
-- One at a time, whoever makes it.
create unique index backup_runs_under_way on backup_runs ((true)) where ended_at is null;
-- Serves the page's list, the newest first.
create index backup_runs_started on backup_runs (started_at desc);

-- As in 0090: default privileges of an existing installation may have handed the website's role rights on it.
do $$
declare
  granted record;
begin
  for granted in
    select distinct c.oid::regclass as object, acl.grantee from pg_class c, aclexplode(c.relacl) acl
    where c.oid = 'backup_runs'::regclass and acl.grantee <> c.relowner
  loop
    execute format('revoke all on %s from %s', granted.object,
      case granted.grantee when 0 then 'public' else quote_ident(pg_get_userbyid(granted.grantee)) end);
  end loop;
end $$;
