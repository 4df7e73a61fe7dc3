-- Views: a filter with its order under a name, for oneself or for everybody.

create table views (
  id uuid primary key default gen_random_uuid(),
  owner_id uuid not null references staff (id),
  name text not null check (length(name) between 1 and 60),
  shared boolean not null default false,
  -- The filter as it is printed to the URL, its order included.
  filter text not null check (length(filter) <= 4000),
  -- Among its owner's own, or among all that are shared.
  position integer not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
-- Serve the sidebar, and keep apart by name what stands in one list.
create unique index views_owner_name on views (owner_id, lower(name)) where not shared;
create unique index views_shared_name on views (lower(name)) where shared;
-- Serves the check of a staff row's references.
create index views_owner on views (owner_id);

-- As in 0090: default privileges of an existing installation may have handed the website's role rights on it.
do $$
declare
  granted record;
begin
  for granted in
    select distinct acl.grantee from pg_class c, aclexplode(c.relacl) acl
    where c.oid = 'views'::regclass and acl.grantee <> c.relowner
  loop
    execute format('revoke all on views from %s',
      case granted.grantee when 0 then 'public' else quote_ident(pg_get_userbyid(granted.grantee)) end);
  end loop;
end $$;
