import type pg from "pg";
import { migrationLock } from "./migration-lock";

/**
 * How the database's schema stands to this code. "unknown": not looked at yet. "behind": sql/ has files that the database has
 * not. "migrating": so it is, and a migration is under way. A schema newer than the code is "current": migrations only add,
 * so that the version before them goes on working.
 */
export type SchemaState = "unknown" | "current" | "behind" | "migrating";

type Shared = { required: string[]; state: SchemaState; waiting: (() => void)[] };

/** Next's bundles and the server each have their own copy of this module; the process has one state. */
const shared = globalThis as unknown as { contactDeskSchema?: Shared };

/**
 * Says which migrations this code rests on; from here on nothing is served until the database has them. Called once, by the
 * server. Where nobody calls it, in tests of a part and in builds, the schema counts as current.
 */
export function requireSchema(migrations: string[]): void {
  shared.contactDeskSchema = { required: migrations, state: "unknown", waiting: [] };
}

/** The migrations this code rests on; none where nobody has said. */
export function listRequiredMigrations(): string[] {
  return shared.contactDeskSchema?.required ?? [];
}

/** The state when it was last looked at. */
export function getSchemaState(): SchemaState {
  return shared.contactDeskSchema?.state ?? "current";
}

/** Resolves when the schema is first current. Work in the background waits for this. */
export function untilSchemaIsCurrent(): Promise<void> {
  const schema = shared.contactDeskSchema;
  if (!schema || schema.state === "current") return Promise.resolve();
  return new Promise((current) => schema.waiting.push(current));
}

/**
 * Looks at the database's ledger and remembers the state.
 * @throws what the driver throws when the database does not answer; the state stays as it was
 */
export async function readSchemaState(client: pg.Client): Promise<SchemaState> {
  const schema = shared.contactDeskSchema;
  if (!schema) {
    await client.query("select 1");
    return "current";
  }
  const behind = await isBehind(client, schema.required);
  // The last thing a migration does is to grant this role its rights: who starts meanwhile waits for them. Who serves
  // already goes on: the migration under way is a newer version's.
  const looking = behind || schema.state !== "current";
  const migrating = looking && (await isMigrating(client));
  schema.state = migrating ? "migrating" : behind ? "behind" : "current";
  if (schema.state === "current") for (const current of schema.waiting.splice(0)) current();
  return schema.state;
}

async function isBehind(client: pg.Client, required: string[]): Promise<boolean> {
  try {
    const { rows } = await client.query<{ behind: boolean }>(
      `select exists (
         select from unnest($1::text[]) as required (name)
         where not exists (select from public.schema_migration m where m.name = required.name)
       ) as behind`,
      [required],
    );
    return rows[0]?.behind ?? true;
  } catch (error) {
    // No ledger yet, or no right to read it: nothing has been migrated for this role.
    if (/^(42P01|42501|3F000)$/.test((error as { code?: string }).code ?? "")) return true;
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
