import type pg from "pg";
import { ofProcess } from "@/lib/runtime/of-process";
import { migrationLock } from "./migration-lock";
import type { ExpectedMigrations } from "./previous-version";

/**
 * The state of the database's schema, compared with what this code needs.
 * "unknown": not looked at yet.
 * "current": it has all that this code needs. A newer schema is "current" too, because migrations only add, so that the
 * previous version goes on working.
 * "earlier": it is the previous version's, or between the two; the desk serves what it can.
 * "behind": it is older than the previous version's.
 * "migrating": it is behind, and a migration is running.
 */
export type SchemaState = "unknown" | "current" | "earlier" | "behind" | "migrating";

type Schema = {
  expected: ExpectedMigrations;
  state: SchemaState;
  /** The awaited migrations that cannot be relied on yet. */
  missing: Set<string>;
  waiting: { isOver: () => boolean; go: () => void }[];
};

/** `schema` is null until `requireSchema` was called. */
const kept = () => ofProcess("schema", () => ({ schema: null as Schema | null }));

/**
 * Sets which migrations this code depends on. From then on nothing is served until the database has the needed ones.
 * The server calls it once. Where nobody calls it, as in tests of a part and in builds, the schema counts as current.
 */
export function requireSchema(expected: ExpectedMigrations): void {
  kept().schema = { expected, state: "unknown", missing: new Set(expected.awaited), waiting: [] };
}

/** The migrations that this code depends on; none before `requireSchema`. */
export function listRequiredMigrations(): string[] {
  const { needed, awaited } = kept().schema?.expected ?? { needed: [], awaited: [] };
  return [...needed, ...awaited].sort();
}

/** The state when it was last read. */
export function getSchemaState(): SchemaState {
  return kept().schema?.state ?? "current";
}

/** Whether the database has what the desk needs to serve. */
export function servesSchema(): boolean {
  const state = getSchemaState();
  return state === "current" || state === "earlier";
}

/**
 * Whether the database has this migration and the desk its rights on it. True for every migration of the previous
 * version.
 */
export function hasMigration(name: string): boolean {
  return !kept().schema?.missing.has(name);
}

/**
 * Resolves when the desk first serves and, if a migration is named, the database has it too. Background work waits for
 * this.
 */
export function untilServed(migration?: string): Promise<void> {
  const { schema } = kept();
  const isOver = () => servesSchema() && (migration === undefined || hasMigration(migration));
  if (!schema || isOver()) return Promise.resolve();
  return new Promise((go) => schema.waiting.push({ isOver, go }));
}

/**
 * Reads the database's ledger and remembers the state.
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
  // A run of migrations ends by granting this role its rights, so whoever waits for a migration waits for the run's
  // end. A desk that has all its migrations need not wait: the running ones belong to a newer version.
  const looking = lacking.size > 0 || schema.state !== "current";
  const migrating = looking && (await isMigrating(client));
  if (behind) schema.state = migrating ? "migrating" : "behind";
  else schema.state = lacking.size > 0 || migrating ? "earlier" : "current";
  // Rights are granted after the last file: until all are there, none of the awaited can be relied on.
  schema.missing = new Set(schema.state === "current" ? [] : awaited);
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
    // No ledger yet, or no right to read it, so nothing has been migrated for this role.
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
