import type pg from "pg";
import type { MadeObjects } from "./made-objects";

/**
 * Our extensions that somebody else uses, each with one user. A user is an object that depends on one of their objects,
 * or a function that names one of their functions.
 */
export async function listExtensionUsers(client: pg.Client, goes: MadeObjects): Promise<Map<string, string>> {
  const { rows } = await client.query<{ extension: string; what: string }>(
    `with member as (
       select e.extname, d.classid, d.objid from pg_extension e
       join pg_depend d on d.refclassid = 'pg_extension'::regclass and d.refobjid = e.oid and d.deptype = 'e'
       where e.extname = any ($1)
     )
     select m.extname as extension, min(pg_describe_object(d.classid, d.objid, d.objsubid)) as what
     from member m join pg_depend d on d.refclassid = m.classid and d.refobjid = m.objid
     where d.deptype in ('n', 'a') and not exists (select from member o where o.classid = d.classid and o.objid = d.objid)
       and not (d.classid = 'pg_class'::regclass
         and d.objid in (select to_regclass('public.' || quote_ident(name)) from unnest($2::text[]) name))
       and not (d.classid in ('pg_amop'::regclass, 'pg_amproc'::regclass, 'pg_type'::regclass))
     group by 1
     union all
     select m.extname, min('function ' || p.oid::regprocedure)
     from member m join pg_proc used on m.classid = 'pg_proc'::regclass and used.oid = m.objid
     join pg_proc p on p.prosrc ~ ('\\m' || used.proname || '\\M')
     where p.pronamespace not in ('pg_catalog'::regnamespace, 'information_schema'::regnamespace)
       and not exists (select from pg_depend d where d.classid = 'pg_proc'::regclass and d.objid = p.oid and d.deptype = 'e')
     group by 1`,
    [goes.extensions, goes.indexes],
  );
  return new Map(rows.map(({ extension, what }) => [extension, what]));
}

/**
 * Objects of others that depend on ours. With `blocks`, dropping ours would fail. Otherwise the server drops theirs
 * too, such as an index of theirs over one of our columns.
 */
export async function listDependents(
  client: pg.Client,
  goes: MadeObjects,
  tables: string[],
): Promise<{ what: string; on: string; blocks: boolean }[]> {
  const { rows } = await client.query<{ what: string; on: string; blocks: boolean }>(
    `with tables as (
       select c.oid, c.reltype from pg_class c
       where c.relnamespace = 'public'::regnamespace and c.relname = any ($1) and c.relkind in ('r', 'p')
       union
       select child.oid, child.reltype from pg_class p
       cross join lateral pg_partition_tree(p.oid) tree join pg_class child on child.oid = tree.relid
       where p.relnamespace = 'public'::regnamespace and p.relname = any ($1) and p.relkind = 'p'
     ), indexes as (
       select to_regclass('public.' || quote_ident(name))::oid as oid from unnest($2::text[]) name
     ), functions as (
       select to_regprocedure('public.' || name)::oid as oid from unnest($3::text[]) name
     ), ours as (
       select 'pg_class'::regclass as class, oid, 0 as sub from tables
       union all select 'pg_type'::regclass, reltype, 0 from tables
       union all select 'pg_proc'::regclass, oid, 0 from functions
       union all
       select 'pg_class'::regclass, a.attrelid, a.attnum from pg_attribute a
       where a.attrelid = 'contact_submissions'::regclass and a.attname = any ($4) and not a.attisdropped
       union all
       select 'pg_collation'::regclass, oid, 0 from pg_collation
       where collnamespace = 'public'::regnamespace and collname = any ($5)
     )
     select distinct case d.classid
         when 'pg_rewrite'::regclass then (select format('%s %s', case v.relkind when 'm' then 'materialized view' else 'view' end, v.oid::regclass)
           from pg_rewrite r join pg_class v on v.oid = r.ev_class where r.oid = d.objid)
         else pg_describe_object(d.classid, d.objid, d.objsubid) end as what,
       pg_describe_object(ours.class, ours.oid, ours.sub) as on, d.deptype = 'n' as blocks
     from ours join pg_depend d on d.refclassid = ours.class and d.refobjid = ours.oid
       and (ours.sub = 0 or d.refobjsubid = ours.sub)
     where d.deptype in ('n', 'a')
       and not exists (select from ours o where o.class = d.classid and o.oid = d.objid and o.sub = 0)
       and not case d.classid
         when 'pg_class'::regclass then d.objid in (select oid from indexes)
           or d.objid in (select i.indexrelid from pg_index i join tables t on t.oid = i.indrelid)
           or (select c.relkind from pg_class c where c.oid = d.objid) = 'S'
           or (d.objid = 'contact_submissions'::regclass)
         when 'pg_constraint'::regclass then exists (
           select from pg_constraint c where c.oid = d.objid
             and (c.conrelid in (select oid from tables) or c.conname = 'contact_submissions_assignee_id_fkey'))
         when 'pg_trigger'::regclass then exists (
           select from pg_trigger t where t.oid = d.objid
             and (t.tgisinternal or t.tgrelid in (select oid from tables) or t.tgname = any ($6)))
         when 'pg_attrdef'::regclass then exists (
           select from pg_attrdef a where a.oid = d.objid and (a.adrelid in (select oid from tables)
             or (a.adrelid = 'contact_submissions'::regclass and a.adnum = ours.sub)))
         when 'pg_statistic_ext'::regclass then exists (
           select from pg_statistic_ext s where s.oid = d.objid and s.stxname = any ($7))
         when 'pg_type'::regclass then true
         when 'pg_publication_rel'::regclass then true
         else false end`,
    [
      tables,
      goes.indexes,
      goes.functions,
      goes.columns.map(({ name }) => name),
      goes.collations,
      goes.triggers.map(({ name }) => name),
      goes.statistics,
    ],
  );
  return rows;
}
