-- Tables by month: what makes the next months of contact_history and, where they are divided, of analytics_events. Months are UTC's.

-- A month that is taken off stays a table under its own name, and becomes a child of one of these. Forgetting a person looks
-- there too.
create table detached_history (like contact_history, primary key (changed_at, id));
create table detached_events (like analytics_events, primary key (id));

-- The next time that the servers look after the months, and how many months of each stay; null is all of them.
alter table desk_settings
  add column months_due_at timestamptz not null default now(),
  add column history_months integer check (history_months between 12 and 1200),
  add column events_months integer check (events_months between 3 and 1200);

-- The parts of what is divided, with the time that each holds: `lower` null is from ever, both null is what had no month.
create function list_months() returns table (parent text, name text, lower timestamptz, upper timestamptz, is_default boolean)
  language sql stable set search_path = pg_catalog, pg_temp set timezone = 'UTC' set datestyle = 'ISO' as $$
  select p.relname, c.relname, substring(b.bound from 'FROM \(''([^'']+)''\)')::timestamptz,
    substring(b.bound from 'TO \(''([^'']+)''\)')::timestamptz, b.bound = 'DEFAULT'
  from pg_class p
  join pg_inherits i on i.inhparent = p.oid and not i.inhdetachpending
  join pg_class c on c.oid = i.inhrelid
  cross join lateral (select pg_get_expr(c.relpartbound, c.oid) as bound) b
  where p.relnamespace = 'public'::regnamespace and p.relkind = 'p' and p.relname in ('contact_history', 'analytics_events')
$$;

-- A table like another, with its keys, indexes and references, in which nobody has rights but its owner. Its triggers come by
-- copy_triggers(), when the rows are there that have been through them already.
create function make_part(template regclass, name text) returns void
  language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  part text := format('public.%I', name);
  found record;
begin
  execute format('create table %s (like %s including all excluding identity)', part, template);
  for found in
    select conname, pg_get_constraintdef(oid) as definition from pg_constraint
    where conrelid = template and contype = 'f' and conparentid = 0
  loop
    execute format('alter table %s add constraint %I %s', part, found.conname, found.definition);
  end loop;
  if (select relowner from pg_class where oid = template) <> (select relowner from pg_class where oid = part::regclass) then
    execute format('alter table %s owner to %s', part, (select relowner::regrole from pg_class where oid = template));
  end if;
  perform public.close_table(part);
end $$;

-- Gives a table the triggers of another: those for each row, those for each statement, or both.
create function copy_triggers(template regclass, target regclass, for_rows boolean, for_statements boolean) returns void
  language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  found record;
begin
  for found in
    select replace(pg_get_triggerdef(oid), ' ON ' || template || ' ', ' ON ' || target || ' ') as definition, tgname, tgenabled
    from pg_trigger
    where tgrelid = template and not tgisinternal and tgparentid = 0
      and case tgtype & 1 when 1 then for_rows else for_statements end
    order by tgname
  loop
    execute found.definition;
    if found.tgenabled <> 'O' then
      execute format('alter table %s %s trigger %I', target,
        case found.tgenabled when 'D' then 'disable' when 'A' then 'enable always' else 'enable replica' end, found.tgname);
    end if;
  end loop;
end $$;

-- As in 0090: default privileges of an existing installation may have handed the website's role some.
create function close_table(name text) returns void
  language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  grantee oid;
begin
  for grantee in
    select distinct acl.grantee from pg_class c, aclexplode(c.relacl) acl where c.oid = name::regclass and acl.grantee <> c.relowner
  loop
    execute format('revoke all on %s from %s', name, case grantee when 0 then 'public' else quote_ident(pg_get_userbyid(grantee)) end);
  end loop;
end $$;

-- Gives a table the rights that another has, its columns' too.
create function copy_rights(source regclass, target regclass) returns void
  language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  granted record;
begin
  perform public.close_table(target::text);
  for granted in
    select acl.*, '' as columns from pg_class c, aclexplode(c.relacl) acl where c.oid = source and acl.grantee <> c.relowner
    union all
    select acl.*, format(' (%I)', a.attname) from pg_class c join pg_attribute a on a.attrelid = c.oid, aclexplode(a.attacl) acl
    where c.oid = source and a.attnum > 0 and not a.attisdropped and acl.grantee <> c.relowner
  loop
    execute format('grant %s%s on %s to %s%s', granted.privilege_type, granted.columns, target,
      case granted.grantee when 0 then 'public' else quote_ident(pg_get_userbyid(granted.grantee)) end,
      case when granted.is_grantable then ' with grant option' else '' end);
  end loop;
end $$;

-- Moves so many rows of one table to another that has the same columns, and gives how many it moved. Triggers that have been told
-- of them already are silent meanwhile; where there are any, who writes to these tables waits.
create function move_rows(source regclass, target regclass, condition text, most integer) returns bigint
  language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  silenced record;
  command text;
  undone text[] := '{}';
  moved bigint;
begin
  for silenced in
    select format('alter table %s %%s trigger %I', tgrelid::regclass, tgname) as command, tgenabled from pg_trigger
    where tgrelid in (source, target) and not tgisinternal and tgenabled <> 'D'
  loop
    execute format(silenced.command, 'disable');
    undone = undone || format(silenced.command,
      case silenced.tgenabled when 'A' then 'enable always' when 'R' then 'enable replica' else 'enable' end);
  end loop;
  execute format('with moved as (
      delete from only %1$s where ctid = any (array(select ctid from only %1$s where %3$s limit %4$s)) returning *
    )
    insert into %2$s overriding system value select * from moved', source, target, condition, most);
  get diagnostics moved = row_count;
  foreach command in array undone loop
    execute command;
  end loop;
  return moved;
end $$;

-- Makes the months that are missing, from two before this one up to so many after it, and gives how many it made. What came
-- before its month was there stands in the default part, and is moved first: attaching a month whose rows still stand there fails.
-- Writers to these rows wait meanwhile. So one month with rows is made at a time, and none with more than `most` rows: those stay
-- in the default part, where every question finds them.
create function make_months(ahead integer, most integer) returns integer
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp set timezone = 'UTC' set datestyle = 'ISO' set lock_timeout = '300ms' as $$
declare
  divided record;
  month timestamptz;
  part text;
  stray text;
  waiting bigint;
  made integer := 0;
begin
  if ahead not between 0 and 120 then
    raise exception 'no such number of months: %', ahead using errcode = 'invalid_parameter_value';
  end if;
  for divided in
    select m.parent, max(m.upper) as upper, t.attribute, (array_agg(m.name order by m.upper desc nulls last))[1] as template,
      max(m.name) filter (where m.is_default) as spare
    from public.list_months() m
    join (values ('contact_history', 'changed_at'), ('analytics_events', 'timestamp')) as t (parent, attribute) using (parent)
    group by 1, 3
  loop
    stray = format('public.%I', divided.spare);
    for month in
      select g from generate_series(
        least(divided.upper, date_trunc('month', now()) - interval '2 months'),
        date_trunc('month', now()) + make_interval(months => ahead), interval '1 month') g
      where not exists (
        select from public.list_months() m where m.parent = divided.parent and g >= coalesce(m.lower, '-infinity') and g < m.upper)
    loop
      -- Nobody may be past the first lock and wait for the second: their row would go to the default part, and belong to the month.
      execute format('lock table only public.%I in access exclusive mode', divided.parent);
      execute format('lock table %s in access exclusive mode', stray);
      execute format('select count(*) from (select from only %s where %I >= %L and %2$I < %4$L limit %5$s) t',
        stray, divided.attribute, month, month + interval '1 month', most::bigint + 1) into waiting;
      continue when waiting > most;
      part = divided.parent || to_char(month, '_YYYY_MM');
      perform public.make_part(format('public.%I', divided.template)::regclass, part);
      perform public.move_rows(stray::regclass, format('public.%I', part)::regclass,
        format('%I >= %L and %1$I < %3$L', divided.attribute, month, month + interval '1 month'), most);
      perform public.copy_triggers(format('public.%I', divided.template)::regclass, format('public.%I', part)::regclass, true, true);
      execute format('alter table public.%I attach partition public.%I for values from (%L) to (%L)',
        divided.parent, part, month, month + interval '1 month');
      made = made + 1;
      if waiting > 0 then
        return made;
      end if;
    end loop;
  end loop;
  return made;
end $$;

-- Takes a month off. Its table stays, where forgetting finds it; whoever has kept a copy may drop it.
create function detach_month(name text) returns void
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp set timezone = 'UTC' set datestyle = 'ISO' set lock_timeout = '300ms' as $$
declare
  part record;
  keeper text;
begin
  select m.* into part from public.list_months() m, public.desk_settings d
  where m.name = detach_month.name and m.upper <= date_trunc('month', now())
    - make_interval(months => case m.parent when 'contact_history' then d.history_months else d.events_months end);
  if not found then
    raise exception 'no month that the rules let go: %', name using errcode = 'insufficient_privilege';
  end if;
  keeper = case part.parent when 'contact_history' then 'detached_history' else 'detached_events' end;
  execute format('alter table public.%I detach partition public.%I', part.parent, name);
  execute format('alter table public.%I inherit public.%I', name, keeper);
  perform public.close_table(format('public.%I', name));
end $$;

do $$
begin
  perform close_table('public.detached_history'), close_table('public.detached_events');
end $$;

do $$
declare
  granted record;
begin
  for granted in
    select distinct p.oid::regprocedure as routine, acl.grantee
    from pg_proc p, aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) acl
    where p.oid = any (array['list_months', 'make_part', 'copy_triggers', 'move_rows', 'close_table', 'copy_rights', 'make_months', 'detach_month']::regproc[])
      and acl.grantee <> p.proowner
  loop
    execute format('revoke all on function %s from %s', granted.routine,
      case granted.grantee when 0 then 'public' else quote_ident(pg_get_userbyid(granted.grantee)) end);
  end loop;
end $$;
