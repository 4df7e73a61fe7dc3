import pg from "pg";
import type { TableContent } from "./manifest";

/**
 * Every table's count of rows and a checksum that does not depend on their order: the sum of half of each row's MD5, as a
 * number. Both are taken in the transaction that the caller has begun.
 *
 * A row's text is the server's own, so no type of column is left out; the session's settings fix how it is written (see
 * connection.ts). MD5 guards against damage and not against an enemy, and is the same on every version and machine, which
 * PostgreSQL does not promise of its faster `hashtextextended`.
 */
export async function readContents(client: pg.ClientBase): Promise<TableContent[]> {
  const contents: TableContent[] = [];
  for (const { schema, name } of await listTables(client)) {
    const table = `${pg.escapeIdentifier(schema)}.${pg.escapeIdentifier(name)}`;
    // A column of the alias's name would be taken for the row.
    const { rows } = await client.query<{ rows: string; checksum: string }>(`
      select count(*)::text as rows,
        coalesce(sum(('x' || left(md5(("the row".*)::text), 16))::bit(64)::bigint), 0)::text as checksum
      from only ${table} as "the row"`);
    contents.push({ schema, name, rows: Number(rows[0]?.rows), checksum: rows[0]?.checksum ?? "" });
  }
  return contents;
}

/** Every table that holds rows of its own: partitions, and not what is divided into them. Not those of extensions. */
async function listTables(client: pg.ClientBase): Promise<{ schema: string; name: string }[]> {
  const { rows } = await client.query<{ schema: string; name: string }>(`
    select n.nspname::text as schema, c.relname::text as name
    from pg_class c
    join pg_namespace n on n.oid = c.relnamespace
    where c.relkind = 'r' and c.relpersistence <> 't'
      and n.nspname not in ('pg_catalog', 'information_schema') and n.nspname !~ '^pg_(toast|temp)'
      and not exists (
        select from pg_depend d where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'e')
    order by n.nspname <> 'public', n.nspname, c.relname`);
  return rows;
}

/** What differs between what a backup should hold and what was restored of it, a sentence each; empty where nothing does. */
export function compareContents(wanted: readonly TableContent[], found: readonly TableContent[]): string[] {
  const key = ({ schema, name }: TableContent) => `${schema === "public" ? "" : `${schema}.`}${name}`;
  const restored = new Map(found.map((table) => [key(table), table]));
  const differences = wanted.flatMap((table) => {
    const name = key(table);
    const other = restored.get(name);
    restored.delete(name);
    if (!other) return [`${name} is missing.`];
    if (other.rows !== table.rows) return [`${name} has ${other.rows} rows where ${table.rows} were dumped.`];
    return other.checksum === table.checksum ? [] : [`${name} has other rows than were dumped.`];
  });
  return [...differences, ...[...restored.keys()].map((name) => `${name} was not in the dump.`)];
}
