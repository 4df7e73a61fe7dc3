-- A second factor beside passwords: one-time codes of an authenticator app (RFC 6238), and recovery codes.

create table second_factors (
  staff_id uuid primary key references staff (id) on delete cascade,
  -- Sealed with a key made from NEXTAUTH_SECRET: who reads the database alone can make no codes.
  secret text not null,
  created_at timestamptz not null default now(),
  -- Null until one code has shown that the app has the secret.
  confirmed_at timestamptz,
  -- The time step of the last code that was taken. Codes of it and of earlier ones are not taken again.
  last_step bigint not null default 0
);

create table recovery_codes (
  staff_id uuid not null references second_factors (staff_id) on delete cascade,
  -- sha256 (hex). A code has 80 random bits, so the hash alone tells nothing.
  hash text not null,
  used_at timestamptz,
  primary key (staff_id, hash)
);

-- For which roles the desk requires one.
alter table desk_settings add column second_factor_roles text[] not null default '{}'
  check (second_factor_roles <@ array['agent', 'manager', 'admin']);

alter table sign_in_attempts
  drop constraint sign_in_attempts_allowance_check,
  add constraint sign_in_attempts_allowance_check
    check (allowance in ('anywhere', 'network', 'device', 'own password', 'second factor'));

-- As in 0090: default privileges of an existing installation may have handed the website's role rights on them.
do $$
declare
  granted record;
begin
  for granted in
    select distinct c.oid::regclass as object, acl.grantee from pg_class c, aclexplode(c.relacl) acl
    where c.oid = any (array['second_factors', 'recovery_codes']::regclass[]) and acl.grantee <> c.relowner
  loop
    execute format('revoke all on %s from %s', granted.object,
      case granted.grantee when 0 then 'public' else quote_ident(pg_get_userbyid(granted.grantee)) end);
  end loop;
end $$;
