-- Signing in with the company's own provider (OpenID Connect).

-- Who a person is at a provider. `issuer` and `subject` never change there and are never given to somebody else; e-mails
-- do and are (OpenID Connect Core, 5.7).
create table staff_identities (
  issuer text not null,
  subject text not null,
  staff_id uuid not null references staff (id) on delete cascade,
  -- As the provider gave it last; to be shown only.
  email text,
  created_at timestamptz not null default now(),
  signed_in_at timestamptz not null default now(),
  primary key (issuer, subject)
);
-- Serves the list of staff, and keeps a person to one identity at a provider.
create unique index staff_identities_staff on staff_identities (staff_id, issuer);

-- Somebody who was made by their first sign-in with the provider has no password here.
alter table staff alter column password_hash drop not null;

-- Whose word a person's role is: an admin's of this desk, or the provider's, derived anew at each sign-in.
alter table staff add column role_source text not null default 'desk' check (role_source in ('desk', 'provider'));

-- What was proved when a session was opened. A first password to be changed does not concern one opened by a provider.
alter table staff_sessions
  add column opened_by text not null default 'password' check (opened_by in ('password', 'provider'));

-- As in 0090: default privileges of an existing installation may have handed the website's role rights on it.
do $$
declare
  granted record;
begin
  for granted in
    select distinct acl.grantee from pg_class c, aclexplode(c.relacl) acl
    where c.oid = 'staff_identities'::regclass and acl.grantee <> c.relowner
  loop
    execute format('revoke all on staff_identities from %s',
      case granted.grantee when 0 then 'public' else quote_ident(pg_get_userbyid(granted.grantee)) end);
  end loop;
end $$;
