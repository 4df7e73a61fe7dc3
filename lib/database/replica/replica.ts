import type pg from "pg";
import { getMeasures } from "@/lib/runtime/measures";
import { getChanges, type PersonChanges } from "@/lib/runtime/requester";
import { isGiven } from "@/lib/settings/settings";
import { describeDatabaseError } from "../errors";
import { hasMigration } from "../migrate/schema-state";
import { getReplicaPool, type Purpose } from "../pool";
import { getReplicaState, noteReplicaTrouble } from "./replica-watch";

/** Milliseconds that the replica has to begin, and that a read there waits for a lock that came with the log. */
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
 * Decides where a read goes that may be a moment old: to the replica, or with null to the primary. It goes to the replica only for a
 * person whose changes are counted (sql/0640): what is read for nobody is remembered for all, those included who have just changed
 * something. A read may still be refused there; then `isFaultOfReplica`.
 */
export function chooseReplica(purpose: Purpose): Replica | null {
  const state = countsChanges() ? getReplicaState() : null;
  const changes = getChanges();
  if (!state || !changes) return null;
  // An export takes minutes, in which the replica would break it off for the sake of the log.
  const usable = state.trouble === null && (purpose !== "export" || state.keepsRows);
  const pool = usable ? getReplicaPool() : null;
  if (!pool) {
    countRead("unusable");
    return null;
  }
  return { begin: (statements) => begin(pool, statements, changes) };
}

/** Whether each person's changes are counted, by which a replica is told to have them: where there is one, and the table for it. */
export function countsChanges(): boolean {
  return isGiven("DATABASE_REPLICA_URL") && hasMigration("0640_staff_changes.sql");
}

/**
 * Begins on the replica, and asks whether it still follows and has what the person has changed: the first in the same trip, the second
 * in one more for those who have ever changed anything. So a read never lacks it, whoever serves it and however late the replica is.
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

/** A connection that is cut tells its statement, and as an event that would end the process where nobody heard it. */
function unheard(): void {}

function ask(client: pg.PoolClient, text: string, values?: unknown[]): Promise<pg.QueryResult> {
  return client.query({ text, values, query_timeout: beginsWithin } as pg.QueryConfig);
}

/**
 * Reads from where `chooseReplica` says, and from the primary where the replica cannot answer or fails meanwhile: nobody sees an
 * error that the primary would not have made.
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
 * Whether the primary may well answer what failed so: the replica went away, broke the read off for the sake of the log, or is not
 * what the primary is. What took too long would take as long there.
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
