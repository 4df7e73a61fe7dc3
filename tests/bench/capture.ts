import pg from "pg";

/** One statement as the application sent it. `planner`: what its transaction had set for the planner, as name and value. */
export type Statement = { text: string; values: unknown[]; planner?: [name: string, value: string][] };

type Query = (this: pg.Client, ...args: unknown[]) => unknown;

const original = pg.Client.prototype.query as unknown as Query;
let heard: Statement[] | null = null;
let planner: Statement["planner"] = [];
let keeping = true;

/** Listens to what goes through every connection of this process, in place of copies of the application's SQL. */
export function listenToQueries(): void {
  const listening: Query = function (...args) {
    const [query] = args;
    const text = typeof query === "string" ? query : (query as { text?: string } | null)?.text;
    if (text === "commit" && !keeping) return Reflect.apply(original, this, ["rollback", ...args.slice(1)]);
    if (text?.startsWith("begin")) planner = readPlanner(text);
    const statement = toStatement(query);
    if (statement) heard?.push(statement);
    return Reflect.apply(original, this, args);
  };
  pg.Client.prototype.query = listening as unknown as typeof pg.Client.prototype.query;
}

function toStatement(query: unknown): Statement | null {
  if (typeof query !== "object" || query === null || !("text" in query)) return null;
  const { text, values } = query as { text: unknown; values?: unknown[] };
  if (typeof text !== "string" || !/^\s*(select|with|insert|update)\b/i.test(text)) return null;
  return { text, values: values ?? [], planner };
}

/** What a transaction begins with for the planner: all but the time limit, which explaining takes a part of. */
function readPlanner(begin: string): [string, string][] {
  return [...begin.matchAll(/set local (\w+) = ('?\w+'?)/g)]
    .map(([, name = "", value = ""]): [string, string] => [name, value])
    .filter(([name]) => name !== "statement_timeout");
}

/** Does the work and gives its result beside the statements it sent, in their order. */
export async function capture<R>(work: () => Promise<R>): Promise<{ result: R; statements: Statement[] }> {
  const statements: Statement[] = [];
  heard = statements;
  try {
    return { result: await work(), statements };
  } finally {
    heard = null;
  }
}

/** Does the work, and rolls back every transaction it wanted to commit. */
export async function withoutKeeping<R>(work: () => Promise<R>): Promise<R> {
  keeping = false;
  try {
    return await work();
  } finally {
    keeping = true;
  }
}
