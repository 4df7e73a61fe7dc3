import pg from "pg";
import type { TableContent } from "./manifest";

/**
 * The row count of every table, and a checksum that does not depend on row order. The checksum adds up half of each
 * row's MD5, read as a number. Both are read in the transaction that the caller has begun.
 *
 * A row's text is the server's own, so every column type is covered. The session's settings fix how it is printed (see
 * connection.ts). MD5 protects against damage, not against an attacker. It is the same on every version and machine,
 * which PostgreSQL does not promise for its faster `hashtextextended`.
 */
export async function readContents(client: pg.ClientBase): Promise<TableContent[]> {
  const contents: TableContent[] = [];
  for (const { schema, name } of await listTables(client)) {
    const table = `${pg.escapeIdentifier(schema)}.${pg.escapeIdentifier(name)}`;
    // A column with the same name as the alias would be read instead of the row, so the alias is an unlikely name.
    const { rows } = await client.query<{ rows: string; checksum: string }>(`
      select count(*)::text as rows,
        coalesce(sum(('x' || left(md5(("the row".*)::text), 16))::bit(64)::bigint), 0)::text as checksum
      from only ${table} as "the row"`);
    contents.push({ schema, name, rows: Number(rows[0]?.rows), checksum: rows[0]?.checksum ?? "" });
  }
  return contents;
}

/**
 * Every table that stores rows: partitions, but not the partitioned tables themselves. Tables of extensions are left
 * out.
 */
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

/** The differences between the manifest and what was restored, one sentence each. Empty if there are none. */
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
