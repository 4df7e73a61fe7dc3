import type { Client } from "pg";

/**
 * The id of the copy numbered `k` of a generated contact: one digit more in its seconds, and the check that generated ids carry
 * (prisma/sample/generate.ts).
 */
function copiedId(column: string): string {
  const start = `'contact_' || split_part(${column}, '_', 2) || k || '_' || left(split_part(${column}, '_', 3), 4)`;
  return `${start} || left(md5(${start}), 4)`;
}

/** Half a minute apart, so that copies lie among each other as generated contacts do. */
const earlier = (column: string) => `${column} - k * interval '37 seconds'`;

/** What a copy has of its own, by table and column. Nothing here was decided or noted by staff, so no more tables have rows. */
const own: Record<string, Record<string, string>> = {
  contact_submissions: {
    id: copiedId("id"),
    duplicate_of: copiedId("duplicate_of"),
    timestamp: earlier('"timestamp"'),
    created_at: earlier("created_at"),
    updated_at: earlier("updated_at"),
    last_updated: earlier("last_updated"),
  },
  documents: {
    id: "gen_random_uuid()",
    contact_id: copiedId("contact_id"),
    upload_timestamp: earlier("upload_timestamp"),
  },
  analytics_events: { id: "gen_random_uuid()", timestamp: earlier('"timestamp"'), created_at: earlier("created_at") },
};

/** Adds so many copies of every generated contact, at most nine, with its documents and events. */
export async function copyYear(client: Client, copies: number): Promise<void> {
  await client.query("set statement_timeout = 0");
  for (const [table, columns] of Object.entries(own)) {
    const { rows } = await client.query<{ name: string }>(
      `select attname as name from pg_attribute
       where attrelid = $1::regclass and attnum > 0 and not attisdropped and attgenerated = '' order by attnum`,
      [table],
    );
    const names = rows.map(({ name }) => `"${name}"`).join(", ");
    const values = rows.map(({ name }) => columns[name] ?? `"${name}"`).join(", ");
    await client.query(
      `insert into ${table} (${names}) select ${values} from ${table} cross join generate_series(1, ${copies}) as k`,
    );
  }
}
