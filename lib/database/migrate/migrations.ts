import { join } from "node:path";
import pg from "pg";
import { deskTables, grantToApplication } from "../grants";
import { isLeaving } from "../leave/found";
import type { ConnectionSettings } from "../settings";
import { type Adoption, inspectForAdoption, listForeignTables } from "./adoption";
import { applyMigration } from "./apply";
import { type MigrationFigure, readMigrationFigures } from "./migration-figures";
import { type Migration, MigrationError, readMigrations } from "./migration-files";
import { onDirectConnection, withMigrationLock } from "./migration-session";

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

/** The migration that makes the website's tables where they are missing. */
const websiteTables = "0010_website_tables.sql";

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
          await applyMigration(client, migration, report);
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
  return { tables, ...(await inspectForAdoption(client, website, migrations, deskTables)) };
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
