import type pg from "pg";

/**
 * Everything in pg_catalog about a database except the system's own objects: one line each, with names instead of oids,
 * and the number of our rows in each catalogue. Rights that were never granted are listed as the default rights.
 */
export async function describeWholeCatalogue(client: pg.ClientBase): Promise<string[]> {
  const lines = await client.query<{ line: string }>(everything);
  const counts: string[] = [];
  const catalogues = await client.query<{ name: string; condition: string }>(listCatalogues);
  for (const { name, condition } of catalogues.rows) {
    const { rows } = await client.query(`select count(*)::int as n from pg_catalog.${name} where ${condition}`);
    counts.push(`rows of ${name}: ${rows[0].n}`);
  }
  return [...lines.rows.map(({ line }) => line), ...counts].sort();
}

/** Every row of every table and view of the schema public, as text. */
export async function readEveryRow(client: pg.ClientBase): Promise<string[]> {
  const { rows: relations } = await client.query<{ name: string }>(
    `select oid::regclass::text as name from pg_class
     where relnamespace = 'public'::regnamespace and relkind in ('r', 'v') order by 1`,
  );
  const all: string[] = [];
  for (const { name } of relations) {
    const { rows } = await client.query<{ row: string }>(`select to_jsonb(each)::text as row from ${name} each`);
    all.push(...rows.map(({ row }) => `${name}: ${row}`));
  }
  return all.sort();
}

// pg_statistic holds results of ANALYZE. A dropped column leaves an invisible row in pg_attribute.
const listCatalogues = `
  select c.relname as name, case c.relname
      when 'pg_attribute' then 'attrelid >= 16384 and not attisdropped'
      when 'pg_depend' then 'true'
      when 'pg_shdepend' then 'dbid = (select oid from pg_database where datname = current_database())'
      else case when exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'oid' and a.attnum > 0)
        then 'oid >= 16384' else 'true' end
    end as condition
  from pg_class c
  where c.relnamespace = 'pg_catalog'::regnamespace and c.relkind = 'r' and (not c.relisshared or c.relname = 'pg_shdepend')
    and c.relname not in ('pg_statistic', 'pg_statistic_ext_data', 'pg_largeobject', 'pg_init_privs')
    and has_table_privilege(c.oid, 'select')
  order by 1`;

const everything = `
  with rel as (select * from pg_class where oid >= 16384 and relkind in ('r', 'p', 'v', 'm', 'S', 'f', 'i', 'I', 'c')
    and relnamespace not in (select oid from pg_namespace where nspname like 'pg\\_%'))
  select format('%s %s: owner %s, %s %s %s replica identity %s, rules %s, row security %s %s', relkind, oid::regclass,
      relowner::regrole, relpersistence, reloptions, reltablespace, relreplident, relhasrules, relrowsecurity, relforcerowsecurity) as line
  from rel
  union all
  select format('rights on %s: %s', oid::regclass, (select array_agg(a::text order by a::text)
    from unnest(coalesce(relacl, acldefault(case relkind when 'S' then 's'::"char" else 'r' end, relowner))) a)) from rel
  union all
  select format('column %s.%s: %s', attrelid::regclass, attname, concat_ws(', ', attnum, format_type(atttypid, atttypmod), attnotnull,
    pg_get_expr(adbin, adrelid), attcollation::regcollation, attstorage, attcompression, attstattarget, attoptions, attidentity,
    attgenerated, (select array_agg(a::text order by a::text) from unnest(attacl) a)))
  from rel join pg_attribute a on attrelid = rel.oid and attnum > 0 and not attisdropped
  left join pg_attrdef on adrelid = attrelid and adnum = attnum
  union all
  select format('index %s: %s %s %s %s', indexrelid::regclass, pg_get_indexdef(indexrelid), indisvalid, indisclustered, indisreplident)
  from pg_index join rel on rel.oid = indexrelid
  union all
  select format('constraint %s on %s: %s %s', conname, conrelid::regclass, pg_get_constraintdef(oid), convalidated) from pg_constraint
  where oid >= 16384
  union all
  select format('trigger %s: %s %s', tgrelid::regclass, pg_get_triggerdef(oid), tgenabled) from pg_trigger where not tgisinternal
  union all
  select format('function %s: %s %s %s', oid::regprocedure, case prokind when 'a' then 'aggregate' else pg_get_functiondef(oid) end,
    proowner::regrole, (select array_agg(a::text order by a::text) from unnest(coalesce(proacl, acldefault('f', proowner))) a))
  from pg_proc where oid >= 16384
  union all
  select format('view %s: %s', oid::regclass, pg_get_viewdef(oid)) from rel where relkind in ('v', 'm')
  union all
  select format('type %s %s', oid::regtype, typtype) from pg_type where oid >= 16384
  union all
  select format('collation %s %s %s', collname, collnamespace::regnamespace, collprovider) from pg_collation where oid >= 16384
  union all
  select format('statistics %s: %s %s', stxname, pg_get_statisticsobjdef(oid), stxowner::regrole) from pg_statistic_ext
  union all
  select format('extension %s %s %s in %s', extname, extversion, extowner::regrole, extnamespace::regnamespace) from pg_extension
  union all
  select format('schema %s %s %s', nspname, nspowner::regrole,
    (select array_agg(a::text order by a::text) from unnest(coalesce(nspacl, acldefault('n', nspowner))) a)) from pg_namespace
  where nspname not like 'pg\\_%'
  union all
  select format('default rights %s %s %s %s', defaclrole::regrole, defaclnamespace::regnamespace, defaclobjtype, defaclacl) from pg_default_acl
  union all
  select format('comment on %s: %s', pg_describe_object(classoid, objoid, objsubid), description) from pg_description
  where objoid >= 16384
  union all
  select format('rule %s', pg_get_ruledef(oid)) from pg_rewrite where oid >= 16384
  union all
  select format('setting of %s: %s', setrole, setconfig) from pg_db_role_setting
  where setdatabase in (0, (select oid from pg_database where datname = current_database()))`;
