import pg from "pg";
import { isPooled } from "@/lib/database/migrate/migration-session";
import type { ConnectionSettings } from "@/lib/database/settings";
import { BackupError, UnavailableError } from "./backup-error";

/** Milliseconds to reach a server. */
const connectLimit = 10_000;

/**
 * Settings that fix how values are printed as text, and that switch off what would end a long session. With them, a row
 * has the same text on every server. `row_security` is off, so that a policy which would hide rows raises an error
 * instead.
 */
const sessionSettings = {
  search_path: "pg_catalog",
  TimeZone: "UTC",
  DateStyle: "ISO, YMD",
  IntervalStyle: "postgres",
  extra_float_digits: "3",
  bytea_output: "hex",
  lc_monetary: "C",
  xmloption: "content",
  array_nulls: "on",
  row_security: "off",
  client_min_messages: "warning",
  statement_timeout: "0",
  lock_timeout: "60s",
  transaction_timeout: "0",
  idle_session_timeout: "0",
  idle_in_transaction_session_timeout: "0",
  max_parallel_workers_per_gather: "0",
  jit: "off",
};

/**
 * Runs `work` on a separate direct connection to the server, and closes it.
 * @param signal ends the connection, and with it the running statement
 * @throws BackupError if the server cannot be reached or a pooler answers. A snapshot belongs to one session, so a
 * pooler would lose it.
 */
export async function onServer<R>(
  settings: ConnectionSettings,
  work: (client: pg.Client) => Promise<R>,
  signal?: AbortSignal,
): Promise<R> {
  const client = new pg.Client({ ...settings, connectionTimeoutMillis: connectLimit, keepAlive: true });
  // The running query fails with the same error. Without this listener the event would end the process first.
  client.on("error", () => undefined);
  await client.connect().catch((error: unknown) => {
    throw describeRefusal(error, client);
  });
  const leave = () => void client.end().catch(() => undefined);
  signal?.addEventListener("abort", leave, { once: true });
  try {
    signal?.throwIfAborted();
    if (await isPooled(client)) {
      throw new BackupError(
        "This connection goes through a pooler (PgBouncer or the like), where a backup's snapshot would not hold. Set BACKUP_DATABASE_URL or DATABASE_DIRECT_URL to the database itself.",
      );
    }
    await client.query(`select set_config(name, $1::jsonb ->> name, false) from pg_settings where $1::jsonb ? name`, [
      JSON.stringify(sessionSettings),
    ]);
    return await work(client);
  } finally {
    signal?.removeEventListener("abort", leave);
    await client.end().catch(() => undefined);
  }
}

function describeRefusal(error: unknown, { host, port, database, user }: pg.Client): UnavailableError {
  const { code } = error as { code?: string };
  const at = `${host}:${port}`;
  if (code === "3D000") return new UnavailableError(`There is no database ${database} at ${at}: create it first.`);
  if (code === "28P01" || code === "28000") {
    return new UnavailableError(`The server at ${at} refused the role ${user} or its password.`);
  }
  return new UnavailableError(`Cannot reach the database at ${at}${code ? ` (${code})` : ""}.`);
}

/**
 * Environment variables with which PostgreSQL's programs reach the same database. They are not arguments, because a
 * process list shows arguments. Nothing else is passed on: neither PG… variables, which would change the programs'
 * behaviour, nor secrets.
 */
export function describeConnection(settings: ConnectionSettings, database?: string): Record<string, string> {
  const client = new pg.Client(settings);
  const url = new URL(settings.connectionString);
  const parameters: [string, string][] = [
    ["sslmode", "PGSSLMODE"],
    ["sslrootcert", "PGSSLROOTCERT"],
    ["sslcert", "PGSSLCERT"],
    ["sslkey", "PGSSLKEY"],
  ];
  const ssl = parameters.flatMap(([parameter, variable]) => {
    const value = url.searchParams.get(parameter);
    // `no-verify` is the driver's own mode for a server whose certificate is not checked.
    return value ? [[variable, value === "no-verify" ? "require" : value]] : [];
  });
  return {
    PATH: process.env.PATH ?? "",
    LC_ALL: "C",
    PGHOST: client.host,
    PGPORT: String(client.port),
    PGUSER: client.user ?? "",
    PGDATABASE: database ?? client.database ?? "",
    PGPASSWORD: typeof client.password === "string" ? client.password : "",
    PGCONNECT_TIMEOUT: String(connectLimit / 1_000),
    ...Object.fromEntries(ssl),
  };
}

/** The same server with another database. */
export function onDatabase({ connectionString }: ConnectionSettings, database: string): ConnectionSettings {
  const url = new URL(connectionString);
  url.pathname = `/${encodeURIComponent(database)}`;
  return { connectionString: url.toString() };
}

/** The server's major version. */
export async function readMajor(client: pg.ClientBase): Promise<number> {
  const { rows } = await client.query<{ major: number }>(
    "select current_setting('server_version_num')::int / 10000 as major",
  );
  return rows[0]?.major ?? 0;
}
