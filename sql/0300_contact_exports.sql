-- Who took contacts out of the desk as a file: asked for what, and how far it came. Also what the limit counts.

create table contact_exports (
  id uuid primary key default gen_random_uuid(),
  staff_id uuid not null references staff (id),
  -- As in the URL, without the columns.
  filter text not null,
  columns text[] not null,
  started_at timestamptz not null default now(),
  -- Null while it runs; for good where the server ended with it.
  ended_at timestamptz,
  -- finished: all of it was handed over; left: the reader went away; failed: cut by us; refused: too many at once.
  outcome text check (outcome in ('finished', 'left', 'failed', 'refused')),
  -- Contacts that the filter had when it began, and those that were handed over.
  matching integer,
  written integer
);
-- Serves the limit, "my latest exports", and the check of a staff row's references.
create index contact_exports_staff on contact_exports (staff_id, started_at desc);

-- As in 0090: default privileges of an existing installation may have handed the website's role rights on it.
do $$
declare
  granted record;
begin
  for granted in
    select distinct acl.grantee from pg_class c, aclexplode(c.relacl) acl
    where c.oid = 'contact_exports'::regclass and acl.grantee <> c.relowner
  loop
    execute format('revoke all on contact_exports from %s',
      case granted.grantee when 0 then 'public' else quote_ident(pg_get_userbyid(granted.grantee)) end);
  end loop;
end $$;
