-- How many changes of contacts each person has made, counted up by each change's own statement where the desk has a replica. A
-- replica that has somebody's number has everything they have changed, so that it is never missing from what is read there.

-- No foreign key: staff is never deleted, and checking one would lock the person's row in every first change.
create table staff_changes (
  staff_id uuid primary key,
  changes bigint not null
) with (fillfactor = 50);

-- As in 0090: default privileges of an existing installation may have handed the website's role rights on it.
do $$
declare
  granted record;
begin
  for granted in
    select distinct acl.grantee from pg_class c, aclexplode(c.relacl) acl
    where c.oid = 'staff_changes'::regclass and acl.grantee <> c.relowner
  loop
    execute format('revoke all on staff_changes from %s',
      case granted.grantee when 0 then 'public' else quote_ident(pg_get_userbyid(granted.grantee)) end);
  end loop;
end $$;
