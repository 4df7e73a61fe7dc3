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

/**
 * The most processes by default, because each takes memory and its part of the pool. WEB_CONCURRENCY may ask for more.
 */
const mostByDefault = 4;

/** A process that ends after serving for this many ms is replaced after a second, others after a growing pause. */
const servedWell = 10_000;

/** The variable that tells a process its number, from 0. */
const numberVariable = "DESK_PROCESS";

/**
 * How many processes answer on the port: WEB_CONCURRENCY, else the machine's cores, at most four. One in development.
 */
export function countProcesses(cores = availableParallelism()): number {
  if (process.env.NODE_ENV === "development") return 1;
  return readSetting("WEB_CONCURRENCY") ?? Math.min(cores, mostByDefault);
}

/** Whether this process is the one that logs what concerns all of them. */
export function isFirstProcess(): boolean {
  return (process.env[numberVariable] ?? "0") === "0";
}

/** The connections that process `number` of `count` may have, at least one. Together the processes have `poolMax`. */
export function partOfPool(poolMax: number, number: number, count: number): number {
  return Math.max(1, Math.floor(poolMax / count) + (number < poolMax % count ? 1 : 0));
}

type Slot = { worker: Worker | null; listening: boolean; began: number; tries: number };

/**
 * Runs `count` processes that serve the desk on one port, by Node's cluster. One that dies is replaced. SIGTERM and
 * SIGINT stop them all, with code 0. SIGHUP replaces one after the other, each when its replacement listens.
 * If one ends while none has begun to listen, as with a port that is taken, this process ends with its code.
 */
export function runProcesses(count: number): void {
  const poolMax = readSetting("DB_POOL_MAX");
  const slots: Slot[] = Array.from({ length: count }, () => ({ worker: null, listening: false, began: 0, tries: 0 }));
  let stopping = false;
  let replacing = false;
  mergeMeasures();
  gatherWork();
  answerGathering("figures", (told) => [...told.values()]);
  relayStatements();

  function start(slot: Slot): Worker {
    const number = slots.indexOf(slot);
    const worker = cluster.fork({
      [numberVariable]: String(number),
      DB_POOL_MAX: String(partOfPool(poolMax, number, count)),
    });
    Object.assign(slot, { worker, listening: false, began: performance.now() });
    worker.once("listening", () => {
      slot.listening = true;
      // The others start when the first listens, so that a problem with the settings or the port is reported once.
      for (const other of slots) if (!other.worker && !stopping) start(other);
    });
    worker.once("exit", (code, signal) => {
      if (slot.worker !== worker) return;
      slot.worker = null;
      if (stopping) return;
      if (!slots.some(({ listening }) => listening)) process.exit(code || 1);
      if (slot.listening && performance.now() - slot.began > servedWell) slot.tries = 0;
      const wait = waitAfter(slot.tries++);
      getLog().error({ event: "process_ended", process: number, code, signal, again: wait / 1000 });
      setTimeout(() => {
        if (!stopping && !slot.worker) start(slot);
      }, wait);
    });
    return worker;
  }

  async function stop(): Promise<void> {
    if (stopping) return;
    stopping = true;
    await Promise.all(slots.map(({ worker }) => (worker ? end(worker) : undefined)));
    process.exit(0);
  }

  /**
   * Replaces each process when its replacement listens. If a replacement cannot start, keeps the old one and gives up.
   */
  async function replaceAll(): Promise<void> {
    if (replacing || stopping) return;
    replacing = true;
    for (const slot of slots) {
      const old = slot.worker;
      if (!old || stopping) continue;
      const next = start(slot);
      if (await hasBegun(next)) {
        await end(old);
        continue;
      }
      if (!stopping) Object.assign(slot, { worker: old, listening: true });
      getLog().error({ event: "process_not_replaced", process: slots.indexOf(slot) });
      break;
    }
    replacing = false;
  }

  for (const signal of ["SIGTERM", "SIGINT"] as const) process.on(signal, () => void stop());
  process.on("SIGHUP", () => void replaceAll());
  const [first] = slots;
  if (first) start(first);
}

/** Whether a process began to listen; false when it ended first. */
function hasBegun(worker: Worker): Promise<boolean> {
  return new Promise((resolve) => {
    worker.once("listening", () => resolve(true));
    worker.once("exit", () => resolve(false));
  });
}

/**
 * Tells a process to stop, and resolves when it has ended. One that has not answered its requests in time is killed.
 */
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
