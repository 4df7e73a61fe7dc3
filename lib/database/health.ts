import pg from "pg";
import { compareClock } from "@/lib/runtime/clock";
import { ofProcess } from "@/lib/runtime/of-process";
import { readSchemaState, servesSchema } from "./migrate/schema-state";
import { readDatabaseSettings } from "./settings";

/** Milliseconds, connecting included, within which the database must answer to count as ready. */
export const readyWithin = 1_000;

/** Whether the desk can work; if not, the reason in one word. */
export type Readiness =
  | { ready: true }
  | { ready: false; reason: "database"; error?: unknown }
  | { ready: false; reason: "schema" | "migration" };

type Checker = { client: pg.Client | null; running: Promise<Readiness> | null };

/**
 * Checks that the database answers within a second and that its schema is this version's or the previous one's.
 * Compares the clocks on the way.
 * All callers share one check, on one connection outside the pool. An exhausted pool is busy, not broken, and a health
 * check must not make it busier.
 */
export function checkReadiness(): Promise<Readiness> {
  const checker = ofProcess("readiness", (): Checker => ({ client: null, running: null }));
  checker.running ??= check(checker).finally(() => {
    checker.running = null;
  });
  return checker.running;
}

async function check(checker: Checker): Promise<Readiness> {
  const attempt = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<Readiness>((resolve) => {
    timer = setTimeout(() => resolve({ ready: false, reason: "database" }), readyWithin);
  });
  const answer = await Promise.race([ask(checker, attempt.signal), tooLate]);
  clearTimeout(timer);
  if (!answer.ready && answer.reason === "database") {
    attempt.abort();
    closeConnection(checker);
  }
  return answer;
}

async function ask(checker: Checker, givenUp: AbortSignal): Promise<Readiness> {
  try {
    const client = checker.client ?? (await connect(checker, givenUp));
    const state = await readSchemaState(client);
    await compareClocks(client);
    if (servesSchema()) return { ready: true };
    return { ready: false, reason: state === "migrating" ? "migration" : "schema" };
  } catch (error) {
    return { ready: false, reason: "database", error };
  }
}

async function compareClocks(client: pg.Client): Promise<void> {
  const asked = Date.now();
  const text = "select extract(epoch from clock_timestamp())::float8 * 1000 as now";
  const { rows } = await client.query<{ now: number }>(text);
  if (rows[0]) compareClock(rows[0].now, asked);
}

/** Connects. If the check was given up meanwhile, a later one may have its own connection, so this one is closed. */
async function connect(checker: Checker, givenUp: AbortSignal): Promise<pg.Client> {
  const client = new pg.Client({ ...readDatabaseSettings().app, connectionTimeoutMillis: readyWithin });
  // The connection was cut between two checks, or after one was given up. The next check reconnects.
  client.on("error", () => {
    if (checker.client === client) checker.client = null;
  });
  await client.connect();
  if (givenUp.aborted) void client.end().catch(() => undefined);
  givenUp.throwIfAborted();
  checker.client = client;
  return client;
}

function closeConnection(checker: Checker): void {
  const { client } = checker;
  checker.client = null;
  // Not awaited, because a silent server never confirms that the connection is closed.
  client?.end().catch(() => undefined);
}
