import cluster, { type Worker } from "node:cluster";
import { randomUUID } from "node:crypto";
import { AggregatorRegistry, type MetricObject } from "prom-client";
import { getMeasures } from "./measures";
import { tellPrimary, tellWorker } from "./tell-process";

/** Milliseconds that a process has to tell its numbers. Of one that does not, those are taken that it told last. */
const patience = 1_000;

type Numbers = MetricObject[];

/** What the processes of a server say to each other: a worker asks for all, the primary asks each, and each tells. */
type Message =
  | { desk: "ask for all"; id: string }
  | { desk: "ask for yours"; id: string }
  | { desk: "mine"; id: string; numbers: Numbers }
  | { desk: "all"; id: string; text: string };

function isMessage(message: unknown): message is Message {
  return typeof message === "object" && message !== null && "desk" in message;
}

/**
 * The measures of this server as Prometheus reads them: of all its processes, where it has several.
 * @throws Error when the primary process does not answer
 */
export function printMeasures(): Promise<string> {
  if (!cluster.isWorker) return getMeasures().registry.metrics();
  const id = randomUUID();
  return new Promise((resolve, reject) => {
    const settle = (finish: () => void) => {
      clearTimeout(timer);
      process.off("message", hear);
      finish();
    };
    const hear = (message: unknown) => {
      if (isMessage(message) && message.desk === "all" && message.id === id) settle(() => resolve(message.text));
    };
    const tooLate = () => settle(() => reject(new Error("The primary process did not answer.")));
    const timer = setTimeout(tooLate, 3 * patience);
    process.on("message", hear);
    tellPrimary({ desk: "ask for all", id } satisfies Message);
  });
}

/** Lets a worker tell its numbers when the primary asks. Called once, by every process; does nothing in any other. */
export function tellMeasures(): void {
  if (!cluster.isWorker) return;
  process.on("message", async (message: unknown) => {
    if (!isMessage(message) || message.desk !== "ask for yours") return;
    const numbers = (await getMeasures().registry.getMetricsAsJSON()) as Numbers;
    tellPrimary({ desk: "mine", id: message.id, numbers } satisfies Message);
  });
}

/**
 * Merges the numbers of all workers for any that asks; called once, by the primary of a cluster. prom-client's own way from
 * primary to workers is not taken, only its sums: with it one worker that hangs leaves everybody without numbers, and the totals
 * of one that died are gone, which Prometheus reads as a counter that began anew.
 */
export function mergeMeasures(): void {
  const told = new Map<number, Numbers>();
  const waiting = new Map<string, (worker: number, numbers: Numbers) => void>();
  let departed: Numbers[] = [];

  cluster.on("message", (worker: Worker, message: unknown) => {
    if (!isMessage(message)) return;
    if (message.desk === "mine") waiting.get(message.id)?.(worker.id, message.numbers);
    if (message.desk === "ask for all") void answer(worker, message.id);
  });

  cluster.on("exit", async (worker: Worker) => {
    const last = told.get(worker.id);
    told.delete(worker.id);
    // What it counted goes on counting; what it had at the moment it has no more.
    if (last) departed.push(last.filter(({ type }) => isLasting(type)));
    if (departed.length > 1) {
      const many = departed;
      departed = [];
      departed.push(await sum(many));
    }
  });

  async function answer(worker: Worker, id: string): Promise<void> {
    await askAll();
    const text = await AggregatorRegistry.aggregate([...told.values(), ...departed]).metrics();
    tellWorker(worker, { desk: "all", id, text } satisfies Message);
  }

  function askAll(): Promise<void> {
    const id = randomUUID();
    const asked = Object.values(cluster.workers ?? {}).filter((worker) => worker?.isConnected());
    const missing = new Set(asked.map((worker) => worker?.id));
    return new Promise((resolve) => {
      const done = () => {
        clearTimeout(timer);
        waiting.delete(id);
        resolve();
      };
      const timer = setTimeout(done, patience);
      waiting.set(id, (worker, numbers) => {
        told.set(worker, numbers);
        missing.delete(worker);
        if (missing.size === 0) done();
      });
      for (const worker of asked) if (worker) tellWorker(worker, { desk: "ask for yours", id } satisfies Message);
    });
  }
}

/** Types come as words where they were printed, as prom-client's numbers in its types. */
function isLasting(type: unknown): boolean {
  return type === "counter" || type === "histogram";
}

async function sum(many: Numbers[]): Promise<Numbers> {
  return (await AggregatorRegistry.aggregate(many).getMetricsAsJSON()) as Numbers;
}
