import pg from "pg";
import { getLog } from "@/lib/runtime/log";
import { getMeasures } from "@/lib/runtime/measures";
import { getScreen } from "@/lib/runtime/screen";
import { countStatement } from "@/lib/runtime/statement-times";

/** Milliseconds above which a statement is told of in the log. */
export const slowAbove = 1_000;

/** The database's code for a statement that it ended, because of its time limit or because somebody asked. */
const endedByServer = "57014";

/**
 * Times what goes over connections of the pool, for whichever screen it is done. Everything passes here: `query.ts` and Prisma share
 * the pool, and both call a connection's `query`.
 */
export function timeStatements(client: pg.ClientBase): void {
  // Looked up at each call: tests and the bench listen to statements there.
  const query = (...args: unknown[]): unknown => Reflect.apply(pg.Client.prototype.query, client, args);
  client.query = ((...args: unknown[]) => {
    const done = begin(textOf(args[0]));
    const callBack = args.at(-1);
    if (typeof callBack === "function") {
      args[args.length - 1] = (error: unknown, result: unknown) => {
        done(error, result);
        callBack(error, result);
      };
      return query(...args);
    }
    const answer = query(...args);
    // A stream is neither: it is read at the pace of its reader, whose time is not the database's.
    if (answer instanceof Promise) {
      answer.then(
        (result) => done(null, result),
        (error: unknown) => done(error, null),
      );
    }
    return answer;
  }) as typeof client.query;
}

/** A statement comes as a text or with one. */
function textOf(statement: unknown): string {
  if (typeof statement === "string") return statement;
  const { text } = (statement ?? {}) as { text?: unknown };
  return typeof text === "string" ? text : "";
}

function begin(text: string): (error: unknown, result: unknown) => void {
  const started = performance.now();
  // Read now: an answer may come in the context of another request.
  const { screen = "other", request = null } = getScreen() ?? {};
  return (error, result) => {
    const taken = performance.now() - started;
    const { databaseSeconds, statements, slowStatements } = getMeasures();
    databaseSeconds.inc({ screen }, taken / 1_000);
    statements.inc({ screen });
    countStatement(screen, text, taken, countRows(result));
    const { code } = (error ?? {}) as { code?: unknown };
    if (taken <= slowAbove && code !== endedByServer) return;
    slowStatements.inc({ screen });
    // Neither the statement nor what it was given: both may hold what visitors wrote.
    const event = code === endedByServer ? "statement_ended" : "statement_slow";
    const failed = error ? { failed: typeof code === "string" ? code : true } : {};
    getLog().warn({ event, screen, request, ms: Math.round(taken), rows: countRows(result), ...failed });
  };
}

/** Rows read or changed; of several statements in one text, those of all. */
function countRows(result: unknown): number {
  const results = Array.isArray(result) ? result : [result];
  return results.reduce((sum: number, each) => sum + ((each as pg.QueryResult | null)?.rowCount ?? 0), 0);
}

/** Measures how long callers wait for a connection, who gets none, and how many there are. */
export function measurePool(pool: pg.Pool): void {
  // The pool's types name two ways to call this; its own `query` calls it with a function.
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
