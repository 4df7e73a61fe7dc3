import { setTimeout as pause } from "node:timers/promises";
import pg from "pg";
import type { ConnectionSettings } from "../settings";
import { MigrationError } from "./migration-files";
import { migrationLock } from "./migration-lock";

/** Milliseconds between two tries to get the lock. */
const pollInterval = 250;

/** Settings that would change what a migration does, if an installation has set them for the role or the database. */
const sessionSettings = {
  search_path: "public",
  TimeZone: "UTC",
  client_min_messages: "warning",
  default_transaction_isolation: "read committed",
  default_transaction_read_only: "off",
  statement_timeout: "0",
  lock_timeout: "0",
  transaction_timeout: "0",
  idle_session_timeout: "0",
  idle_in_transaction_session_timeout: "0",
};

/**
 * Runs `work` on its own direct connection to the server, and closes it.
 * @throws MigrationError through a pooler, on a standby, on a server older than 15, or without UTF-8 or ICU. Also if
 * the role may not create objects in the schema public.
 */
export async function onDirectConnection<R>(
  settings: ConnectionSettings,
  work: (client: pg.Client) => Promise<R>,
): Promise<R> {
  const client = new pg.Client({ ...settings, connectionTimeoutMillis: 10_000, keepAlive: true });
  // The query in flight fails with the same error. Without a listener the process would end before that is handled.
  client.on("error", () => undefined);
  await client.connect();
  try {
    await refusePooler(client);
    await client.query(`select set_config(name, $1::jsonb ->> name, false) from pg_settings where $1::jsonb ? name`, [
      JSON.stringify(sessionSettings),
    ]);
    await checkServer(client);
    return await work(client);
  } finally {
    await client.end().catch(() => undefined);
  }
}

async function refusePooler(client: pg.Client): Promise<void> {
  if (await isPooled(client)) {
    throw new MigrationError(
      "This connection goes through a pooler (PgBouncer or the like), where a migration's lock would not hold. Set DATABASE_DIRECT_URL to the database itself.",
    );
  }
}

/**
 * Whether the connection goes through a pooler. A server announces its process id at the start, for cancelling. A
 * pooler makes that id up, because it may use another server process, with other locks, for each transaction.
 */
export async function isPooled(client: pg.Client): Promise<boolean> {
  const announced = (client as pg.Client & { processID: number | null }).processID;
  const { rows } = await client.query<{ pid: number }>("select pg_backend_pid() as pid");
  return rows[0]?.pid !== announced;
}

async function checkServer(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{
    version: number;
    encoding: string;
    standby: boolean;
    icu: boolean;
    creates: boolean;
    role: string;
  }>(`
    select current_setting('server_version_num')::integer / 10000 as version,
      current_setting('server_encoding') as encoding,
      pg_is_in_recovery() as standby,
      exists (select from pg_collation where collprovider = 'i') as icu,
      has_schema_privilege('public', 'create') as creates,
      current_user as role`);
  const [server] = rows;
  if (!server) return;
  if (server.version < 15) {
    throw new MigrationError(`This server is PostgreSQL ${server.version}; Contact Desk needs 15 or newer.`);
  }
  if (server.standby) throw new MigrationError("This server is a standby and accepts no changes: use the primary.");
  if (server.encoding !== "UTF8") {
    throw new MigrationError(`This database is encoded in ${server.encoding}; Contact Desk needs UTF8.`);
  }
  if (!server.icu) throw new MigrationError("This PostgreSQL was built without ICU, which is needed to sort names.");
  if (!server.creates) {
    throw new MigrationError(`The role ${server.role} may not create anything in the schema public.`);
  }
}

/**
 * Runs `work` while this session holds the migration lock. Waits for another runner as long as that one makes progress.
 * It polls, because a session blocked on the lock would deadlock with the other's `create index concurrently`, which
 * waits for every open snapshot.
 * @param patience milliseconds without any sign of progress after which the other runner counts as stuck.
 * @throws MigrationError when it is stuck.
 */
export async function withMigrationLock<R>(
  client: pg.Client,
  work: () => Promise<R>,
  { patience = 60_000, report = (_line: string) => {} } = {},
): Promise<R> {
  let seen: string | undefined;
  let movedAt = Date.now();
  while (!(await tryLock(client))) {
    if (seen === undefined) report("Another migration is running; waiting for it.");
    const holder = await describeHolder(client);
    if (holder.fingerprint !== seen || holder.working) movedAt = Date.now();
    seen = holder.fingerprint;
    if (Date.now() - movedAt > patience) {
      throw new MigrationError(
        `Another migration (server process ${holder.pid ?? "unknown"}) holds the lock and has not moved for ${Math.round(patience / 1000)} seconds. See what it waits for, or end it, and run this again.`,
      );
    }
    await pause(pollInterval);
  }
  try {
    return await work();
  } finally {
    await client.query("select pg_advisory_unlock($1)", [migrationLock]).catch(() => undefined);
  }
}

async function tryLock(client: pg.Client): Promise<boolean> {
  const { rows } = await client.query<{ locked: boolean }>("select pg_try_advisory_lock($1) as locked", [
    migrationLock,
  ]);
  return rows[0]?.locked === true;
}

/** Who holds the lock. `working`: it runs a statement and does not wait for a lock. */
async function describeHolder(
  client: pg.Client,
): Promise<{ pid: number | null; fingerprint: string; working: boolean }> {
  const { rows } = await client.query<{ pid: number; fingerprint: string; working: boolean }>(
    `select a.pid,
       concat_ws(' ', a.pid, a.state, a.query_start, a.state_change, p.phase, p.lockers_done, p.blocks_done, p.tuples_done)
         as fingerprint,
       coalesce(a.state = 'active' and a.wait_event_type is distinct from 'Lock', false) as working
     from pg_locks l
     join pg_stat_activity a on a.pid = l.pid
     left join pg_stat_progress_create_index p on p.pid = l.pid
     where l.locktype = 'advisory' and l.granted and l.classid = 0 and l.objid = $1 and l.objsubid = 1
       and l.database = (select oid from pg_database where datname = current_database())`,
    [migrationLock],
  );
  return rows[0] ?? { pid: null, fingerprint: "", working: false };
}
