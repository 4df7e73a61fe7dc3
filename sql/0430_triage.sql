-- Triage: each queue as it was frozen at its start, and who has which contact on their screen.

create table triage_queues (
  -- The browser's, so that a start that is sent twice is one queue.
  id uuid primary key,
  staff_id uuid not null references staff (id),
  -- As in the URL: what no longer matches it when its turn comes is passed over.
  filter text not null,
  -- In their order. Nothing refers to them, since the website may delete any of them.
  contact_ids text[] not null,
  created_at timestamptz not null default now()
);
-- Serves the removal of a person's old queues, and the check of a staff row's references.
create index triage_queues_staff on triage_queues (staff_id, created_at);

-- One row a contact, and so one claim: whoever comes second cannot write it. No foreign key, as above.
create table triage_claims (
  contact_id varchar(255) primary key,
  staff_id uuid not null references staff (id),
  claimed_until timestamptz not null
);
-- Serves keeping and giving up one's own claims, and "who else is at it".
create index triage_claims_staff on triage_claims (staff_id);

-- As in 0090: default privileges of an existing installation may have handed the website's role rights on them.
do $$
declare
  granted record;
begin
  for granted in
    select distinct c.oid::regclass as object, acl.grantee from pg_class c, aclexplode(c.relacl) acl
    where c.oid = any (array['triage_queues', 'triage_claims']::regclass[]) and acl.grantee <> c.relowner
  loop
    execute format('revoke all on %s from %s', granted.object,
      case granted.grantee when 0 then 'public' else quote_ident(pg_get_userbyid(granted.grantee)) end);
  end loop;
end $$;
