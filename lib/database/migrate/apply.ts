import { setTimeout as pause } from "node:timers/promises";
import type pg from "pg";
import { boundIndex } from "./bounded-index";
import { type Migration, MigrationError } from "./migration-files";
import { lineAt, type SqlStatement } from "./sql-statements";

/**
 * Milliseconds that a migration waits for a lock on a table. Statements of the website may queue behind it for as long.
 */
const lockTimeout = 1_000;
/** Tries for such a lock, each after a longer pause: about five minutes in all. */
const lockTries = 60;

/**
 * Applies one file and records it. If other sessions hold a lock on its table, it is retried.
 * @throws MigrationError; nothing of the file was applied then
 */
export async function applyMigration(
  client: pg.Client,
  migration: Migration,
  report: (line: string) => void,
): Promise<void> {
  for (let tries = 1; ; tries++) {
    try {
      return migration.transactional
        ? await applyInTransaction(client, migration)
        : await applyAlone(client, migration);
    } catch (error) {
      const code = error instanceof StatementError ? (error.cause as { code?: string }).code : undefined;
      // 55P03: lock timeout. 40P01: deadlock. Nothing was changed, so it can be retried.
      const contended = code === "55P03" || code === "40P01";
      if (!contended || tries === lockTries) throw describeFailure(migration, error);
      if (tries % 10 === 1) report(`${migration.name} waits for a lock that other sessions hold`);
      await pause(Math.min(tries * 200, 5_000));
    }
  }
}

async function applyInTransaction(client: pg.Client, migration: Migration): Promise<void> {
  await client.query("begin");
  try {
    await client.query(`set local lock_timeout = ${lockTimeout}`);
    await client.query(createLedger);
    for (const statement of migration.statements) await execute(client, statement);
    await recordApplied(client, migration);
    await client.query("commit");
  } catch (error) {
    // If the connection itself is gone, the server has already rolled back.
    await client.query("rollback").catch(() => undefined);
    throw error;
  }
}

/** Applies a concurrent index build. It locks nobody out, so it may wait for locks as long as it takes. */
async function applyAlone(client: pg.Client, migration: Migration): Promise<void> {
  const [statement] = migration.statements;
  const build = /^create (?:unique )?index concurrently (?:if not exists )?(\w+)\s+on (\w+)/i;
  const [, index, table] = build.exec(statement?.text ?? "") ?? [];
  await client.query(createLedger);
  if (index && table) {
    // The server finishes a build whose runner was killed, but the ledger then lacks it.
    if (await isBuilt(client, index, table)) return await recordApplied(client, migration);
    await dropInvalid(client, index);
  }
  try {
    if (statement) await execute(client, { ...statement, text: await boundIndex(client, statement.text) });
  } catch (error) {
    // A failed build leaves an index that every write maintains and no query uses.
    if (index) await dropInvalid(client, index).catch(() => undefined);
    throw error;
  }
  await recordApplied(client, migration);
}

const createLedger = `
  create table if not exists schema_migration (
    name text primary key, sha256 text not null, applied_at timestamptz not null default now())`;

async function recordApplied(client: pg.Client, { name, sha256 }: Migration): Promise<void> {
  await client.query("insert into schema_migration (name, sha256) values ($1, $2)", [name, sha256]);
}

/** Whether this table has a valid index of this name. If another table has it, the build fails with a clear error. */
async function isBuilt(client: pg.Client, index: string, table: string): Promise<boolean> {
  const { rows } = await client.query(
    `select from pg_index
     where indexrelid = to_regclass('public.' || quote_ident($1)) and indrelid = to_regclass('public.' || quote_ident($2))
       and indisvalid`,
    [index, table],
  );
  return rows.length > 0;
}

async function dropInvalid(client: pg.Client, index: string): Promise<void> {
  const { rows } = await client.query(
    "select from pg_index where indexrelid = to_regclass('public.' || quote_ident($1)) and not indisvalid",
    [index],
  );
  if (rows.length) await client.query(`drop index concurrently if exists ${client.escapeIdentifier(index)}`);
}

class StatementError extends Error {
  constructor(
    readonly statement: SqlStatement,
    cause: unknown,
  ) {
    super("statement failed", { cause });
  }
}

async function execute(client: pg.Client, statement: SqlStatement): Promise<void> {
  try {
    await client.query(statement.text);
  } catch (cause) {
    throw new StatementError(statement, cause);
  }
}

function describeFailure({ name }: Migration, error: unknown): MigrationError {
  if (!(error instanceof StatementError)) {
    return new MigrationError(`${name}: ${(error as Error).message}. Nothing of this file was applied.`, {
      cause: error,
    });
  }
  const cause = error.cause as Error & { code?: string; hint?: string };
  const advice =
    cause.code === "55P03"
      ? "Other sessions keep a lock on its table; run this again once they have ended"
      : cause.hint;
  const hint = advice ? ` (${advice})` : "";
  return new MigrationError(
    `${name}, line ${failingLine(error)}: ${cause.message}${hint}. Nothing of this file was applied.`,
    { cause },
  );
}

/** The failing line. The server counts characters from the statement's start, or lines within a `do` block's body. */
function failingLine({ statement, cause }: StatementError): number {
  const { position, where } = cause as { position?: string; where?: string };
  if (position) {
    const before = [...statement.text].slice(0, Number(position) - 1).join("");
    return statement.line + lineAt(before, before.length) - 1;
  }
  const inside = /inline_code_block line (\d+)/.exec(where ?? "")?.[1];
  if (!inside) return statement.line;
  return statement.line + lineAt(statement.text, statement.text.indexOf("$")) - 1 + Number(inside) - 1;
}
