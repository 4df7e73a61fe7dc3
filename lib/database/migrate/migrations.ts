import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import pg from "pg";
import { deskTables, grantToApplication } from "../grants";
import { isLeaving } from "../leave/found";
import type { ConnectionSettings } from "../settings";
import { type Adoption, inspectForAdoption, listForeignTables } from "./adoption";
import { type MigrationFigure, readMigrationFigures } from "./migration-figures";
import { type Migration, MigrationError, readMigrations } from "./migration-files";
import { onDirectConnection, withMigrationLock } from "./migration-session";
import { lineAt, type SqlStatement } from "./sql-statements";

/** What a run would do. */
export type MigrationPlan = {
  database: string;
  owner: string;
  /** The role that the application signs in as; the owner where only one role is configured. */
  application: string;
  pending: Migration[];
  /** What was measured of them at a million rows, by name; without those that nobody has measured. */
  figures: Map<string, MigrationFigure>;
  /** Applied here but unknown to this copy, so a newer version has migrated this database. */
  unknown: string[];
  /** Not null when the database holds tables but no migration has been applied. */
  adoption: Adoption | null;
};

export type MigrationOptions = {
  /** The owner, on a direct connection; migrations are applied as this role. */
  owner: ConnectionSettings;
  /** The application, whose role is granted what it needs. */
  application: ConnectionSettings;
  folder?: string;
  /** Asked once when the database holds tables and nothing of ours. Where it is absent, the answer is no. */
  adopt?: (plan: MigrationPlan) => boolean | Promise<boolean>;
  /** Called for each step, with one line. */
  report?: (line: string) => void;
  /** Milliseconds to wait for another runner that shows no progress. */
  patience?: number;
};

/**
 * Milliseconds that a migration waits for a lock on a table. Statements of the website may queue behind it for as long.
 */
const lockTimeout = 1_000;
/** The migration that makes the website's tables where they are missing. */
const websiteTables = "0010_website_tables.sql";
/** Tries for such a lock, each after a longer pause: about five minutes in all. */
const lockTries = 60;

/**
 * What a run would do; changes nothing.
 * @throws MigrationError when the database cannot be migrated at all, or an applied file has been edited.
 */
export function planMigrations(options: MigrationOptions): Promise<MigrationPlan> {
  return onDirectConnection(options.owner, (client) => makePlan(client, options));
}

/**
 * Applies every pending file of sql/ and grants the application's role its rights. Any number of servers may call this
 * at once: one does the work, the others wait for it.
 * @returns the names of the files that this call applied.
 * @throws MigrationError; a file that failed leaves nothing behind, the files before it stay applied.
 */
export function migrate(options: MigrationOptions): Promise<string[]> {
  const { report = () => {}, patience } = options;
  return onDirectConnection(options.owner, (client) =>
    withMigrationLock(
      client,
      async () => {
        const plan = await makePlan(client, options);
        if (plan.unknown.length) report(`Applied by a newer version of Contact Desk: ${plan.unknown.join(", ")}.`);
        if (plan.adoption) await requireConsent(plan, options);
        const applied: string[] = [];
        for (const migration of plan.pending) {
          if (!(await isPossible(client, migration))) {
            report(
              `${migration.name} waits for ${migration.operatorClass}, which this database lacks. ${migration.title}`,
            );
            continue;
          }
          await apply(client, migration, report);
          report(`${migration.name} applied`);
          applied.push(migration.name);
        }
        await grant(client, plan, report);
        return applied;
      },
      { patience, report },
    ),
  );
}

async function makePlan(client: pg.Client, options: MigrationOptions): Promise<MigrationPlan> {
  const folder = options.folder ?? join(process.cwd(), "sql");
  const migrations = readMigrations(folder);
  if (await isLeaving(client)) {
    throw new MigrationError(
      "Contact Desk is being taken out of this database. Finish that first: npm run uninstall-from-website -- --yes.",
    );
  }
  const applied = await listApplied(client);
  const edited = migrations.find(({ name, sha256 }) => (applied.get(name) ?? sha256) !== sha256);
  if (edited) {
    throw new MigrationError(
      `${edited.name} has been edited since it was applied. Restore it, and put the change into a new file.`,
    );
  }
  const names = new Set(migrations.map(({ name }) => name));
  const { rows } = await client.query<{ database: string; owner: string }>(
    "select current_database() as database, current_user as owner",
  );
  return {
    database: rows[0]?.database ?? "",
    owner: rows[0]?.owner ?? "",
    application: new pg.Client(options.application).user ?? "",
    pending: migrations.filter(({ name }) => !applied.has(name)),
    figures: readMigrationFigures(folder, migrations),
    unknown: [...applied.keys()].filter((name) => !names.has(name)),
    adoption: applied.size ? null : await findAdoption(client, migrations),
  };
}

async function listApplied(client: pg.Client): Promise<Map<string, string>> {
  const { rows } = await client.query("select to_regclass('public.schema_migration') is not null as present");
  if (!rows[0]?.present) return new Map();
  const applied = await client.query<{ name: string; sha256: string }>("select name, sha256 from schema_migration");
  return new Map(applied.rows.map(({ name, sha256 }) => [name, sha256]));
}

async function findAdoption(client: pg.Client, migrations: Migration[]): Promise<Adoption | null> {
  const tables = await listForeignTables(client);
  const website = migrations.find(({ name }) => name === websiteTables) ?? migrations[0];
  if (!tables.length || !website) return null;
  return { tables, problems: await inspectForAdoption(client, website, deskTables) };
}

async function requireConsent(plan: MigrationPlan, { adopt }: MigrationOptions): Promise<void> {
  if (plan.adoption?.problems.length) {
    throw new MigrationError(`This database cannot be adopted as it is. ${plan.adoption.problems.join(" ")}`);
  }
  if (!(await adopt?.(plan))) {
    throw new MigrationError(
      "This database holds tables that Contact Desk did not make. See what would be added with npm run db:migrate -- --plan, then adopt it with ADOPT=yes.",
    );
  }
}

async function grant(client: pg.Client, plan: MigrationPlan, report: (line: string) => void): Promise<void> {
  if (plan.application !== plan.owner) {
    for (const warning of await grantToApplication(client, plan.application)) report(warning);
  } else if (plan.pending.length) {
    report(
      `The application and the migrations use one role, ${plan.owner}: contact_history is kept append-only by its trigger alone. Set DATABASE_DIRECT_URL to the owner and DATABASE_URL to a role of the application's own.`,
    );
  }
}

/** Whether the operator class that a file needs is there. If not, the next run checks again. */
async function isPossible(client: pg.Client, { operatorClass }: Migration): Promise<boolean> {
  if (operatorClass === null) return true;
  const { rows } = await client.query(
    "select from pg_opclass where opcname = $1 and pg_opclass_is_visible(oid) limit 1",
    [operatorClass],
  );
  return rows.length > 0;
}

async function apply(client: pg.Client, migration: Migration, report: (line: string) => void): Promise<void> {
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
    if (statement) await execute(client, statement);
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
