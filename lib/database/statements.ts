import pg from "pg";
import { getLog } from "@/lib/runtime/log";
import { getMeasures } from "@/lib/runtime/measures";
import { getScreen } from "@/lib/runtime/screen";
import { countStatement } from "@/lib/runtime/statement-times";

/** Statements that take longer than this many milliseconds are logged. */
export const slowAbove = 1_000;

/** SQLSTATE of a statement that the database ended, because of its time limit or because somebody cancelled it. */
const endedByServer = "57014";

/**
 * Times every statement on a connection of the pool, and counts it for its screen. None is missed: `query.ts` and
 * Prisma share the pool, and both call a connection's `query`.
 */
export function timeStatements(client: pg.ClientBase): void {
  // Looked up at each call, because tests and the bench replace it to listen to statements.
  const query = (...args: unknown[]): unknown => Reflect.apply(pg.Client.prototype.query, client, args);
  // When the last answer came. A connection answers in order, so the statements sent behind it began only then.
  let free = 0;
  client.query = ((...args: unknown[]) => {
    const note = begin(textOf(args[0]));
    const done = (error: unknown, result: unknown) => {
      note(error, result, free);
      free = performance.now();
    };
    const callBack = args.at(-1);
    if (typeof callBack === "function") {
      args[args.length - 1] = (error: unknown, result: unknown) => {
        done(error, result);
        callBack(error, result);
      };
      return query(...args);
    }
    const answer = query(...args);
    // A stream is neither and is not timed, because its reader sets its pace, not the database.
    if (answer instanceof Promise) {
      answer.then(
        (result) => done(null, result),
        (error: unknown) => done(error, null),
      );
    }
    return answer;
  }) as typeof client.query;
}

/** A statement is a text, or an object with one. */
function textOf(statement: unknown): string {
  if (typeof statement === "string") return statement;
  const { text } = (statement ?? {}) as { text?: unknown };
  return typeof text === "string" ? text : "";
}

function begin(text: string): (error: unknown, result: unknown, free: number) => void {
  const sent = performance.now();
  // Read now, because the answer may come in the context of another request.
  const { screen = "other", request = null } = getScreen() ?? {};
  return (error, result, free) => {
    const taken = performance.now() - Math.max(sent, free);
    const { databaseSeconds, statements, slowStatements } = getMeasures();
    databaseSeconds.inc({ screen }, taken / 1_000);
    statements.inc({ screen });
    countStatement(screen, text, taken, countRows(result));
    const { code } = (error ?? {}) as { code?: unknown };
    if (taken <= slowAbove && code !== endedByServer) return;
    slowStatements.inc({ screen });
    // Neither the statement nor its values are logged, because both may hold what visitors wrote.
    const event = code === endedByServer ? "statement_ended" : "statement_slow";
    const failed = error ? { failed: typeof code === "string" ? code : true } : {};
    getLog().warn({ event, screen, request, ms: Math.round(taken), rows: countRows(result), ...failed });
  };
}

/** Rows read or changed, summed over all statements of one text. */
function countRows(result: unknown): number {
  const results = Array.isArray(result) ? result : [result];
  return results.reduce((sum: number, each) => sum + ((each as pg.QueryResult | null)?.rowCount ?? 0), 0);
}

/** Measures how long callers wait for a connection, and counts those that get none. */
export function measurePool(pool: pg.Pool): void {
  // The pool's types allow two ways to call this. Its own `query` passes a function.
  type Connect = (done?: (error: unknown, ...rest: unknown[]) => void) => Promise<unknown> | undefined;
  const connect = pool.connect.bind(pool) as unknown as Connect;
  const waited = (error: unknown, started: number) => {
    const { poolWait, rejections } = getMeasures();
    poolWait.observe({ for: "connection" }, (performance.now() - started) / 1_000);
    if (/timeout exceeded/.test(String((error as Error | null)?.message))) rejections.inc({ reason: "pool" });
  };
  const measured: Connect = (done) => {
    const started = performance.now();
    if (done) {
      return connect((error, ...rest) => {
        waited(error, started);
        done(error, ...rest);
      });
    }
    const connecting = connect();
    connecting?.then(
      () => waited(null, started),
      (error: unknown) => waited(error, started),
    );
    return connecting;
  };
  pool.connect = measured as unknown as typeof pool.connect;
}
