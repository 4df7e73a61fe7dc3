import type pg from "pg";
import { getMeasures } from "@/lib/runtime/measures";
import { getChanges, type PersonChanges } from "@/lib/runtime/requester";
import { isGiven } from "@/lib/settings/settings";
import { describeDatabaseError } from "../errors";
import type { Purpose } from "../limits";
import { hasMigration } from "../migrate/schema-state";
import { getReplicaPool } from "../pool";
import { getReplicaState, noteReplicaTrouble } from "./replica-watch";

/** Milliseconds that the replica has to begin, and that a read there waits for a lock that the log brought. */
const beginsWithin = 1_000;

/** Why a read went to the primary after all. */
class Unfit extends Error {
  constructor(
    readonly because: "own_change" | "failed",
    cause?: unknown,
  ) {
    super(`The replica does not answer this: ${because}.`, { cause });
  }
}

/** The replica, for one read of one person. */
export type Replica = {
  /** Opens a connection and begins there. @throws where the replica cannot answer this read */
  begin(statements: string): Promise<pg.PoolClient>;
};

/**
 * Decides where a read goes that may be a moment old: to the replica, or with null to the primary. Only reads for a
 * person whose changes are counted (sql/0640) go to the replica. A read for nobody is kept for everybody, including
 * people who have just changed something. The replica may still refuse a read; see `isFaultOfReplica`.
 */
export function chooseReplica(purpose: Purpose): Replica | null {
  const state = countsChanges() ? getReplicaState() : null;
  const changes = getChanges();
  if (!state || !changes) return null;
  // An export takes minutes. Without `keepsRows` the replica would cancel it in order to apply the log.
  const usable = state.trouble === null && (purpose !== "export" || state.keepsRows);
  const pool = usable ? getReplicaPool() : null;
  if (!pool) {
    countRead("unusable");
    return null;
  }
  return { begin: (statements) => begin(pool, statements, changes) };
}

/**
 * Whether each person's changes are counted, which shows whether a replica has them. True with a replica and the table
 * for it.
 */
export function countsChanges(): boolean {
  return isGiven("DATABASE_REPLICA_URL") && hasMigration("0640_staff_changes.sql");
}

/**
 * Begins on the replica and checks that it still follows the primary and has the person's own changes. The first check
 * shares the round trip of the begin; the second needs one more, for people who have ever changed anything. So a read
 * never lacks the person's changes, whichever server answers and however late the replica is.
 */
async function begin(pool: pg.Pool, statements: string, { person, changes }: PersonChanges): Promise<pg.PoolClient> {
  const client = await pool.connect().catch((error: unknown) => {
    throw new Unfit("failed", error);
  });
  client.on("error", unheard);
  try {
    const beginning = `${statements}; set local lock_timeout = ${beginsWithin}; select pg_is_in_recovery() as follows`;
    const answers = (await ask(client, beginning)) as unknown as pg.QueryResult<{ follows: boolean }>[];
    if (!answers.at(-1)?.rows[0]?.follows) {
      noteReplicaTrouble("promoted");
      throw new Unfit("failed");
    }
    const lacks = "select where not exists (select from staff_changes where staff_id = $1::uuid and changes >= $2)";
    if (changes > 0 && (await ask(client, lacks, [person, changes])).rowCount) {
      await ask(client, "rollback");
      throw new Unfit("own_change");
    }
    client.off("error", unheard);
    return client;
  } catch (error) {
    client.off("error", unheard);
    client.release(!(error instanceof Unfit && error.because === "own_change"));
    throw error instanceof Unfit ? error : new Unfit("failed", error);
  }
}

/**
 * A cut connection fails its statement and also emits an error event, which would end the process without a listener.
 */
function unheard(): void {}

function ask(client: pg.PoolClient, text: string, values?: unknown[]): Promise<pg.QueryResult> {
  return client.query({ text, values, query_timeout: beginsWithin } as pg.QueryConfig);
}

/**
 * Reads where `chooseReplica` says, and from the primary if the replica cannot answer or fails meanwhile. So nobody
 * sees an error that the primary would not have caused.
 * @param read is called again, with null, for the primary
 */
export async function readAside<R>(
  purpose: Purpose,
  read: (replica: Replica | null) => Promise<R>,
  signal?: AbortSignal,
): Promise<R> {
  const replica = chooseReplica(purpose);
  if (!replica) return read(null);
  try {
    const result = await read(replica);
    countRead("replica");
    return result;
  } catch (error) {
    if (signal?.aborted || !isFaultOfReplica(error)) throw error;
    countRead(error instanceof Unfit ? error.because : "failed");
    return read(null);
  }
}

/**
 * Whether the primary may answer where the replica failed: it went away, cancelled the read to apply the log, or
 * differs from the primary. A read that took too long would take as long on the primary.
 */
function isFaultOfReplica(error: unknown): boolean {
  if (error instanceof Unfit) return true;
  const { code, severity } = (error ?? {}) as { code?: unknown; severity?: unknown };
  const kind = describeDatabaseError(error).code;
  if (kind === "unexpected") return typeof severity === "string";
  return code === "55P03" || (kind !== "too_slow" && kind !== "bad_input");
}

function countRead(outcome: "replica" | "unusable" | Unfit["because"]): void {
  getMeasures().replicaReads.inc({ outcome });
}
