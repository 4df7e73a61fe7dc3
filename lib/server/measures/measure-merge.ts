import cluster, { type Worker } from "node:cluster";
import { AggregatorRegistry, type MetricObject } from "prom-client";
import { getMeasures } from "@/lib/runtime/measures";
import { answerGathering, gather, tellWhenAsked } from "./gather";

type Numbers = MetricObject[];

/**
 * The measures of this server in Prometheus' format, over all its processes.
 * @throws Error when the primary process does not answer
 */
export function printMeasures(): Promise<string> {
  return cluster.isWorker ? gather<string>("measures") : getMeasures().registry.metrics();
}

/**
 * Lets a worker tell its measures when the primary asks. Every process calls it once; it does nothing outside a worker.
 */
export function tellMeasures(): void {
  tellWhenAsked("measures", () => getMeasures().registry.getMetricsAsJSON());
}

/**
 * Merges the measures of all workers for any that asks. Called once, by the primary of a cluster. Only prom-client's
 * sums are used, not its own messages between processes: with those, one worker that hangs leaves everybody without
 * measures. They also lose the totals of a worker that died, which Prometheus reads as a counter that was reset.
 */
export function mergeMeasures(): void {
  // A process that does not answer in time counts with what it told last.
  const last = new Map<number, Numbers>();
  let departed: Numbers[] = [];

  answerGathering<Numbers>("measures", (told) => {
    // A worker that has ended since it told them already counts among the departed.
    for (const [worker, numbers] of told) if (cluster.workers?.[worker]) last.set(worker, numbers);
    return AggregatorRegistry.aggregate([...last.values(), ...departed]).metrics();
  });

  cluster.on("exit", async (worker: Worker) => {
    const numbers = last.get(worker.id);
    last.delete(worker.id);
    // What a dead worker counted stays in the totals; its current values do not.
    if (numbers) departed.push(numbers.filter(({ type }) => isLasting(type)));
    if (departed.length > 1) {
      const many = departed;
      departed = [];
      departed.push(await sum(many));
    }
  });
}

/** A type is a word at run time, although prom-client's TypeScript types say it is a number. */
function isLasting(type: unknown): boolean {
  return type === "counter" || type === "histogram";
}

async function sum(many: Numbers[]): Promise<Numbers> {
  return (await AggregatorRegistry.aggregate(many).getMetricsAsJSON()) as Numbers;
}
