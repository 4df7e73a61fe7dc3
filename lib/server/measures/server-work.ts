import cluster from "node:cluster";
import { getNow } from "@/lib/runtime/clock";
import {
  findStatementText,
  listStatementTimes,
  mergeStatementTimes,
  type StatementTime,
} from "@/lib/runtime/statement-times";
import { answerGathering, gather, tellWhenAsked } from "./gather";
import { listPoolPoints, mergePoolPoints, type PoolNow, type PoolPoint, readPool } from "./pool-history";

/**
 * What one process has done with the database since it started, in ms since 1970. Without texts, because every process
 * has those.
 */
type ProcessWork = { startedAt: number; pool: PoolNow; points: PoolPoint[]; times: Omit<StatementTime, "text">[] };

/** What the processes of this server have done with the database. */
export type ServerWork = {
  /** How many processes told their work, and how many did not within a second. */
  processes: number;
  silent: number;
  /** When the oldest of them started. */
  startedAt: Date;
  /** The pools of all processes now. */
  pool: PoolNow;
  /** The pools of all processes in the last hour, oldest first. */
  points: PoolPoint[];
  /** Times by screen and statement, the largest total first. */
  times: StatementTime[];
};

type Gathered = { works: ProcessWork[]; silent: number };

/** What all processes of this server have done; only this one's where the primary process does not answer. */
export async function readServerWork(): Promise<ServerWork> {
  const { works, silent } = await askForWork();
  const pools = works.map(({ pool }) => pool);
  const sum = (of: keyof PoolNow) => pools.reduce((total, pool) => total + pool[of], 0);
  return {
    processes: works.length,
    silent,
    startedAt: new Date(Math.min(...works.map(({ startedAt }) => startedAt))),
    pool: { active: sum("active"), open: sum("open"), waiting: sum("waiting"), limit: sum("limit") },
    points: mergePoolPoints(works.map(({ points }) => points)),
    times: mergeStatementTimes(works.map(({ times }) => times)).map((time) => ({
      ...time,
      text: findStatementText(time.id) ?? "",
    })),
  };
}

async function askForWork(): Promise<Gathered> {
  const alone = { works: [readOwnWork()], silent: 0 };
  if (!cluster.isWorker) return alone;
  const gathered = await gather<Gathered>("work").catch(() => null);
  return gathered && gathered.works.length > 0 ? gathered : { ...alone, silent: 1 };
}

function readOwnWork(): ProcessWork {
  return {
    startedAt: getNow().getTime() - process.uptime() * 1_000,
    pool: readPool(),
    points: listPoolPoints(),
    times: listStatementTimes().map(({ text: _text, ...time }) => time),
  };
}

/** Lets a worker tell its work when the primary asks. Every process calls it once; it does nothing outside a worker. */
export function tellWork(): void {
  tellWhenAsked("work", readOwnWork);
}

/** Combines the work of all workers for any that asks. Called once, by the primary of a cluster. */
export function gatherWork(): void {
  answerGathering<ProcessWork>("work", (told, silent): Gathered => ({ works: [...told.values()], silent }));
}
