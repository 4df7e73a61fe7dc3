import { createFairQueue, type FairQueue } from "@/lib/runtime/fair-queue";
import { getMeasures, readMoment } from "@/lib/runtime/measures";
import { ofProcess } from "@/lib/runtime/of-process";
import { getRequester } from "@/lib/runtime/requester";
import { type Purpose, poolWait } from "./pool";
import { readDatabaseSettings } from "./settings";

/** What part of the pool those may hold at once who hold a connection for long: the rest is always there for pages. */
const parts: Partial<Record<Purpose, number>> = {
  export: 0.3,
  analytics: 0.2,
  count: 0.2,
  freeze: 0.2,
  forget: 0.2,
  health: 0.3,
};

/** What part of the pool one person may hold for all else: while nobody else works, and while others do. */
const ordinary = { alone: 0.8, shared: 0.5 };

/**
 * Beside somebody who has used less: for whoever has held connections for more than a second of the last five or so. Each
 * connection is a process of the database that takes processors from all the others.
 */
const heavy = { above: 1_000, window: 5_000, part: 0.2 };

/** Pieces of work of one person that may wait for a place. A page has about ten. */
const mostWaiting = 60;

/** Milliseconds for which somebody still counts as working after their last piece of work. */
const lingers = 2_000;

/** Milliseconds that a person waits for their own work: a page they have left still asks for its charts. */
const longPatience = 10_000;

const queues = ofProcess("places", () => new Map<string, FairQueue>());

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
  // One person leaves a place to somebody else. Of exports they may run as many as lib/export/record.ts says, on all servers.
  const alone = purpose === "export" ? total : Math.max(1, total - 1);
  return createFairQueue({ ...waits, alone, total, patience: purpose === "export" ? poolWait : longPatience });
}

/** A place in the pool, to be handed on by `release`. `alone`: nobody else is working, so the work may have the whole machine. */
export type PoolPlace = { release: () => void; alone: boolean };

/** Whether nobody else works than this person, or the one for whom this is done; true where it is done for nobody. */
export function worksAlone(person = getRequester()): boolean {
  return person === null || queueOf("interactive").isAlone(person);
}

/**
 * Waits for one of the places of a purpose, for what is one's own work before it longer than the pool would. The places are
 * shared fairly between the people for whom the work is done (lib/runtime/requester.ts). Work for nobody keeps only to its
 * purpose's part of the pool.
 * @param signal gives the place in the queue up
 * @throws Error with the code of a server that has too many connections: "busy"
 */
export async function takePlace(purpose: Purpose, signal?: AbortSignal): Promise<PoolPlace> {
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
