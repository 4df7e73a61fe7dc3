import type pg from "pg";

/**
 * How analytics_events is stored.
 * `ordinary`: one table.
 * `aside`: being divided; a new table has the name, and the old one is its child.
 * `divided`: by month.
 * `joining`: being joined again; the months are its children.
 */
export type EventsState = "ordinary" | "aside" | "divided" | "joining";

/**
 * Reads the state from the catalogue, which every step updates. So an interrupted run needs nothing else to continue.
 */
export async function readEventsState(client: pg.ClientBase): Promise<EventsState> {
  const { rows } = await client.query<{ state: EventsState }>(`
    select case
        when relkind = 'p' then 'divided'
        when to_regclass('public.analytics_events_before') is not null then 'aside'
        when exists (select from pg_inherits where inhparent = c.oid) then 'joining'
        else 'ordinary' end as state
    from pg_class c where oid = 'public.analytics_events'::regclass`);
  return rows[0]?.state ?? "ordinary";
}

/** Why analytics_events cannot be divided, one sentence each; empty if it can. */
export async function listObstacles(client: pg.ClientBase): Promise<string[]> {
  const { rows } = await client.query<{ obstacle: string }>(`
    with events as (select * from pg_class where oid = 'public.analytics_events'::regclass)
    select 'It is not an ordinary table of its own.' as obstacle from events
    where relkind <> 'r' or relpersistence <> 'p' or exists (select from pg_inherits where oid in (inhrelid, inhparent))
    union all
    select 'Its column timestamp may be empty: such a row would belong to no month.' from events join pg_attribute a on attrelid = oid
    where attname = 'timestamp' and not attnotnull
    union all
    select format('Its column %s is computed or counted by the server.', attname) from events join pg_attribute a on attrelid = oid
    where attnum > 0 and (attgenerated <> '' or attidentity <> '')
    union all
    select format('The foreign key %s of %s refers to it: to a table by month none can, but with the time in it.', conname, conrelid::regclass)
    from pg_constraint join events on confrelid = events.oid where contype = 'f'
    union all
    select format('The index %s keeps values apart over all of it, which no index of months can.', indexrelid::regclass)
    from pg_index i join events on indrelid = events.oid join pg_class c on c.oid = indexrelid
    where (indisunique or indisexclusion) and not (indnkeyatts = 1 and indkey[0] = (
      select attnum from pg_attribute where attrelid = indrelid and attname = 'id'))
    union all
    select format('The trigger %s works on whole statements'' rows.', tgname) from pg_trigger join events on tgrelid = events.oid
    where not tgisinternal and (tgnewtable is not null or tgoldtable is not null)
    union all
    -- Row by row, before insert or update.
    select format('The trigger %s may change the time, which says the month.', tgname) from pg_trigger join events on tgrelid = events.oid
    where not tgisinternal and tgtype & 3 = 3 and tgtype & 20 <> 0
    union all
    select 'It has rules or row security.' from events where relhasrules or relrowsecurity
    union all
    select format('The publication %s sends it to elsewhere, from where it would be another table.', pubname)
    from pg_publication_tables where schemaname = 'public' and tablename = 'analytics_events'
    union all
    select distinct format('The view %s over it belongs to another role.', v.oid::regclass)
    from events join pg_depend d on d.refclassid = 'pg_class'::regclass and d.refobjid = events.oid
    join pg_rewrite r on d.classid = 'pg_rewrite'::regclass and r.oid = d.objid
    join pg_class v on v.oid = r.ev_class
    where v.relkind = 'v' and not pg_has_role(v.relowner, 'usage')
    union all
    select distinct format('%s uses it, and would go on using what came before.', pg_describe_object(d.classid, d.objid, 0))
    from events join pg_depend d on d.refclassid = 'pg_class'::regclass and d.refobjid = events.oid
    left join pg_rewrite r on d.classid = 'pg_rewrite'::regclass and r.oid = d.objid
    left join pg_class v on v.oid = r.ev_class
    where d.deptype = 'n' and (d.classid in ('pg_proc'::regclass, 'pg_policy'::regclass) or v.relkind = 'm')`);
  return rows.map(({ obstacle }) => obstacle);
}
