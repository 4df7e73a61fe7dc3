import pg from "pg";
import { readDatabaseSettings } from "./settings";

/** Milliseconds within which the database must answer to count as ready, connecting included. */
export const readyWithin = 1_000;

type Checker = { client: pg.Client | null; running: Promise<boolean> | null };

const shared = globalThis as unknown as { contactDeskHealth?: Checker };

/**
 * Whether the database answers within a second. Any number of callers share one check, on one connection beside the
 * pool: a pool that is exhausted is busy, not broken, and asking for its health must not make it busier.
 */
export function checkDatabase(): Promise<boolean> {
  shared.contactDeskHealth ??= { client: null, running: null };
  const checker = shared.contactDeskHealth;
  checker.running ??= check(checker).finally(() => {
    checker.running = null;
  });
  return checker.running;
}

async function check(checker: Checker): Promise<boolean> {
  const attempt = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), readyWithin);
  });
  const answered = await Promise.race([ask(checker, attempt.signal), tooLate]);
  clearTimeout(timer);
  if (!answered) {
    attempt.abort();
    closeConnection(checker);
  }
  return answered;
}

async function ask(checker: Checker, givenUp: AbortSignal): Promise<boolean> {
  try {
    const client = checker.client ?? (await connect(checker, givenUp));
    await client.query("select 1");
    return true;
  } catch {
    return false;
  }
}

/** Connects; where that was given up meanwhile, a later check may have a connection of its own, and this one is closed. */
async function connect(checker: Checker, givenUp: AbortSignal): Promise<pg.Client> {
  const client = new pg.Client({ ...readDatabaseSettings().app, connectionTimeoutMillis: readyWithin });
  // Cut between two checks, or after one was given up: the next one connects anew.
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
  // A server that has gone silent never says goodbye: nobody waits for it.
  client?.end().catch(() => undefined);
}
