import type pg from "pg";

/** What a database holds, each thing by its name: rows to the byte, and every definition. */
export type Contents = Record<string, string>;

/**
 * Reads rows with their storage position (it changes when a row is rewritten or updated), columns, constraints,
 * indexes, triggers, views with their results, owners and rights.
 * @param columns by table, the columns in which rows are compared; by default all
 */
export async function readContents(client: pg.ClientBase, columns?: Record<string, string[]>): Promise<Contents> {
  const contents: Contents = {};
  const definitions = await client.query<{ name: string; definition: string }>(everyDefinition);
  for (const { name, definition } of definitions.rows) contents[name] = definition;
  for (const [table, known] of Object.entries(columns ?? (await readColumns(client)))) {
    const list = known.map((column) => `${client.escapeLiteral(column)}, ${client.escapeIdentifier(column)}`);
    const { rows } = await client.query<{ stored: string; row: string }>(
      `select concat_ws(' ', ctid, xmin) as stored, jsonb_build_object(${list.join(", ")})::text as row from ${table}`,
    );
    for (const { stored, row } of rows) contents[`row of ${table} at ${stored}`] = row;
  }
  const views = await client.query<{ name: string }>(
    "select viewname as name from pg_views where schemaname = 'public'",
  );
  for (const { name } of views.rows) {
    const { rows } = await client.query<{ row: string }>(`select to_jsonb(v)::text as row from ${name} v`);
    contents[`answer of ${name}`] = rows
      .map(({ row }) => row)
      .sort()
      .join("\n");
  }
  return contents;
}

/** The columns of every table in the schema public. */
export async function readColumns(client: pg.ClientBase): Promise<Record<string, string[]>> {
  const { rows } = await client.query<{ table: string; columns: string[] }>(`
    select c.relname as table, array_agg(a.attname::text order by a.attnum) as columns
    from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' group by 1`);
  return Object.fromEntries(rows.map(({ table, columns }) => [table, columns]));
}

const everyDefinition = `
  with mine as (select c.* from pg_class c where c.relnamespace = 'public'::regnamespace)
  select 'storage of ' || relname as name, pg_relation_filenode(oid)::text as definition from mine where relkind = 'r'
  union all
  select 'owner of ' || relname, pg_get_userbyid(relowner) from mine where relkind in ('r', 'v')
  union all
  select format('column %s.%s', relname, attname), concat_ws(' ', attnum, format_type(atttypid, atttypmod),
    case when attnotnull then 'not null' end, 'default ' || pg_get_expr(adbin, adrelid))
  from mine join pg_attribute on attrelid = mine.oid and attnum > 0 and not attisdropped
  left join pg_attrdef on adrelid = attrelid and adnum = attnum where relkind = 'r'
  union all
  select format('index %s', relname), concat_ws(' ', pg_get_indexdef(mine.oid), indisvalid) from mine join pg_index on indexrelid = mine.oid
  union all
  select format('constraint %s.%s', relname, conname), pg_get_constraintdef(c.oid) from pg_constraint c join mine on mine.oid = conrelid
  union all
  select format('trigger %s.%s', relname, tgname), concat(pg_get_triggerdef(t.oid), tgenabled) from pg_trigger t join mine on mine.oid = tgrelid
  where not tgisinternal
  union all
  select 'view ' || relname, pg_get_viewdef(oid) from mine where relkind = 'v'
  union all
  select format('%s on %s to %s', privilege_type, relname, grantee::regrole), is_grantable::text from mine, aclexplode(relacl)
  union all
  select format('function %s', p.oid::regprocedure), concat_ws(' ', prorettype::regtype, pg_get_userbyid(proowner))
  from pg_proc p where pronamespace = 'public'::regnamespace
  union all
  select format('%s on %s to %s', privilege_type, p.oid::regprocedure, grantee::regrole), is_grantable::text
  from pg_proc p, aclexplode(coalesce(proacl, acldefault('f', proowner))) where pronamespace = 'public'::regnamespace
  union all
  select 'extension ' || extname, extversion from pg_extension`;
