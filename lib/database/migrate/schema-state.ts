import type pg from "pg";
import { ofProcess } from "@/lib/runtime/of-process";
import { migrationLock } from "./migration-lock";
import type { ExpectedMigrations } from "./previous-version";

/**
 * How the database's schema stands to this code. "unknown": not looked at yet. "behind": it is older than that of the version before
 * this one. "migrating": so it is, and a migration is under way. "earlier": it is that of the version before, or between the two;
 * the desk serves what it can. A schema newer than the code is "current": migrations only add, so that the version before them
 * goes on working.
 */
export type SchemaState = "unknown" | "current" | "earlier" | "behind" | "migrating";

type Schema = {
  expected: ExpectedMigrations;
  state: SchemaState;
  /** Of the awaited migrations, those that cannot be relied on yet. */
  missing: Set<string>;
  waiting: { isOver: () => boolean; go: () => void }[];
};

/** `schema` is null where nobody has said what is required. */
const kept = () => ofProcess("schema", () => ({ schema: null as Schema | null }));

/**
 * Says which migrations this code rests on; from here on nothing is served until the database has those that are needed. Called
 * once, by the server. Where nobody calls it, in tests of a part and in builds, the schema counts as current.
 */
export function requireSchema(expected: ExpectedMigrations): void {
  kept().schema = { expected, state: "unknown", missing: new Set(expected.awaited), waiting: [] };
}

/** The migrations this code rests on; none where nobody has said. */
export function listRequiredMigrations(): string[] {
  const { needed, awaited } = kept().schema?.expected ?? { needed: [], awaited: [] };
  return [...needed, ...awaited].sort();
}

/** The state when it was last looked at. */
export function getSchemaState(): SchemaState {
  return kept().schema?.state ?? "current";
}

/** Whether the database has what the desk cannot do without. */
export function servesSchema(): boolean {
  const state = getSchemaState();
  return state === "current" || state === "earlier";
}

/** Whether the database has this migration, and the desk its rights on it. True for all that the version before had. */
export function hasMigration(name: string): boolean {
  return !kept().schema?.missing.has(name);
}

/** Resolves when the desk first serves; with a migration, when the database has that too. Work in the background waits for this. */
export function untilServed(migration?: string): Promise<void> {
  const { schema } = kept();
  const isOver = () => servesSchema() && (migration === undefined || hasMigration(migration));
  if (!schema || isOver()) return Promise.resolve();
  return new Promise((go) => schema.waiting.push({ isOver, go }));
}

/**
 * Looks at the database's ledger and remembers the state.
 * @throws what the driver throws when the database does not answer; the state stays as it was
 */
export async function readSchemaState(client: pg.Client): Promise<SchemaState> {
  const { schema } = kept();
  if (!schema) {
    await client.query("select 1");
    return "current";
  }
  const { needed, awaited } = schema.expected;
  const lacking = await listLacking(client, [...needed, ...awaited]);
  const behind = needed.some((name) => lacking.has(name));
  // The last thing a migration does is to grant this role its rights: who waits for one waits for them. Who has all already
  // goes on: the migration under way is a newer version's.
  const looking = lacking.size > 0 || schema.state !== "current";
  const migrating = looking && (await isMigrating(client));
  if (behind) schema.state = migrating ? "migrating" : "behind";
  else schema.state = lacking.size > 0 || migrating ? "earlier" : "current";
  schema.missing = schema.state === "current" ? new Set() : migrating ? new Set(awaited) : lacking;
  const over = schema.waiting.filter(({ isOver }) => isOver());
  schema.waiting = schema.waiting.filter((one) => !over.includes(one));
  for (const { go } of over) go();
  return schema.state;
}

async function listLacking(client: pg.Client, names: string[]): Promise<Set<string>> {
  try {
    const { rows } = await client.query<{ name: string }>(
      `select expected.name from unnest($1::text[]) as expected (name)
       where not exists (select from public.schema_migration m where m.name = expected.name)`,
      [names],
    );
    return new Set(rows.map(({ name }) => name));
  } catch (error) {
    // No ledger yet, or no right to read it: nothing has been migrated for this role.
    if (/^(42P01|42501|3F000)$/.test((error as { code?: string }).code ?? "")) return new Set(names);
    throw error;
  }
}

async function isMigrating(client: pg.Client): Promise<boolean> {
  const { rows } = await client.query<{ migrating: boolean }>(
    `select exists (
       select from pg_locks
       where locktype = 'advisory' and granted and classid = 0 and objid = $1 and objsubid = 1
         and database = (select oid from pg_database where datname = current_database())
     ) as migrating`,
    [migrationLock],
  );
  return rows[0]?.migrating ?? false;
}
