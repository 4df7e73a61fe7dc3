import type pg from "pg";
import { MigrationError } from "../migrate/migration-files";
import { onDirectConnection, withMigrationLock } from "../migrate/migration-session";
import type { MigrationOptions } from "../migrate/migrations";
import { takeStep } from "../steps";
import { moveSome } from "./move";
import { readEventsState } from "./state";

/**
 * Makes analytics_events one table again, while the website goes on writing to it.
 * @returns false where it is one table already
 * @throws MigrationError
 */
export function joinEvents(options: MigrationOptions): Promise<boolean> {
  const { report = () => {}, patience } = options;
  return onDirectConnection(options.owner, (client) =>
    withMigrationLock(client, () => rejoinEvents(client, report), { patience, report }),
  );
}

/**
 * The same on a connection that holds the migration lock. The months become children of the old table, so that every
 * row can still be found. Then their rows are moved to it, some thousands at a time. After an interruption it continues
 * where it stopped.
 */
export async function rejoinEvents(client: pg.Client, report: (line: string) => void): Promise<boolean> {
  const state = await readEventsState(client);
  if (state === "ordinary") {
    // Left by a first step that was interrupted.
    await takeStep(
      client,
      { title: "Cleaned up", statements: ["drop table if exists analytics_events_beside"] },
      report,
    );
    return false;
  }
  const take = async (title: string, ...statements: string[]) => {
    await takeStep(client, { title, statements }, report);
    report(title);
  };
  if (state !== "joining")
    await take("Events are one table again; the months are still beside it", "select rejoin_events()");
  for (const part of await listParts(client)) {
    await moveAll(client, part, report);
    const name = client.escapeIdentifier(part);
    await take(
      `${part} moved`,
      `lock table ${name} in access exclusive mode`,
      `alter table ${name} no inherit analytics_events`,
      `drop table ${name}`,
    );
  }
  return true;
}

async function listParts(client: pg.Client): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(`
    select c.relname as name from pg_inherits i join pg_class c on c.oid = i.inhrelid
    where i.inhparent = 'public.analytics_events'::regclass order by 1`);
  return rows.map(({ name }) => name);
}

async function moveAll(client: pg.Client, part: string, report: (line: string) => void): Promise<void> {
  try {
    // Nobody writes to this part any more, so it becomes empty.
    while ((await moveSome(client, { from: part, to: "analytics_events" }, report)) > 0);
  } catch (error) {
    const { code, detail } = (error as Error).cause as { code?: string; detail?: string };
    if (code !== "23505") throw error;
    throw new MigrationError(
      `Two events of different months have one id, which one table cannot hold: ${detail ?? part} Give one of them another id, and run this again.`,
      { cause: error },
    );
  }
}

/** How many rows are stored by month, and would be moved to make events one table. */
export async function countApart(client: pg.Client): Promise<number> {
  const { rows } = await client.query<{ name: string }>(`
    select c.oid::regclass::text as name from pg_inherits i join pg_class c on c.oid = i.inhrelid
    where i.inhparent in ('public.analytics_events'::regclass, to_regclass('public.detached_events'))
      and c.relname <> 'analytics_events_before'`);
  let apart = 0;
  for (const { name } of rows) {
    const counted = await client.query<{ rows: number }>(`select count(*)::float8 as rows from only ${name}`);
    apart += counted.rows[0]?.rows ?? 0;
  }
  return apart;
}
