import { type IntervalHistogram, monitorEventLoopDelay } from "node:perf_hooks";
import { ofProcess } from "./of-process";

/** Milliseconds between two looks at the event loop. What a look comes too late by is the loop's lag. */
const resolution = 20;

/** Milliseconds after which a lag is forgotten, or twice that at the latest. Longer than between two scrapes. */
const window = 15_000;

/** Lag in seconds: the median, the 99th percentile and the longest. */
export type LoopLag = { median: number; p99: number; longest: number };

const none: LoopLag = { median: 0, p99: 0, longest: 0 };

type Watch = { before: LoopLag; now: IntervalHistogram };

const eventLoop = ofProcess("event loop", () => ({ watch: null as Watch | null }));

/** Starts measuring how late this process' event loop is, once. */
export function watchEventLoop(): void {
  if (eventLoop.watch) return;
  const watch = { before: none, now: monitorEventLoopDelay({ resolution }) };
  eventLoop.watch = watch;
  watch.now.enable();
  setInterval(() => {
    watch.before = read(watch.now);
    watch.now.reset();
  }, window).unref();
}

/** The loop's lag within the last 15 to 30 s; zeros where nobody measures it. */
export function readLoopLag(): LoopLag {
  const { watch } = eventLoop;
  if (!watch) return none;
  const now = read(watch.now);
  const worse = (of: keyof LoopLag) => Math.max(watch.before[of], now[of]);
  return { median: worse("median"), p99: worse("p99"), longest: worse("longest") };
}

function read(histogram: IntervalHistogram): LoopLag {
  // A look that is on time still comes after the resolution, so that is subtracted.
  const lag = (nanoseconds: number) => Math.max(0, nanoseconds / 1e9 - resolution / 1e3);
  if (histogram.count === 0) return none;
  return { median: lag(histogram.percentile(50)), p99: lag(histogram.percentile(99)), longest: lag(histogram.max) };
}
