-- Nobody but the owner has rights on what is ours: default privileges of an existing installation may have handed the
-- website's role some at their creation. The runner grants the application its own after every run.

do $$
declare
  granted record;
begin
  for granted in
    select distinct 'table ' || c.oid::regclass as object, acl.grantee
    from pg_class c, aclexplode(c.relacl) acl
    where c.oid = any (array['staff', 'staff_sessions', 'sign_in_attempts', 'desk_settings', 'contact_history',
      'change_batches', 'schema_migration']::regclass[])
      and acl.grantee <> c.relowner
    union all
    -- Whoever may execute a trigger function may hang it on a table of their own, and so write history.
    select distinct 'function ' || p.oid::regprocedure, acl.grantee
    from pg_proc p, aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) acl
    where p.oid = any (array['refuse_history_change', 'count_contact_change', 'record_contact_change']::regproc[])
      and acl.grantee <> p.proowner
  loop
    execute format('revoke all on %s from %s', granted.object,
      case granted.grantee when 0 then 'public' else quote_ident(pg_get_userbyid(granted.grantee)) end);
  end loop;
end $$;
