import { setTimeout as pause } from "node:timers/promises";
import type pg from "pg";
import type { Prisma } from "@/generated/prisma/client";
import { isCut, isSilent, toDatabaseError } from "./errors";
import { type Purpose, timeLimits } from "./limits";
import { bindModels, type Connection, type Models } from "./models";
import { cut, getPool } from "./pool";
import { type PoolShare, takePoolShare } from "./pool-shares";
import { type Replica, readAside } from "./replica/replica";

export type { Models } from "./models";

/** Runs one statement on the connection of the surrounding transaction and gives its rows. */
export type RunQuery = <T>(sql: Prisma.Sql) => Promise<T[]>;

/** How far an attempt got before it failed. */
type Progress = { connected: boolean; committing: boolean };

/**
 * Transaction modes, as `begin` writes them. "aside" reads one snapshot that may be a moment old, but never lacks the
 * person's own changes. With a replica it may be read there (replica.ts). No decision may rest on it.
 */
const modes = {
  "read write": "read write",
  "read only": "read only",
  aside: "isolation level repeatable read, read only",
} as const;

export type Mode = keyof typeof modes;

/**
 * Runs `work` in one transaction with the time limit of its purpose, after waiting for a turn in the person's pool
 * share. Simple reads and writes go through Prisma's `models`; `run` is for what they cannot say.
 * In mode "aside" `work` may be run again on the primary, if the replica fails in the middle of it.
 * @param signal gives the work up at once, even during a statement: it rejects, and the connection is ended.
 * @throws DatabaseError, already mapped; what `work` throws of its own passes through. Both roll back. If the
 * connection is cut during the commit, nobody knows whether it was made: that error is `uncertain`.
 */
export async function inTransaction<R>(
  purpose: Purpose,
  work: (run: RunQuery, models: Models) => Promise<R>,
  mode: Mode = "read write",
  signal?: AbortSignal,
): Promise<R> {
  const progress = { connected: false, committing: false };
  let share: PoolShare | undefined;
  try {
    share = await takePoolShare(purpose, signal);
    const { alone } = share;
    const from = (replica: Replica | null) => attempt({ purpose, work, mode, alone, signal, replica }, progress);
    return await (mode === "aside" ? readAside(purpose, from, signal) : from(null));
  } catch (error) {
    throw toDatabaseError(error, progress.committing && mode === "read write");
  } finally {
    share?.release();
  }
}

/**
 * Settings for what is answered in milliseconds. Parallel workers and JIT are off: the planner would use them for a
 * stage that a page seldom needs, because it overestimates that stage's cost. Either costs more than most pages do.
 * `work_mem` lets a bitmap index scan remember single rows. In a server's usual 4 MB it remembers only blocks, and each
 * of their rows is checked again.
 */
const atOnce = "; set local max_parallel_workers_per_gather = 0; set local jit = off; set local work_mem = '16MB'";

const answeredAtOnce: readonly Purpose[] = ["interactive", "health", "sparkline"];

/** Setting for long work while others work: one processor only, because parallel workers would take them all. */
const oneProcess = "; set local max_parallel_workers_per_gather = 0";

type Attempt<R> = {
  purpose: Purpose;
  work: (run: RunQuery, models: Models) => Promise<R>;
  mode: Mode;
  alone: boolean;
  signal?: AbortSignal;
  /** Null for the primary. */
  replica: Replica | null;
  /** `work` only reads, and calls `run` once, before it waits for anything. Then its commit is sent right behind it. */
  single?: boolean;
};

/**
 * The connections send a statement without waiting for the answers before it (`pipeline` in pool.ts). So a read is sent
 * right behind its `begin`, and one statement needs one round trip. A write waits for its `begin`: without a
 * transaction it would have neither time limit nor rollback.
 */
async function attempt<R>(
  { purpose, work, mode, alone, signal, replica, single = false }: Attempt<R>,
  progress: Progress,
): Promise<R> {
  const limit = timeLimits[purpose];
  const settings = answeredAtOnce.includes(purpose) ? atOnce : alone ? "" : oneProcess;
  const beginning = `begin ${modes[mode]}; set local statement_timeout = ${limit}${settings}`;
  const client = await (replica ? replica.begin(beginning) : getPool().connect());
  progress.connected = true;
  let broken: Error | undefined;
  // Cutting the connection ends the running statement. The pool opens another.
  const leave = () => {
    broken = new Error("The work was given up.");
    cut(client);
  };
  // A cut connection fails its query and also emits an error event, which would end the process without a listener.
  const heard = (error: Error) => {
    broken = error;
  };
  client.on("error", heard);
  signal?.addEventListener("abort", leave);
  const connection: Connection = { client, queryTimeout: limit + 500, ended: false };
  const ask = (text: string, values?: unknown[]) =>
    client.query({ text, values, query_timeout: connection.queryTimeout } as pg.QueryConfig);
  const run: RunQuery = async (sql) => {
    if (connection.ended) throw new Error("A statement came after the end of its transaction.");
    return (await ask(sql.text, sql.values)).rows;
  };
  let committed: Promise<unknown> | undefined;
  try {
    signal?.throwIfAborted();
    const begun = replica ? Promise.resolve() : heedless(ask(beginning));
    if (mode === "read write") await begun;
    const working = work(run, bindModels(connection));
    if (single) committed = heedless(ask("commit"));
    const result = await working;
    await begun;
    connection.ended = true;
    progress.committing = true;
    await (committed ?? ask("commit"));
    return result;
  } catch (error) {
    connection.ended = true;
    // On a silent connection a rollback would wait just as long again. Cutting the connection rolls back as well. The
    // commit that was sent behind a failed statement is a rollback.
    if (isCut(error)) broken ??= error as Error;
    else broken ??= await failureOf(committed ?? ask("rollback"));
    throw error;
  } finally {
    signal?.removeEventListener("abort", leave);
    client.off("error", heard);
    // A connection that is cut or could not roll back is thrown away, not given to the next caller.
    client.release(broken);
  }
}

/** The same promise, whose failure may stay unheard. */
function heedless<T>(promise: Promise<T>): Promise<T> {
  promise.catch(() => undefined);
  return promise;
}

async function failureOf(promise: Promise<unknown>): Promise<Error | undefined> {
  return promise.then(
    () => undefined,
    (error: Error) => error,
  );
}

/**
 * The rows of one reading statement, with the time limit of its purpose. Columns are named in the SQL as `T` names
 * them; timestamps arrive as Date, bigint and numeric as text. If the connection is cut, as when the server restarts,
 * the read is retried on another.
 * @throws DatabaseError
 */
export function queryRows<T>(
  sql: Prisma.Sql,
  purpose: Purpose = "interactive",
  mode: "read only" | "aside" = "read only",
): Promise<T[]> {
  return read({ work: (run) => run<T>(sql), purpose, mode, single: true });
}

/**
 * What Prisma's models answer to one question, with the time limit of its purpose. Retried like `queryRows`.
 * @throws DatabaseError
 */
export function readModels<R>(ask: (models: Models) => Promise<R>, purpose: Purpose = "interactive"): Promise<R> {
  return read({ work: (_run, models) => ask(models), purpose, mode: "read only" });
}

type Reading<R> = Pick<Attempt<R>, "purpose" | "work" | "single"> & { mode: "read only" | "aside" };

async function read<R>(reading: Reading<R>): Promise<R> {
  const { purpose, mode } = reading;
  const { release, alone } = await takePoolShare(purpose).catch((error: unknown) => {
    throw toDatabaseError(error);
  });
  const once = (replica: Replica | null, progress: Progress) => attempt({ ...reading, alone, replica }, progress);
  const from = (replica: Replica | null) =>
    replica ? once(replica, noProgress()) : untilAnswered((progress) => once(null, progress));
  try {
    return await (mode === "aside" ? readAside(purpose, from) : from(null));
  } catch (error) {
    throw toDatabaseError(error);
  } finally {
    release();
  }
}

const noProgress = (): Progress => ({ connected: false, committing: false });

/** Retries a read whose connection was cut during it. */
async function untilAnswered<R>(work: (progress: Progress) => Promise<R>): Promise<R> {
  for (let left = triesAgain; ; left--) {
    const progress = noProgress();
    try {
      return await work(progress);
    } catch (error) {
      // No retry if there was no connection, or no answer in time: it would only double the wait.
      if (left === 0 || !progress.connected || !isCut(error) || isSilent(error)) throw error;
      await pause(untilHeard);
    }
  }
}

/** Retries of a read. More than one, because the pool's idle connections may have been cut as well. */
const triesAgain = 2;

/** Milliseconds in which the pool notices that its other connections were cut, too. */
const untilHeard = 50;
