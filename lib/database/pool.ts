import pg from "pg";
import { readMoment } from "@/lib/runtime/measures";
import { forgetOfProcess, ofProcess } from "@/lib/runtime/of-process";
import { parseInstant, parseInstantWithoutZone } from "./instants";
import { timeLimits } from "./limits";
import { readDatabaseSettings } from "./settings";
import { measurePool, timeStatements } from "./statements";

/** Milliseconds that a caller waits for a free connection before it fails with "busy". */
export const poolWait = 2_000;

/** Opens a pool with the same connection settings for either server. Its statements are timed. */
export function openPool(connectionString: string, bounds: { min?: number; max: number; wait?: number }): pg.Pool {
  const pool = new pg.Pool({
    connectionString,
    min: bounds.min ?? 0,
    max: bounds.max,
    connectionTimeoutMillis: bounds.wait ?? poolWait,
    idleTimeoutMillis: 30_000,
    // The client's own limit, because a silent server never reports its statement_timeout.
    query_timeout: timeLimits.interactive + 500,
    keepAlive: true,
    // A statement is sent without waiting for the answers before it. A read is then one round trip; see query.ts.
    pipeline: true,
    types: {
      getTypeParser: (type: number, format?: "text" | "binary") => {
        if (type === pg.types.builtins.TIMESTAMPTZ && format !== "binary") return parseInstant;
        // An adopted table may hold times without a zone; they are read as UTC.
        if (type === pg.types.builtins.TIMESTAMP && format !== "binary") return parseInstantWithoutZone;
        return pg.types.getTypeParser(type, format as "text");
      },
    },
    // Prisma's adapter drops offsets, so every connection uses UTC. It is the only session setting allowed, because
    // PgBouncer tracks it.
    onConnect: async (client: pg.ClientBase) => {
      await client.query({ text: "set time zone 'UTC'", query_timeout: poolWait } as pg.QueryConfig);
    },
  } as pg.PoolConfig);
  // Without a listener, a restart of the server would end this process. The pool has dropped that connection already.
  pool.on("error", () => undefined);
  pool.on("connect", timeStatements);
  return pool;
}

function createPool(): pg.Pool {
  const settings = readDatabaseSettings();
  const pool = openPool(settings.app.connectionString, { min: 1, max: settings.poolMax });
  measurePool(pool);
  readMoment("active", () => pool.totalCount - pool.idleCount);
  readMoment("open", () => pool.totalCount);
  readMoment("waiting", () => pool.waitingCount);
  readMoment("limit", () => settings.poolMax);
  return pool;
}

/**
 * Closes a connection at once, which ends its running statement. Its `end` would wait for the answers that are on their
 * way. The callers of its statements get an error.
 */
export function cut(client: pg.ClientBase): void {
  (client as unknown as { connection: pg.Connection }).connection.stream.destroy();
}

/** The pool to the replica, and its connections that are in use. */
type ReplicaPool = { pool: pg.Pool; used: Set<pg.ClientBase> };

/** The one pool of this process to the primary; created when first used, so that a build needs no database. */
export function getPool(): pg.Pool {
  return ofProcess("pool", createPool);
}

/** Milliseconds that a read waits for a connection to the replica before the primary answers it. */
const replicaWait = 1_000;

/** The pool of this process to the replica, as large as the one to the primary; null without a replica. */
export function getReplicaPool(): pg.Pool | null {
  const { replica, poolMax } = readDatabaseSettings();
  if (!replica) return null;
  return ofProcess("replica pool", () => createReplicaPool(replica.connectionString, poolMax)).pool;
}

function createReplicaPool(connectionString: string, max: number): ReplicaPool {
  const pool = openPool(connectionString, { max, wait: replicaWait });
  const used = new Set<pg.ClientBase>();
  pool.on("acquire", (client) => used.add(client));
  pool.on("release", (_error, client) => used.delete(client));
  return { pool, used };
}

/**
 * Ends all connections to the replica. The primary answers the reads that this cuts off. The next read opens new
 * connections.
 */
export function cutReplicaPool(): void {
  const replica = forgetOfProcess<ReplicaPool>("replica pool");
  for (const client of replica?.used ?? []) cut(client);
  void replica?.pool.end();
}
