import cluster, { type Worker } from "node:cluster";
import { AggregatorRegistry, type MetricObject } from "prom-client";
import { getMeasures } from "@/lib/runtime/measures";
import { answerGathering, gather, tellWhenAsked } from "./gather";

type Numbers = MetricObject[];

/**
 * The measures of this server as Prometheus reads them: of all its processes, where it has several.
 * @throws Error when the primary process does not answer
 */
export function printMeasures(): Promise<string> {
  return cluster.isWorker ? gather<string>("measures") : getMeasures().registry.metrics();
}

/** Lets a worker tell its numbers when the primary asks. Called once, by every process; does nothing in any other. */
export function tellMeasures(): void {
  tellWhenAsked("measures", () => getMeasures().registry.getMetricsAsJSON());
}

/**
 * Merges the numbers of all workers for any that asks; called once, by the primary of a cluster. prom-client's own way from
 * primary to workers is not taken, only its sums: with it one worker that hangs leaves everybody without numbers, and the totals
 * of one that died are gone, which Prometheus reads as a counter that began anew.
 */
export function mergeMeasures(): void {
  // Of a process that does not tell its numbers, those are taken that it told last.
  const last = new Map<number, Numbers>();
  let departed: Numbers[] = [];

  answerGathering<Numbers>("measures", (told) => {
    // One that has ended since it told them counts among the departed already.
    for (const [worker, numbers] of told) if (cluster.workers?.[worker]) last.set(worker, numbers);
    return AggregatorRegistry.aggregate([...last.values(), ...departed]).metrics();
  });

  cluster.on("exit", async (worker: Worker) => {
    const numbers = last.get(worker.id);
    last.delete(worker.id);
    // What it counted goes on counting; what it had at the moment it has no more.
    if (numbers) departed.push(numbers.filter(({ type }) => isLasting(type)));
    if (departed.length > 1) {
      const many = departed;
      departed = [];
      departed.push(await sum(many));
    }
  });
}

/** Types come as words where they were printed, as prom-client's numbers in its types. */
function isLasting(type: unknown): boolean {
  return type === "counter" || type === "histogram";
}

async function sum(many: Numbers[]): Promise<Numbers> {
  return (await AggregatorRegistry.aggregate(many).getMetricsAsJSON()) as Numbers;
}
