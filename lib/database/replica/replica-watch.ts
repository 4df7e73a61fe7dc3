import type pg from "pg";
import { getLog } from "@/lib/runtime/log";
import { ofProcess } from "@/lib/runtime/of-process";
import { workFor } from "@/lib/runtime/requester";
import { workOn } from "@/lib/runtime/screen";
import { cutReplicaPool, openPool } from "../pool";
import { readDatabaseSettings } from "../settings";
import { createLagMeter } from "./replica-lag";

/** How far behind the primary a replica may be and still be read from: in bytes of the log, and in seconds. */
export const mostBehind = { bytes: 16 * 1024 * 1024, seconds: 30 };

/**
 * Milliseconds between two looks; milliseconds that either server has to answer one; milliseconds after which a look is
 * out of date.
 */
const lookEvery = 1_000;
const answersWithin = 2_000;
const countsFor = 10_000;

/**
 * Why the replica is not read from.
 * "not seen": nobody has looked yet, or not lately.
 * "silent": it does not answer.
 * "promoted": it takes writes of its own.
 * "another": it follows another server, or is another database.
 * "late": it is too far behind.
 */
export type ReplicaTrouble = "not seen" | "silent" | "promoted" | "another" | "late";

/** The state of the replica. Null is what has never been seen. */
export type ReplicaState = {
  trouble: ReplicaTrouble | null;
  lagBytes: number | null;
  lagSeconds: number | null;
  /**
   * Whether the primary keeps old row versions that reads on the replica still need. If so, a long read is not
   * cancelled.
   */
  keepsRows: boolean;
};

type Watch = ReplicaState & { seenAt: number };

const replicaOfProcess = ofProcess("replica", () => ({ watch: null as Watch | null }));

/** The state of the replica as this process last saw it; null without one. */
export function getReplicaState(): ReplicaState | null {
  const { watch } = replicaOfProcess;
  if (!watch) return null;
  return performance.now() - watch.seenAt > countsFor ? { ...watch, trouble: "not seen" } : watch;
}

/** Records a problem that a read has found, before the next look does. */
export function noteReplicaTrouble(trouble: ReplicaTrouble): void {
  if (replicaOfProcess.watch) setTrouble(replicaOfProcess.watch, trouble);
}

/**
 * Checks once a second how far the replica is behind the primary, where there is one. It uses one connection to each,
 * outside the pools, so that nobody's work delays it.
 * @returns a function that stops it
 */
export function watchReplica(): () => void {
  const { app, replica } = readDatabaseSettings();
  if (!replica || replicaOfProcess.watch) return () => undefined;
  const watch: Watch = { trouble: "not seen", lagBytes: null, lagSeconds: null, keepsRows: false, seenAt: 0 };
  replicaOfProcess.watch = watch;
  const servers = [app, replica].map(({ connectionString }) =>
    openPool(connectionString, { max: 1, wait: answersWithin }),
  ) as [pg.Pool, pg.Pool];
  const look = createLook(watch, ...servers);
  let looking = false;
  const lookOnce = async () => {
    if (looking) return;
    looking = true;
    await workOn("replica", null, () => workFor(null, look)).finally(() => {
      looking = false;
    });
  };
  const timer = setInterval(() => void lookOnce(), lookEvery).unref();
  void lookOnce();
  return () => {
    clearInterval(timer);
    replicaOfProcess.watch = null;
    for (const server of servers) void server.end();
    cutReplicaPool();
  };
}

/** What a server says of itself: which database it is, whether it follows another, and its position in the log. */
type Seen = { identity: string; follows: boolean; at: number | null; keepsRows: boolean };

async function ask(server: pg.Pool): Promise<Seen> {
  const { rows } = await server.query<Seen>({
    text: `select
      (select system_identifier from pg_control_system())::text || ' ' || current_database() as identity,
      pg_is_in_recovery() as follows,
      pg_wal_lsn_diff(
        case when pg_is_in_recovery() then pg_last_wal_replay_lsn() else pg_current_wal_lsn() end, '0/0')::float8 as at,
      current_setting('hot_standby_feedback') = 'on' as "keepsRows"`,
    query_timeout: answersWithin,
  } as pg.QueryConfig);
  if (!rows[0]) throw new Error("A server said nothing about itself.");
  return rows[0];
}

function createLook(watch: Watch, primary: pg.Pool, replica: pg.Pool): () => Promise<void> {
  const meter = createLagMeter();
  let replayed: number | null = null;
  let silences = 0;
  return async () => {
    const at = performance.now();
    const [ours, theirs] = await Promise.allSettled([ask(primary), ask(replica)]);
    // Without the primary nobody can say how far the replica is behind. What was seen last counts for a while.
    if (ours.status === "rejected" || ours.value.follows || ours.value.at === null) return;
    const written = ours.value.at;
    const seen = theirs.status === "fulfilled" ? theirs.value : null;
    if (seen?.follows && seen.identity === ours.value.identity) replayed = seen.at;
    if (replayed !== null) {
      watch.lagBytes = Math.max(0, written - replayed);
      watch.lagSeconds = meter.measure({ at, written }, replayed);
    }
    watch.keepsRows = seen?.keepsRows ?? watch.keepsRows;
    watch.seenAt = performance.now();
    setTrouble(watch, findTrouble(watch, seen, ours.value));
    // A silent replica could leave its readers waiting for a minute. One that refuses or has ended makes their reads
    // fail at once.
    silences = theirs.status === "rejected" && isSilence(theirs.reason) ? silences + 1 : 0;
    if (silences > 1) cutReplicaPool();
  };
}

function findTrouble(watch: Watch, seen: Seen | null, ours: Seen): ReplicaTrouble | null {
  if (!seen || (seen.follows && seen.at === null)) return "silent";
  if (seen.identity !== ours.identity) return "another";
  if (!seen.follows) return "promoted";
  const { lagBytes, lagSeconds } = watch;
  return (lagBytes ?? 0) > mostBehind.bytes || (lagSeconds ?? 0) > mostBehind.seconds ? "late" : null;
}

/** The driver's timeout errors have no code; those of servers and sockets do. */
function isSilence(error: unknown): boolean {
  return typeof (error as { code?: unknown } | null)?.code !== "string";
}

function setTrouble(watch: Watch, trouble: ReplicaTrouble | null): void {
  if (watch.trouble === trouble) return;
  watch.trouble = trouble;
  const { lagBytes, lagSeconds } = watch;
  if (trouble) getLog().warn({ event: "replica_left", trouble, bytes: lagBytes, seconds: lagSeconds });
  else getLog().info({ event: "replica_used" });
}
