-- What of the website's database Contact Desk is about to change, as it was found, so that leaving can put it back.

-- kind 'database': made, adopted, or adopted before this was kept (unknown). 'function': the definition of one of the website's
-- two. 'trigger', 'index', 'extension': that it was there. 'right': one that a role had on what the application is given rights on.
-- 'application': a role that was given them. 'leaving': that Contact Desk is being taken out.
create table found_at_adoption (
  id integer generated always as identity primary key,
  kind text not null
    check (kind in ('database', 'function', 'trigger', 'index', 'extension', 'right', 'application', 'leaving')),
  name text not null,
  definition text not null default ''
);

do $$
begin
  -- Where 0010 is applied already, all this has been changed: what was found then is not known any more.
  if exists (select from schema_migration where name = '0010_website_tables.sql') then
    insert into found_at_adoption (kind, name) values ('database', 'unknown');
    return;
  end if;
  insert into found_at_adoption (kind, name)
  select 'database', case when to_regclass('public.contact_submissions') is null then 'made' else 'adopted' end;
  insert into found_at_adoption (kind, name, definition)
  select 'function', p.proname || '()', pg_get_functiondef(p.oid) from pg_proc p
  where p.oid in (to_regprocedure('public.increment_visitor_count()'), to_regprocedure('public.update_updated_at_column()'))
  union all
  select 'trigger', c.relname || '.' || t.tgname, pg_get_triggerdef(t.oid)
  from pg_trigger t join pg_class c on c.oid = t.tgrelid
  where not t.tgisinternal and c.relnamespace = 'public'::regnamespace
  union all
  select 'index', c.relname, pg_get_indexdef(c.oid) from pg_class c
  where c.relkind in ('i', 'I') and c.relnamespace = 'public'::regnamespace
  union all
  select 'extension', extname, extversion from pg_extension;
  -- A column's rights beside its table's; where nothing was ever granted there is nothing to keep.
  insert into found_at_adoption (kind, name, definition)
  select 'right', object, grantee::regrole || ' ' || lower(privilege_type) from (
    select 'schema public' as object, acl.* from pg_namespace n, aclexplode(n.nspacl) acl where n.nspname = 'public'
    union all
    select 'table ' || c.relname, acl.* from pg_class c, aclexplode(c.relacl) acl
    where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace
    union all
    select 'column ' || c.relname || '.' || a.attname, acl.*
    from pg_class c join pg_attribute a on a.attrelid = c.oid, aclexplode(a.attacl) acl
    where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace and a.attnum > 0 and not a.attisdropped
  ) granted
  where grantee <> 0;
end $$;

-- As in 0090: default privileges of an existing installation may have handed the website's role rights on it.
do $$
declare
  granted record;
begin
  for granted in
    select distinct acl.grantee from pg_class c, aclexplode(c.relacl) acl
    where c.oid = 'found_at_adoption'::regclass and acl.grantee <> c.relowner
  loop
    execute format('revoke all on found_at_adoption from %s',
      case granted.grantee when 0 then 'public' else quote_ident(pg_get_userbyid(granted.grantee)) end);
  end loop;
end $$;
