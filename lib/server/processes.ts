import cluster, { type Worker } from "node:cluster";
import { availableParallelism } from "node:os";
import { waitAfter } from "@/lib/database/waiting";
import { getLog } from "@/lib/runtime/log";
import { readSetting } from "@/lib/settings/settings";
import { httpLimits } from "./http/http-limits";
import { answerGathering } from "./measures/gather";
import { mergeMeasures } from "./measures/measure-merge";
import { gatherWork } from "./measures/server-work";
import { relayStatements } from "./measures/statement-sharing";

/** More processes than this only by WEB_CONCURRENCY: each takes its memory and a part of the pool. */
const mostByDefault = 4;

/** A process that served for this many ms and then ended is replaced at once, others after a growing pause. */
const servedWell = 10_000;

/** Which process this is, from 0, for the processes themselves. */
const numberVariable = "DESK_PROCESS";

/** How many processes answer on the port: WEB_CONCURRENCY, else the machine's cores, at most four. One while developing. */
export function countProcesses(cores = availableParallelism()): number {
  if (process.env.NODE_ENV === "development") return 1;
  return readSetting("WEB_CONCURRENCY") ?? Math.min(cores, mostByDefault);
}

/** Whether this process is the one that says what concerns all of them. */
export function isFirstProcess(): boolean {
  return (process.env[numberVariable] ?? "0") === "0";
}

/** The part of the pool that process `number` of `count` may have, at least one connection: together they have `poolMax`. */
export function partOfPool(poolMax: number, number: number, count: number): number {
  return Math.max(1, Math.floor(poolMax / count) + (number < poolMax % count ? 1 : 0));
}

type Place = { worker: Worker | null; listening: boolean; began: number; tries: number };

/**
 * Looks after `count` processes that serve the desk on one port by Node's cluster, and never ends by itself. One that dies is
 * replaced. SIGTERM and SIGINT stop them all, with code 0; SIGHUP replaces one after the other, each when its follower listens.
 * Where the first cannot begin at all, as with a port that is taken, it ends with that one's code.
 */
export function runProcesses(count: number): void {
  const poolMax = readSetting("DB_POOL_MAX");
  const places: Place[] = Array.from({ length: count }, () => ({ worker: null, listening: false, began: 0, tries: 0 }));
  let stopping = false;
  let replacing = false;
  mergeMeasures();
  gatherWork();
  answerGathering("figures", (told) => [...told.values()]);
  relayStatements();

  function start(place: Place): Worker {
    const number = places.indexOf(place);
    const worker = cluster.fork({
      [numberVariable]: String(number),
      DB_POOL_MAX: String(partOfPool(poolMax, number, count)),
    });
    Object.assign(place, { worker, listening: false, began: performance.now() });
    worker.once("listening", () => {
      place.listening = true;
      // The others begin when the first has: what is wrong with the settings or the port is said once.
      for (const other of places) if (!other.worker && !stopping) start(other);
    });
    worker.once("exit", (code, signal) => {
      if (place.worker !== worker) return;
      place.worker = null;
      if (stopping) return;
      if (!places.some(({ listening }) => listening)) process.exit(code || 1);
      if (place.listening && performance.now() - place.began > servedWell) place.tries = 0;
      const wait = waitAfter(place.tries++);
      getLog().error({ event: "process_ended", process: number, code, signal, again: wait / 1000 });
      setTimeout(() => {
        if (!stopping && !place.worker) start(place);
      }, wait);
    });
    return worker;
  }

  async function stop(): Promise<void> {
    if (stopping) return;
    stopping = true;
    await Promise.all(places.map(({ worker }) => (worker ? end(worker) : undefined)));
    process.exit(0);
  }

  /** Replaces each process when its follower listens; gives up, and keeps the old one, where a follower cannot begin. */
  async function replaceAll(): Promise<void> {
    if (replacing || stopping) return;
    replacing = true;
    for (const place of places) {
      const old = place.worker;
      if (!old || stopping) continue;
      const next = start(place);
      if (await hasBegun(next)) {
        await end(old);
        continue;
      }
      if (!stopping) Object.assign(place, { worker: old, listening: true });
      getLog().error({ event: "process_not_replaced", process: places.indexOf(place) });
      break;
    }
    replacing = false;
  }

  for (const signal of ["SIGTERM", "SIGINT"] as const) process.on(signal, () => void stop());
  process.on("SIGHUP", () => void replaceAll());
  const [first] = places;
  if (first) start(first);
}

/** Whether a process came to listen; false when it ended before. */
function hasBegun(worker: Worker): Promise<boolean> {
  return new Promise((resolve) => {
    worker.once("listening", () => resolve(true));
    worker.once("exit", () => resolve(false));
  });
}

/** Tells a process to stop, and comes back when it has. What has not answered its requests in time is killed. */
function end(worker: Worker): Promise<void> {
  if (worker.isDead()) return Promise.resolve();
  return new Promise((resolve) => {
    const late = setTimeout(() => worker.process.kill("SIGKILL"), httpLimits.stopTime + 500);
    worker.once("exit", () => {
      clearTimeout(late);
      resolve();
    });
    worker.process.kill("SIGTERM");
  });
}
