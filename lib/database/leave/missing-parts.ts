import type pg from "pg";
import type { Found } from "./found";
import { websiteTables } from "./made-objects";

/** What an adoption added to the website's own tables, because the installation lacked it. */
export type MissingParts = {
  /** What goes, because nobody has used it. */
  columns: { table: string; name: string }[];
  tables: string[];
  /** What stays, because somebody has written to it: columns as "documents.tags", and tables. */
  used: string[];
};

/**
 * The columns and tables that were missing at adoption and are there now. The website may have begun to use them since.
 * So a table that holds rows stays, and a column that holds anything but null or its default. A time that the server
 * sets by itself says nothing.
 */
export async function listMissingParts(client: pg.Client, found: Found[]): Promise<MissingParts> {
  const names = (kind: string) => found.filter((each) => each.kind === kind).map(({ name }) => name);
  const parts: MissingParts = { columns: [], tables: [], used: [] };
  const { rows: tables } = await client.query<{ name: string }>(
    `select c.relname::text as name from pg_class c
     where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and c.relname = any ($1) and c.relname = any ($2)`,
    [names("missing table"), websiteTables],
  );
  for (const { name } of tables) {
    const used = await client.query(`select from ${client.escapeIdentifier(name)} limit 1`);
    (used.rowCount ? parts.used : parts.tables).push(name);
  }
  const { rows: columns } = await client.query<{ table: string; name: string; value: string }>(
    `select c.relname::text as table, a.attname::text as name, coalesce(pg_get_expr(d.adbin, d.adrelid), 'null') as value
     from pg_attribute a join pg_class c on c.oid = a.attrelid
     left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
     where c.relnamespace = 'public'::regnamespace and a.attnum > 0 and not a.attisdropped
       and format('%s.%s', c.relname, a.attname) = any ($1)
     order by 1, a.attnum`,
    [names("missing column")],
  );
  for (const { table, name, value } of columns) {
    const column = client.escapeIdentifier(name);
    const written = `select from ${client.escapeIdentifier(table)} where ${column} is not null and ${column} is distinct from ${value} limit 1`;
    const used = value !== "now()" && (await client.query(written)).rowCount === 1;
    if (used) parts.used.push(`${table}.${name}`);
    else parts.columns.push({ table, name });
  }
  return parts;
}
