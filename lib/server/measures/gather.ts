import cluster, { type Worker } from "node:cluster";
import { randomUUID } from "node:crypto";
import { ofProcess } from "@/lib/runtime/of-process";
import { tellPrimary, tellWorker } from "../tell-process";

/** Milliseconds that a process has to tell what it is asked for. */
const patience = 1_000;

/** What the processes of a server put together: numbers and figures for Prometheus, and their work for /database. */
type Kind = "measures" | "figures" | "work";

/** What the processes say to each other: a worker asks for all, the primary asks each, each tells, and the primary answers. */
type Message =
  | { desk: "gather"; kind: Kind; id: string }
  | { desk: "tell"; kind: Kind; id: string }
  | { desk: "told"; id: string; value?: unknown }
  | { desk: "gathered"; id: string; value: unknown };

function isMessage(message: unknown): message is Message {
  return typeof message === "object" && message !== null && "desk" in message && "id" in message;
}

/**
 * What all processes of this server have told, as the primary puts it together. Only for a process of several.
 * @throws Error when the primary process does not answer
 */
export function gather<T>(kind: Kind): Promise<T> {
  const id = randomUUID();
  return new Promise((resolve, reject) => {
    const settle = (finish: () => void) => {
      clearTimeout(timer);
      process.off("message", hear);
      finish();
    };
    const hear = (message: unknown) => {
      if (isMessage(message) && message.desk === "gathered" && message.id === id)
        settle(() => resolve(message.value as T));
    };
    const tooLate = () => settle(() => reject(new Error("The primary process did not answer.")));
    const timer = setTimeout(tooLate, 3 * patience);
    process.on("message", hear);
    tellPrimary({ desk: "gather", kind, id } satisfies Message);
  });
}

type Reader = () => unknown;

/** Lets a worker tell what it has when the primary asks; from the first time on, nothing of what it has not. Does nothing elsewhere. */
export function tellWhenAsked(kind: Kind, read: Reader): void {
  if (!cluster.isWorker) return;
  ofProcess("readers of what is told", answerPrimary).set(kind, read);
}

/** Begins to answer the primary. Gives the readers that it asks. */
function answerPrimary(): Map<Kind, Reader> {
  const readers = new Map<Kind, Reader>();
  process.on("message", async (message: unknown) => {
    if (!isMessage(message) || message.desk !== "tell") return;
    // One that fails has nothing to tell; unheard its error would end the process.
    const value = await Promise.resolve(readers.get(message.kind))
      .then((read) => read?.())
      .catch(() => undefined);
    tellPrimary({ desk: "told", id: message.id, value } satisfies Message);
  });
  return readers;
}

/** What was told, by the numbers of the workers that did so in time. */
export type Told<T> = Map<number, T>;

/**
 * Answers any worker that asks; called once for each kind, by the primary of a cluster.
 * @param combine makes the answer of what was told, and of how many have told nothing
 */
export function answerGathering<T>(kind: Kind, combine: (told: Told<T>, silent: number) => unknown): void {
  const waiting = new Map<string, (worker: number, value: T | undefined) => void>();

  cluster.on("message", async (worker: Worker, message: unknown) => {
    if (!isMessage(message)) return;
    if (message.desk === "told") waiting.get(message.id)?.(worker.id, message.value as T | undefined);
    if (message.desk !== "gather" || message.kind !== kind) return;
    try {
      const { told, silent } = await askAll();
      tellWorker(worker, { desk: "gathered", id: message.id, value: await combine(told, silent) } satisfies Message);
    } catch {
      // Whoever asked hears nothing, and says so; the primary must not end by it.
    }
  });

  function askAll(): Promise<{ told: Told<T>; silent: number }> {
    const id = randomUUID();
    const asked = Object.values(cluster.workers ?? {}).filter((worker) => worker?.isConnected());
    const told: Told<T> = new Map();
    let heard = 0;
    return new Promise((resolve) => {
      const done = () => {
        clearTimeout(timer);
        waiting.delete(id);
        resolve({ told, silent: asked.length - heard });
      };
      const timer = setTimeout(done, patience);
      waiting.set(id, (worker, value) => {
        heard += 1;
        if (value !== undefined) told.set(worker, value);
        if (heard === asked.length) done();
      });
      for (const worker of asked) if (worker) tellWorker(worker, { desk: "tell", kind, id } satisfies Message);
    });
  }
}
