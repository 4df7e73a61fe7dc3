import cluster, { type Worker } from "node:cluster";
import { setTimeout as pause } from "node:timers/promises";
import { getMeasures, readMoment } from "@/lib/runtime/measures";
import { countStatement } from "@/lib/runtime/statement-times";
import { mergeMeasures, printMeasures, tellMeasures } from "@/lib/server/measures/measure-merge";
import { gatherWork, readServerWork, tellWork } from "@/lib/server/measures/server-work";

// A cluster of three processes, each with numbers of its own. Prints what one of them reads: of all three, with one that hangs,
// and after that one was killed and another began in its place. And their work with the database, but for the last.

/** What a worker is told to do. */
type Order = "read" | "read work" | "hang";

const own = Number(process.env.NUMBER);

if (cluster.isPrimary) await lead();
else work();

async function lead(): Promise<void> {
  mergeMeasures();
  gatherWork();
  const workers: Worker[] = [];
  for (const number of [1, 2, 3]) workers.push(await begin(number));
  const [reader, , third] = workers as [Worker, Worker, Worker];
  const readings = [await ask(reader)];
  const works = [await ask(reader, "read work")];
  third.send("hang" satisfies Order);
  readings.push(await ask(reader));
  works.push(await ask(reader, "read work"));
  const gone = new Promise((resolve) => third.once("exit", resolve));
  third.process.kill("SIGKILL");
  await gone;
  await begin(4);
  readings.push(await ask(reader));
  console.log(JSON.stringify({ readings, works }));
  for (const worker of Object.values(cluster.workers ?? {})) worker?.process.kill("SIGKILL");
}

/** Begins a worker, and comes back when it has its numbers. */
function begin(number: number): Promise<Worker> {
  const worker = cluster.fork({ NUMBER: String(number) });
  return new Promise((resolve) => {
    worker.on("message", (message) => message === "ready" && resolve(worker));
  });
}

function ask(worker: Worker, order: Order = "read"): Promise<unknown> {
  return new Promise((resolve) => {
    const hear = (message: unknown) => {
      if (typeof message !== "object" || message === null || !("reading" in message)) return;
      worker.off("message", hear);
      resolve(message.reading);
    };
    worker.on("message", hear);
    worker.send(order);
  });
}

function work(): void {
  tellMeasures();
  tellWork();
  const { statements, requestSeconds } = getMeasures();
  statements.inc({ screen: "/contacts" }, own);
  requestSeconds.observe({ route: "/contacts", status: "200" }, own);
  readMoment("active", () => own);
  countStatement("/contacts", "select a from t", 10 * own, own);
  process.on("message", async (order: Order) => {
    if (order === "read") process.send?.({ reading: await printMeasures() });
    if (order === "read work") process.send?.({ reading: await readServerWork() });
    // Nothing else happens in a process that does this.
    if (order === "hang") for (;;);
  });
  void pause(0).then(() => process.send?.("ready"));
}
