-- How analytics_events becomes a table by month, and an ordinary one again, while the website writes to it. lib/database/events calls
-- these one after another, each in a transaction of its own; between any two of them everything can be read and written under its name.

-- Gives a table's name to another one; views go with the name, and keep their rights and whoever uses them.
create function pass_name(source regclass, source_becomes text, target regclass) returns void
  language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  name text := (select relname from pg_class where oid = source);
  said text := obj_description(source, 'pg_class');
  definitions text[] := (
    select coalesce(array_agg(format('create or replace view %s%s as %s', v.oid::regclass,
      ' with (' || nullif(array_to_string(v.reloptions, ', '), '') || ')', pg_get_viewdef(v.oid))), '{}')
    from pg_class v
    where v.relkind = 'v' and v.oid in (
      select r.ev_class from pg_depend d join pg_rewrite r on d.classid = 'pg_rewrite'::regclass and r.oid = d.objid
      where d.refclassid = 'pg_class'::regclass and d.refobjid = source));
  definition text;
begin
  perform public.copy_rights(source, target);
  execute format('comment on table %s is %L', target, said);
  execute format('alter table %s rename to %I', source, source_becomes);
  execute format('alter table %s rename to %I', target, name);
  foreach definition in array definitions loop
    execute definition;
  end loop;
end $$;

-- First step, after make_part('analytics_events', 'analytics_events_beside'): events go on in that new table, of which the old one
-- becomes a child. So nothing more is written to the old one, and it may be checked from end to end without anybody waiting.
create function set_events_aside() returns void
  language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  lock table public.analytics_events in access exclusive mode;
  perform public.copy_triggers('public.analytics_events', 'public.analytics_events_beside', true, true);
  perform public.pass_name('public.analytics_events', 'analytics_events_before', 'public.analytics_events_beside');
  alter table public.analytics_events_before inherit public.analytics_events;
end $$;

-- Second step: the old table will hold nothing of this month or later. To be validated next. The number of rows it gives had to be
-- taken out of it for that; the website's own clock was ahead.
create function bound_events(month timestamptz) returns bigint
  language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  -- Found before anything is locked: that reads the whole table.
  early tid[] := array(select ctid from only public.analytics_events_before where "timestamp" >= month limit 50000);
  moved bigint := 0;
begin
  if cardinality(early) > 0 then
    lock table public.analytics_events in share row exclusive mode;
    moved = public.move_rows('public.analytics_events_before', 'public.analytics_events', format('ctid = any (%L)', early), 50000);
  end if;
  alter table public.analytics_events_before drop constraint if exists analytics_events_until;
  execute format('alter table public.analytics_events_before add constraint analytics_events_until check ("timestamp" < %L) not valid', month);
  return moved;
end $$;

-- Last step: the old table becomes the part before `month`, as it stands. What came meanwhile is few, and goes to its part.
create function divide_events(month timestamptz) returns void
  language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  found record;
begin
  lock table public.analytics_events in access exclusive mode;
  create table public.analytics_events_divided (
    like public.analytics_events including defaults including constraints including comments including storage including compression
  ) partition by range ("timestamp");
  execute format('alter table public.analytics_events_divided owner to %s',
    (select relowner::regrole from pg_class where oid = 'public.analytics_events'::regclass));
  alter table public.analytics_events_before no inherit public.analytics_events;
  perform public.copy_triggers('public.analytics_events', 'public.analytics_events_divided', false, true);
  perform public.pass_name('public.analytics_events', 'analytics_events_beside', 'public.analytics_events_divided');
  -- A key of the id alone cannot be had over all months: each month has its own. The other indexes are the whole table's, by their names.
  for found in
    select c.relname as name, pg_get_indexdef(c.oid) as definition from pg_index i join pg_class c on c.oid = i.indexrelid
    where i.indrelid = 'public.analytics_events_before'::regclass and not i.indisunique and not i.indisexclusion and i.indisvalid
  loop
    execute format('alter index public.%I rename to %I', found.name, left(found.name, 56) || '_before');
    execute format('create index %I on public.analytics_events %s', found.name, substring(found.definition from ' (USING .*)$'));
  end loop;
  execute format('alter table public.analytics_events attach partition public.analytics_events_before for values from (minvalue) to (%L)', month);
  alter table public.analytics_events_before drop constraint if exists analytics_events_until;
  perform public.make_part('public.analytics_events_before', 'analytics_events_default');
  alter table public.analytics_events attach partition public.analytics_events_default default;
  perform public.move_rows('public.analytics_events_beside', 'public.analytics_events_before', format('"timestamp" < %L', month), 2147483647);
  perform public.move_rows('public.analytics_events_beside', 'public.analytics_events_default', 'true', 2147483647);
  drop table public.analytics_events_beside;
  perform public.copy_triggers('public.analytics_events_before', 'public.analytics_events_default', true, true);
  while public.make_months(3, 20000) > 0 loop
  end loop;
end $$;

-- The way back, from any of these steps. The old table gets its name again, and the months become its children. Then move_rows()
-- moves their rows to it. Months that were taken off come back too.
create function rejoin_events() returns void
  language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  whole constant regclass := 'public.analytics_events';
  is_divided constant boolean := (select relkind = 'p' from pg_class where oid = whole);
  parts regclass[];
  part regclass;
  found record;
  names text[];
begin
  execute format('lock table %s in access exclusive mode', whole);
  if to_regclass('public.analytics_events_before') is null then
    -- It was taken off by a rule, and dropped by somebody: the oldest month stands in for it.
    execute format('alter table public.%I rename to analytics_events_before',
      (select name from public.list_months() where parent = 'analytics_events' and not is_default order by upper limit 1));
  end if;
  names = array(select c.relname from pg_index i join pg_class c on c.oid = i.indexrelid where i.indrelid = whole);
  for found in
    select inhrelid::regclass as part, inhparent::regclass as parent from pg_inherits
    where inhparent in (whole, 'public.detached_events'::regclass)
  loop
    if found.parent = whole and is_divided then
      execute format('alter table %s detach partition %s', whole, found.part);
    else
      execute format('alter table %s no inherit %s', found.part, found.parent);
    end if;
    if found.part <> 'public.analytics_events_before'::regclass then
      parts = parts || found.part;
    end if;
  end loop;
  alter table public.analytics_events_before drop constraint if exists analytics_events_until;
  perform public.pass_name(whole, 'analytics_events_beside', 'public.analytics_events_before');
  if is_divided then
    drop table public.analytics_events_beside;
    for found in select name from unnest(names) name loop
      execute format('alter index if exists public.%I rename to %I', left(found.name, 56) || '_before', found.name);
    end loop;
  else
    parts = parts || 'public.analytics_events_beside'::regclass;
  end if;
  foreach part in array coalesce(parts, '{}') loop
    -- Their rows have been told of; moving them is no news.
    for found in select tgname from pg_trigger where tgrelid = part and not tgisinternal loop
      execute format('drop trigger %I on %s', found.tgname, part);
    end loop;
    execute format('alter table %s inherit public.analytics_events', part);
  end loop;
end $$;

do $$
declare
  granted record;
begin
  for granted in
    select distinct p.oid::regprocedure as routine, acl.grantee
    from pg_proc p, aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) acl
    where p.oid = any (array['pass_name', 'set_events_aside', 'bound_events', 'divide_events', 'rejoin_events']::regproc[])
      and acl.grantee <> p.proowner
  loop
    execute format('revoke all on function %s from %s', granted.routine,
      case granted.grantee when 0 then 'public' else quote_ident(pg_get_userbyid(granted.grantee)) end);
  end loop;
end $$;
