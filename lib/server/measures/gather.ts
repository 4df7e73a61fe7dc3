import cluster, { type Worker } from "node:cluster";
import { randomUUID } from "node:crypto";
import { ofProcess } from "@/lib/runtime/of-process";
import { tellPrimary, tellWorker } from "../tell-process";

/** Milliseconds that a process has to tell what it is asked for. */
const patience = 1_000;

/** What the processes of a server gather: measures and figures for Prometheus, and their work for /database. */
type Kind = "measures" | "figures" | "work";

/**
 * The messages between processes: a worker asks for all, the primary asks each worker, each tells, and the primary
 * answers.
 */
type Message =
  | { desk: "gather"; kind: Kind; id: string }
  | { desk: "tell"; kind: Kind; id: string }
  | { desk: "told"; id: string; value?: unknown }
  | { desk: "gathered"; id: string; value: unknown };

function isMessage(message: unknown): message is Message {
  return typeof message === "object" && message !== null && "desk" in message && "id" in message;
}

/**
 * What all processes of this server have told, as the primary combines it. Only for a worker of a cluster.
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

/**
 * Lets a worker tell what `read` gives when the primary asks. From the first call on it also answers for other kinds,
 * with nothing. Does nothing outside a worker.
 */
export function tellWhenAsked(kind: Kind, read: Reader): void {
  if (!cluster.isWorker) return;
  ofProcess("readers of what is told", answerPrimary).set(kind, read);
}

/** Starts answering the primary. Gives the map of readers that it uses. */
function answerPrimary(): Map<Kind, Reader> {
  const readers = new Map<Kind, Reader>();
  process.on("message", async (message: unknown) => {
    if (!isMessage(message) || message.desk !== "tell") return;
    // A reader that fails tells nothing. Unheard, its error would end the process.
    const value = await Promise.resolve(readers.get(message.kind))
      .then((read) => read?.())
      .catch(() => undefined);
    tellPrimary({ desk: "told", id: message.id, value } satisfies Message);
  });
  return readers;
}

/** What was told in time, by the worker's number. */
export type Told<T> = Map<number, T>;

/**
 * Answers any worker that asks. Called once for each kind, by the primary of a cluster.
 * @param combine makes the answer from what was told, and from the number of workers that told nothing
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
      // The worker that asked hears nothing and reports that. The error must not end the primary.
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
