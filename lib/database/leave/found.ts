import type pg from "pg";

/** What was recorded when the database was adopted. */
export type Found = { kind: string; name: string; definition: string };

/** Whether Contact Desk is being removed from this database. */
export async function isLeaving(client: pg.Client): Promise<boolean> {
  return (await readFound(client)).some(({ kind }) => kind === "leaving");
}

/** All that was recorded; nothing if Contact Desk is not there, or its version did not record it. */
export async function readFound(client: pg.Client): Promise<Found[]> {
  const { rows } = await client.query("select to_regclass('public.found_at_adoption') is not null as present");
  if (!rows[0]?.present) return [];
  return (await client.query<Found>("select kind, name, definition from found_at_adoption order by id")).rows;
}
