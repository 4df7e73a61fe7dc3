-- Changes of everything that matches a filter: the set is frozen first, then changed chunk by chunk, each a transaction of
-- its own together with how far the batch has come. So it goes on where it stood, whatever was killed meanwhile.

create table frozen_sets (
  id uuid primary key default gen_random_uuid(),
  staff_id uuid not null references staff (id),
  -- As in the URL; what an undo takes back has none.
  filter text,
  total integer not null,
  created_at timestamptz not null default now()
);
-- Serves the removal of a person's sets that came to nothing, and the check of a staff row's references.
create index frozen_sets_staff on frozen_sets (staff_id, created_at);

-- No foreign keys: to the contact, because the website may delete it; to the set, because checking one for each of a
-- hundred thousand rows would cost more than the rows.
create table frozen_contacts (
  set_id uuid not null,
  -- In the order of the ids, which is the order in which all changes lock.
  position integer not null,
  contact_id varchar(255) not null,
  version integer not null,
  -- Why a contact was left as it was; null for all others, whether their turn has come or not.
  result text check (result in ('unchanged', 'stale')),
  primary key (set_id, position)
);
-- Serves the list of those that were left as they were.
create index frozen_contacts_left on frozen_contacts (set_id, position) where result is not null;

-- A batch without a set was one statement, and is done with it.
alter table change_batches
  add column set_id uuid unique references frozen_sets (id),
  add column total integer,
  add column done integer not null default 0,
  add column cancelled_at timestamptz;
-- Serves the look for batches that are under way, every few seconds: there are hardly ever any.
create index change_batches_under_way on change_batches (done, id) where finished_at is null and set_id is not null;

-- As in 0090: default privileges of an existing installation may have handed the website's role rights on them.
do $$
declare
  granted record;
begin
  for granted in
    select distinct c.oid::regclass as object, acl.grantee from pg_class c, aclexplode(c.relacl) acl
    where c.oid = any (array['frozen_sets', 'frozen_contacts']::regclass[]) and acl.grantee <> c.relowner
  loop
    execute format('revoke all on %s from %s', granted.object,
      case granted.grantee when 0 then 'public' else quote_ident(pg_get_userbyid(granted.grantee)) end);
  end loop;
end $$;
