import { Counter, Gauge, Histogram, Registry } from "prom-client";
import { readLoopLag } from "./event-loop";
import { ofProcess } from "./of-process";

/**
 * Upper bounds in seconds. They are close where pages are, because P95 is read from them. They include 1 s, the alert's
 * limit.
 */
const requestSeconds = [0.01, 0.025, 0.05, 0.1, 0.2, 0.35, 0.5, 0.75, 1, 2, 5, 10, 30];

/** Upper bounds in seconds, up to the longest that a caller waits for a connection. */
const waitSeconds = [0.001, 0.005, 0.025, 0.1, 0.5, 1, 2];

export type Measures = ReturnType<typeof createMeasures>;

/**
 * What this process counts about itself. Merged over the processes of a server, gauges and counters are summed unless
 * they say otherwise.
 */
function createMeasures() {
  const registers = [new Registry()];
  const [registry] = registers as [Registry];
  const gauge = (name: string, help: string, read: () => number) =>
    new Gauge({
      name,
      help,
      registers,
      collect() {
        this.set(read());
      },
    });
  return {
    registry,
    requestSeconds: new Histogram({
      name: "desk_request_duration_seconds",
      help: "Time from a request's head to the end of its answer; for a stream, to the head of its answer.",
      labelNames: ["route", "status"] as const,
      buckets: requestSeconds,
      registers,
    }),
    databaseSeconds: new Counter({
      name: "desk_database_seconds_total",
      help: "Time that statements took, by the screen they were for.",
      labelNames: ["screen"] as const,
      registers,
    }),
    statements: new Counter({
      name: "desk_database_statements_total",
      help: "Statements, by the screen they were for.",
      labelNames: ["screen"] as const,
      registers,
    }),
    slowStatements: new Counter({
      name: "desk_database_slow_statements_total",
      help: "Statements that took more than a second, or that the database ended because they took too long.",
      labelNames: ["screen"] as const,
      registers,
    }),
    poolWait: new Histogram({
      name: "desk_pool_wait_seconds",
      help: "Time that callers waited: for their share of the pool, then for one of its connections.",
      labelNames: ["for"] as const,
      buckets: waitSeconds,
      registers,
    }),
    rejections: new Counter({
      name: "desk_pool_rejections_total",
      help: "Work that got no connection in time: the pool had none, or the person's share of it was in use.",
      labelNames: ["reason"] as const,
      registers,
    }),
    securityEvents: new Counter({
      name: "desk_security_events_total",
      help: "What the security log tells of, by its event: sign-ins that were refused among others.",
      labelNames: ["event"] as const,
      registers,
    }),
    replicaReads: new Counter({
      name: "desk_replica_reads_total",
      help: "Reads that the replica may answer: by it, or by the primary because it was unusable, lacked the person's own change, or failed.",
      labelNames: ["outcome"] as const,
      registers,
    }),
    moments: [
      gauge("active_database_connections", "Connections of the pool that are in use.", () => readNow("active")),
      gauge("desk_pool_connections", "Connections of the pool that are open.", () => readNow("open")),
      gauge("desk_pool_limit", "Connections that the pool may open.", () => readNow("limit")),
      gauge(
        "desk_pool_waiting",
        "Callers that wait for their share of the pool or a connection.",
        () => readNow("waiting") + readNow("queued"),
      ),
      gauge("desk_live_streams", "Browsers that are told of changes as they happen.", () => readNow("streams")),
      gauge("desk_processes", "Processes whose numbers these are.", () => 1),
      gauge("process_resident_memory_bytes", "Memory that the processes hold.", () => process.memoryUsage.rss()),
      new Gauge({
        name: "desk_event_loop_lag_seconds",
        help: "How late the event loop was within the last 15 to 30 s, of the process where it was latest.",
        labelNames: ["of"] as const,
        aggregator: "max",
        registers,
        collect() {
          for (const [of, seconds] of Object.entries(readLoopLag())) this.set({ of }, seconds);
        },
      }),
      new Counter({
        name: "process_cpu_seconds_total",
        help: "Processor time that the processes have used.",
        registers,
        collect() {
          const { user, system } = process.cpuUsage();
          this.reset();
          this.inc((user + system) / 1e6);
        },
      }),
    ],
  };
}

/** Values that are not counted as they change, but read when somebody asks. */
type MomentName = "active" | "open" | "limit" | "waiting" | "queued" | "streams";

type Readers = Partial<Record<MomentName, () => number>>;

const readers = ofProcess("moments", (): Readers => ({}));

/** The current value; 0 where nobody has said how to read it. */
export function readNow(name: MomentName): number {
  return readers[name]?.() ?? 0;
}

/** The measures of this process. */
export function getMeasures(): Measures {
  return ofProcess("measures", createMeasures);
}

/** Sets how a current value is read, replacing any earlier way. */
export function readMoment(name: MomentName, way: () => number): void {
  readers[name] = way;
}
