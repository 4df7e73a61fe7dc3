import { createFairQueue, type FairQueue } from "@/lib/runtime/fair-queue";
import { getMeasures, readMoment } from "@/lib/runtime/measures";
import { ofProcess } from "@/lib/runtime/of-process";
import { getRequester } from "@/lib/runtime/requester";
import type { Purpose } from "./limits";
import { poolWait } from "./pool";
import { readDatabaseSettings } from "./settings";

/**
 * The fraction of the pool that all work of a purpose may hold at once, where it holds connections for long. The rest
 * is always free for pages.
 */
const parts: Partial<Record<Purpose, number>> = {
  export: 0.3,
  analytics: 0.2,
  count: 0.2,
  freeze: 0.2,
  forget: 0.2,
  health: 0.3,
};

/**
 * The fraction of the pool that one person may hold for other work: `alone` while nobody else works, `shared` while
 * others do.
 */
const ordinary = { alone: 0.8, shared: 0.5 };

/**
 * The limit for a heavy person while somebody who has used less is there. Heavy means more than a second of connection
 * time within about the last five. Each connection is a database process that takes processor time from all others.
 */
const heavy = { above: 1_000, window: 5_000, part: 0.2 };

/** How many pieces of one person's work may wait for their turn. A page has about ten. */
const mostWaiting = 60;

/** Milliseconds for which a person still counts as working after their last piece of work. */
const lingers = 2_000;

/**
 * Milliseconds that a person's work waits behind their own. Long, because a page that they have left still loads its
 * charts.
 */
const longPatience = 10_000;

const queues = ofProcess("pool shares", () => new Map<string, FairQueue>());

readMoment("queued", () => [...queues.values()].reduce((sum, queue) => sum + queue.count().waiting, 0));

function queueOf(purpose: Purpose): FairQueue {
  const { poolMax } = readDatabaseSettings();
  const name = `${parts[purpose] ? purpose : "ordinary"} of ${poolMax}`;
  const queue = queues.get(name) ?? createQueue(purpose, poolMax);
  queues.set(name, queue);
  return queue;
}

function createQueue(purpose: Purpose, poolMax: number): FairQueue {
  const share = (part: number) => Math.max(1, Math.floor(poolMax * part));
  const waits = { waiting: mostWaiting, patience: longPatience, lingers };
  const part = parts[purpose];
  if (!part) {
    const yields = { ...heavy, atOnce: share(heavy.part), wait: 0, rests: false };
    return createFairQueue({ ...waits, alone: share(ordinary.alone), shared: share(ordinary.shared), yields });
  }
  const total = share(part);
  // One person always leaves a connection to somebody else. Exports do not: lib/export/record.ts limits them per
  // person, over all servers.
  const alone = purpose === "export" ? total : Math.max(1, total - 1);
  return createFairQueue({ ...waits, alone, total, patience: purpose === "export" ? poolWait : longPatience });
}

/**
 * A turn to use a connection of the pool, given back by `release`. `alone`: nobody else works, so the work may use the
 * whole machine.
 */
export type PoolShare = { release: () => void; alone: boolean };

/** Whether only this person works; by default the one for whom the work is done. True where it is done for nobody. */
export function worksAlone(person = getRequester()): boolean {
  return person === null || queueOf("interactive").isAlone(person);
}

/**
 * Waits for a turn to use a connection for this purpose. Turns are shared fairly between the people for whom the work
 * is done (lib/runtime/requester.ts). Behind a person's own work it waits longer than the pool would. Work for nobody
 * keeps only to its purpose's fraction of the pool.
 * @param signal leaves the queue
 * @throws Error with SQLSTATE 53300 (too many connections), which means "busy"
 */
export async function takePoolShare(purpose: Purpose, signal?: AbortSignal): Promise<PoolShare> {
  const person = getRequester();
  if (!person && !parts[purpose]) return { release: () => undefined, alone: true };
  const asked = performance.now();
  const turn = await queueOf(purpose).take(person ?? Symbol("nobody"), signal);
  getMeasures().poolWait.observe({ for: "share" }, (performance.now() - asked) / 1_000);
  if (turn.ok) return { release: turn.release, alone: worksAlone() };
  signal?.throwIfAborted();
  getMeasures().rejections.inc({ reason: "share" });
  throw Object.assign(new Error("Every connection for this purpose is in use."), { code: "53300" });
}
