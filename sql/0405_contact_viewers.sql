-- Who has which contact open right now, over all servers: a line for each browser tab, forgotten soon after its last sign.

-- Unlogged: it holds seconds, and after a crash everybody still there has said so again within ten of them. Room in each
-- page, and no index on what changes, so that a sign of life is written in place.
create unlogged table contact_viewers (
  tab uuid primary key,
  contact_id varchar(255) not null,
  staff_id uuid not null references staff (id) on delete cascade,
  seen_at timestamptz not null default now()
) with (fillfactor = 50);

-- As in 0090: default privileges of an existing installation may have handed the website's role rights on it.
do $$
declare
  granted record;
begin
  for granted in
    select distinct acl.grantee from pg_class c, aclexplode(c.relacl) acl
    where c.oid = 'contact_viewers'::regclass and acl.grantee <> c.relowner
  loop
    execute format('revoke all on contact_viewers from %s',
      case granted.grantee when 0 then 'public' else quote_ident(pg_get_userbyid(granted.grantee)) end);
  end loop;
end $$;
