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

/** What one process has done with the database since it started, in ms since 1970. Texts of statements all processes have. */
type ProcessWork = { startedAt: number; pool: PoolNow; points: PoolPoint[]; times: Omit<StatementTime, "text">[] };

/** What the processes of this server have done with the database. */
export type ServerWork = {
  /** Processes whose work this is, and those that did not tell theirs within a second. */
  processes: number;
  silent: number;
  /** When the oldest of them started. */
  startedAt: Date;
  /** The pools of all at this moment. */
  pool: PoolNow;
  /** The pools of all in the last hour, the oldest first. */
  points: PoolPoint[];
  /** By screen and statement, what took longest in all first. */
  times: StatementTime[];
};

type Gathered = { works: ProcessWork[]; silent: number };

/** What all processes of this server have done; this one's alone where the first process does not answer. */
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

/** Lets a worker tell its work when the primary asks. Called once, by every process; does nothing in any other. */
export function tellWork(): void {
  tellWhenAsked("work", readOwnWork);
}

/** Puts the work of all workers together for any that asks; called once, by the primary of a cluster. */
export function gatherWork(): void {
  answerGathering<ProcessWork>("work", (told, silent): Gathered => ({ works: [...told.values()], silent }));
}
