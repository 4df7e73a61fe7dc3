-- migrate:replaced-by 0620_second_factors.sql
-- Where each person has signed in lately: browsers and networks from which sign-in keeps some tries for them, whatever
-- strangers have used up.
create table familiar_origins (
  staff_id uuid not null references staff (id) on delete cascade,
  kind text not null check (kind in ('device', 'network')),
  -- The random id in a device's cookie, or a network: 192.0.2.0/24, 2001:db8:0:7::/64.
  mark text not null,
  signed_in_at timestamptz not null default now(),
  primary key (staff_id, kind, mark)
);
-- Serves the question whether anybody has signed in from a network lately.
create index familiar_origins_mark on familiar_origins (kind, mark, signed_in_at);

-- Which allowance a try was taken from, and what else it is counted by.
alter table sign_in_attempts
  add column allowance text not null default 'anywhere'
    check (allowance in ('anywhere', 'network', 'device', 'own password')),
  add column network text not null default '',
  add column device text not null default '';
-- Serves the count of a network's tries, whatever the account.
create index sign_in_attempts_network on sign_in_attempts (network, attempted_at) where allowance = 'network';

-- As in 0090: default privileges of an existing installation may have handed the website's role rights on it.
do $$
declare
  granted record;
begin
  for granted in
    select distinct acl.grantee from pg_class c, aclexplode(c.relacl) acl
    where c.oid = 'familiar_origins'::regclass and acl.grantee <> c.relowner
  loop
    execute format('revoke all on familiar_origins from %s',
      case granted.grantee when 0 then 'public' else quote_ident(pg_get_userbyid(granted.grantee)) end);
  end loop;
end $$;
