import type pg from "pg";

/**
 * The tables, columns, keys, references and plain indexes of the schema public, one line each, in the format of
 * prisma-schema.ts. A table partitioned by month counts as one table: if it has no key itself, its months' key is used.
 */
export async function describeCatalogue(client: pg.ClientBase): Promise<string[]> {
  const { rows } = await client.query<{ line: string }>(
    `
    with action (code, name) as (
      values ('a'::"char", 'NoAction'), ('r', 'Restrict'), ('c', 'Cascade'), ('n', 'SetNull'), ('d', 'SetDefault')
    ), tables as (
      select oid, relname as name from pg_class
      where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and not relispartition
    ), keyed as (
      select oid, name from tables
      union all
      select (select min(i.inhrelid) from pg_inherits i where i.inhparent = t.oid), t.name from tables t join pg_class c using (oid)
      where c.relkind = 'p' and not exists (select from pg_constraint k where k.conrelid = t.oid and k.contype = 'p')
    ), named as (
      -- The columns of a key or index in its order, without those it only carries; null where one is an expression or in
      -- another collation.
      select i.indexrelid as id, i.indrelid as relation,
        case when bool_and(a.attname is not null and i.indcollation[k.at - 1] = a.attcollation) then
          string_agg(a.attname || case when i.indoption[k.at - 1] & 1 = 1 then ' desc' else '' end, ', ' order by k.at) end as columns
      from pg_index i
      cross join lateral unnest(i.indkey) with ordinality as k (attnum, at)
      left join pg_attribute a on a.attrelid = i.indrelid and a.attnum = k.attnum and k.attnum > 0
      where k.at <= i.indnkeyatts
      group by 1, 2
    )
    select concat_ws(' ', t.name || '.' || a.attname, format_type(a.atttypid, a.atttypmod),
      case when a.attnotnull then 'not null' else 'null' end,
      case when a.attidentity <> '' then 'default autoincrement()' end,
      'default ' || regexp_replace(regexp_replace(pg_get_expr(d.adbin, d.adrelid), '::[a-z ]+(\\[\\])?$', ''), '^''(.*)''$', '\\1')) as line
    from tables t join pg_attribute a on a.attrelid = t.oid and a.attnum > 0 and not a.attisdropped
    left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
    union all
    select format('%s %s (%s)', t.name, case c.contype when 'p' then 'key' else 'unique' end, n.columns)
    from pg_constraint c join keyed t on t.oid = c.conrelid join named n on n.id = c.conindid
    where c.contype in ('p', 'u')
    union all
    select format('%s (%s) references %s (%s) delete %s update %s', t.name, own.attname, other.name, target.attname,
      on_delete.name, on_update.name)
    from pg_constraint c join tables t on t.oid = c.conrelid join tables other on other.oid = c.confrelid
    join pg_attribute own on own.attrelid = c.conrelid and own.attnum = any (c.conkey)
    join pg_attribute target on target.attrelid = c.confrelid and target.attnum = any (c.confkey)
    join action on_delete on on_delete.code = c.confdeltype join action on_update on on_update.code = c.confupdtype
    where c.contype = 'f' and c.convalidated
    union all
    select format('%s index %s %s (%s)', t.name, c.relname, m.amname, n.columns)
    from named n join tables t on t.oid = n.relation join pg_index i on i.indexrelid = n.id
    join pg_class c on c.oid = n.id join pg_am m on m.oid = c.relam
    where n.columns is not null and i.indpred is null and i.indisvalid
      and not exists (select from pg_constraint where conindid = n.id and contype in ('p', 'u'))`,
  );
  return rows.map(({ line }) => line).sort();
}
