import { setTimeout as pause } from "node:timers/promises";
import type pg from "pg";
import { MigrationError } from "./migrate/migration-files";

/**
 * Milliseconds that one of our statements waits for a lock on a table. Statements of the website may queue behind it
 * for as long.
 */
const lockTimeout = 300;
/** Tries for such a lock, each after a longer pause: about five minutes in all. */
const lockTries = 60;

/**
 * One thing to do, in a transaction of its own. With `alone` there is no transaction, as `drop index concurrently`
 * needs.
 */
export type Step = { title: string; statements: string[]; alone?: boolean };

/**
 * Runs a step and gives the rows of its last statement; none with `alone`. Retries if it could not get a lock.
 * @throws MigrationError; what was done before the step stays done
 */
export async function takeStep(
  client: pg.Client,
  step: Step,
  report: (line: string) => void,
): Promise<pg.QueryResultRow[]> {
  for (let tries = 1; ; tries++) {
    try {
      return await attemptStep(client, step);
    } catch (error) {
      if (!isContended(error as { code?: string; message: string })) {
        throw new MigrationError(
          `It failed before "${step.title}": ${(error as Error).message}. What was done before stays done; run this again when that is mended.`,
          { cause: error },
        );
      }
      if (tries === lockTries) {
        throw new MigrationError(
          `It stopped before "${step.title}": other sessions keep a lock on that table. What was done before stays done; run this again once they have ended.`,
          { cause: error },
        );
      }
      if (tries % 10 === 1) report(`Waiting for a lock that other sessions hold, before: ${step.title}`);
      await pause(Math.min(tries * 200, 5_000));
    }
  }
}

async function attemptStep(client: pg.Client, { statements, alone }: Step): Promise<pg.QueryResultRow[]> {
  let rows: pg.QueryResultRow[] = [];
  if (alone) {
    for (const statement of statements) await client.query(statement);
    return rows;
  }
  await client.query("begin");
  try {
    await client.query(`set local lock_timeout = ${lockTimeout}`);
    for (const statement of statements) rows = (await client.query(statement)).rows;
    await client.query("commit");
    return rows;
  } catch (error) {
    // If the connection itself is gone, the server has already rolled back.
    await client.query("rollback").catch(() => undefined);
    throw error;
  }
}

/** 55P03: lock timeout. 40P01: deadlock. XX000: another session wrote the same catalogue row. */
function isContended({ code, message }: { code?: string; message: string }): boolean {
  return code === "55P03" || code === "40P01" || (code === "XX000" && message.includes("concurrently updated"));
}
