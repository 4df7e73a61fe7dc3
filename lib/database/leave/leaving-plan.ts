import { join } from "node:path";
import pg from "pg";
import { countApart } from "../events/rejoin";
import { deskTables } from "../grants";
import { MigrationError, readMigrations } from "../migrate/migration-files";
import type { MigrationOptions } from "../migrate/migrations";
import { listDependents, listExtensionUsers } from "./dependents";
import { readFound } from "./found";
import { listMadeObjects, type MadeObjects, websiteFunctions, websiteTables } from "./made-objects";
import { listMissingParts } from "./missing-parts";
import { keepPresent } from "./present-objects";
import { listRights, type Right } from "./rights";

/** What of ours is in the website's database, and what happens to it. */
export type LeavingPlan = {
  database: string;
  owner: string;
  application: string;
  /** Whether we made the website's tables or adopted them. "unknown" where it was adopted before that was recorded. */
  origin: "made" | "adopted" | "unknown";
  /** Whether an earlier run was interrupted. */
  begun: boolean;
  /** Open connections of the application's role: a desk that is still running. */
  sessions: number;
  /** Our tables, with their rows. */
  tables: { name: string; rows: number }[];
  /** What is lost on contacts with our columns. */
  decided: { assigned: number; snoozed: number; withReason: number; duplicates: number };
  goes: MadeObjects;
  /** The website's functions whose old definitions are put back. `dropped` are those that were not there before. */
  restored: { name: string; definition: string }[];
  dropped: string[];
  rights: Right[];
  /** Rights on single columns that must be granted again, because revoking them on the table takes these too. */
  rightsKept: Right[];
  /** What stays although it is ours, one sentence each, with the reason. */
  stays: string[];
  /** Objects of others that would go with ours, as the server describes them. */
  alsoGoes: string[];
  /** Why it cannot be done as it is, one sentence each. */
  problems: string[];
};

/**
 * Lists what of ours is in the database; changes nothing.
 * @throws MigrationError if Contact Desk is not in it, or only another version of it.
 */
export async function planLeaving(client: pg.Client, options: MigrationOptions): Promise<LeavingPlan> {
  const folder = options.folder ?? join(process.cwd(), "sql");
  const found = await readFound(client);
  const begun = found.some(({ kind }) => kind === "leaving");
  if (!begun) await requireThisVersion(client, folder);
  const origin = (found.find(({ kind }) => kind === "database")?.name ?? "unknown") as LeavingPlan["origin"];
  const was = (kind: string, name: string) => found.some((each) => each.kind === kind && each.name === name);
  const made = listMadeObjects(folder);
  const missing = await listMissingParts(client, found);
  // The updated_at triggers stay unless the database was adopted, because the website relies on them there.
  const kept = (name: string) => origin !== "adopted" && name.endsWith("_updated_at");
  const goes = await keepPresent(client, {
    ...made,
    columns: [...made.columns, ...missing.columns],
    indexes: made.indexes.filter((name) => !was("index", name)),
    triggers: made.triggers.filter(({ table, name }) => !was("trigger", `${table}.${name}`) && !kept(name)),
    extensions: origin === "unknown" ? [] : made.extensions.filter((name) => !was("extension", name)),
  });
  const users = await listExtensionUsers(client, goes);
  const { rows } = await client.query<{ database: string; owner: string }>(
    "select current_database() as database, current_user as owner",
  );
  const database = rows[0]?.database ?? "";
  const owner = rows[0]?.owner ?? "";
  const application = new pg.Client(options.application).user ?? "";
  const roles = found.filter(({ kind }) => kind === "application").map(({ name }) => name);
  if (!roles.includes(application)) roles.push(application);
  const tables = [...(await listTables(client)), ...missing.tables];
  const dependents = await listDependents(client, goes, tables);
  const rights = origin === "unknown" ? { rights: [], rightsKept: [] } : await listRights(client, roles, found, goes);
  return {
    database,
    owner,
    application,
    origin,
    begun,
    sessions: application === owner ? 0 : await countSessions(client, application),
    tables: await countRows(client, tables),
    decided: await countDecided(client, goes),
    goes: { ...goes, extensions: goes.extensions.filter((name) => !users.has(name)) },
    restored: found.filter(({ kind }) => kind === "function"),
    dropped: origin === "adopted" ? await listNewFunctions(client, was, missing.used) : [],
    ...rights,
    stays: [
      ...missing.used.map((name) => `${name}, which adoption added: it holds something now, so somebody uses it.`),
      ...describeStays(origin, application, owner, users),
      ...(await describeRejoining(client)),
    ],
    alsoGoes: dependents.filter(({ blocks }) => !blocks).map(({ what }) => what),
    problems: [
      ...dependents
        .filter(({ blocks }) => blocks)
        .map(({ what, on }) => `${what} uses ${on}, which is Contact Desk's. Drop or change it first.`),
      ...(await findPartitioned(client)),
    ],
  };
}

async function requireThisVersion(client: pg.Client, folder: string): Promise<void> {
  const { rows } = await client.query("select to_regclass('public.schema_migration') is not null as present");
  if (!rows[0]?.present) throw new MigrationError("Contact Desk is not in this database: there is nothing to do.");
  const applied = await client.query<{ name: string }>("select name from schema_migration");
  const known = readMigrations(folder);
  const unknown = applied.rows.filter(({ name }) => !known.some((migration) => migration.name === name));
  if (unknown.length) {
    throw new MigrationError(
      `A newer version of Contact Desk has been at work here (${unknown.map(({ name }) => name).join(", ")}). Take it out with that version.`,
    );
  }
  const missing = known.find(
    ({ name, operatorClass }) => operatorClass === null && !applied.rows.some((each) => each.name === name),
  );
  if (missing) {
    throw new MigrationError(
      `This database lacks ${missing.name}. Update it first with npm run db:migrate, so that its contents are known.`,
    );
  }
}

async function listTables(client: pg.Client): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    `select relname as name from pg_class
     where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and relname = any ($1)
       or oid in (select inhrelid from pg_inherits where inhparent = to_regclass('public.detached_history'))
     order by 1`,
    [[...deskTables, "schema_migration"]],
  );
  return rows.map(({ name }) => name);
}

async function countRows(client: pg.Client, tables: string[]): Promise<LeavingPlan["tables"]> {
  const counted: LeavingPlan["tables"] = [];
  for (const name of tables) {
    // Detached months are entries of their own.
    const only = name === "detached_history" ? "only " : "";
    const { rows } = await client.query(`select count(*)::float8 as rows from ${only}${client.escapeIdentifier(name)}`);
    counted.push({ name, rows: rows[0].rows });
  }
  return counted;
}

async function countDecided(client: pg.Client, { columns }: MadeObjects): Promise<LeavingPlan["decided"]> {
  const count = (name: string, as: string) =>
    columns.some((column) => column.name === name) ? `count(${name})::float8 as "${as}"` : `0 as "${as}"`;
  const { rows } = await client.query<LeavingPlan["decided"]>(
    `select ${count("assignee_id", "assigned")}, ${count("snoozed_until", "snoozed")},
       ${count("spam_reason", "withReason")}, ${count("duplicate_of", "duplicates")}
     from contact_submissions`,
  );
  return rows[0] ?? { assigned: 0, snoozed: 0, withReason: 0, duplicates: 0 };
}

async function countSessions(client: pg.Client, application: string): Promise<number> {
  const { rows } = await client.query<{ sessions: number }>(
    `select count(*)::int as sessions from pg_stat_activity
     where datname = current_database() and usename = $1 and pid <> pg_backend_pid()`,
    [application],
  );
  return rows[0]?.sessions ?? 0;
}

/** The website's functions that were not there when the database was adopted, without the counter of a used table. */
async function listNewFunctions(
  client: pg.Client,
  was: (kind: string, name: string) => boolean,
  used: string[],
): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    "select name from unnest($1::text[]) name where to_regprocedure('public.' || name) is not null",
    [websiteFunctions],
  );
  return rows
    .map(({ name }) => name)
    .filter(
      (name) => !was("function", name) && !(name === "increment_visitor_count()" && used.includes("website_visitors")),
    );
}

/** Reports website tables that have been partitioned, because dropping our objects cannot undo that. */
async function findPartitioned(client: pg.Client): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    `select relname as name from pg_class
     where relnamespace = 'public'::regnamespace and relname = any ($1) and relkind = 'p'`,
    // Not analytics_events, which becomes one table again first.
    [websiteTables.filter((name) => name !== "analytics_events")],
  );
  return rows.map(({ name }) => `${name} is partitioned. Make it an ordinary table first.`);
}

async function describeRejoining(client: pg.Client): Promise<string[]> {
  const rows = await countApart(client);
  return rows > 0
    ? [
        `analytics_events, which is in months now, becomes one table again first: ${rows.toLocaleString("en")} rows are moved.`,
      ]
    : [];
}

function describeStays(
  origin: LeavingPlan["origin"],
  application: string,
  owner: string,
  users: Map<string, string>,
): string[] {
  const stays = [...users].map(([extension, what]) => `The extension ${extension}, because ${what} uses it.`);
  if (origin === "made") {
    stays.push(
      "The website's tables, functions and updated_at triggers, which Contact Desk made: the website works on them.",
    );
  }
  if (origin === "unknown") {
    stays.push(
      "The bodies of increment_visitor_count() and update_updated_at_column(): this database was adopted by a version that did not keep the old ones. They need nothing of Contact Desk. To have the old ones, run their definitions from your own sources.",
      "The extension pg_trgm, and the updated_at triggers: it is not known whether they were there before.",
    );
    if (application !== owner) {
      stays.push(`The rights of ${application} on the website's tables, because it is not known which it had before.`);
    }
  }
  if (application !== owner) {
    stays.push(`The role ${application} itself, and its password. Drop it where nothing else uses it.`);
  }
  return stays;
}
