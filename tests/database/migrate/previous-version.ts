import type pg from "pg";
import { readMigrations } from "@/lib/database/migrate/migration-files";
import { readPreviousVersion } from "@/lib/database/migrate/previous-version";
import { applyWatched, createLedger } from "./migration-weight";

/**
 * Makes the previous version's schema in an empty database: its migrations, which no longer change, and the rights that
 * it gave the application, not those that this version would give.
 */
export async function makePreviousSchema(owner: pg.Client, watcher: pg.Client, application: string): Promise<void> {
  const previous = readPreviousVersion("sql");
  if (!previous) throw new Error("sql/previous-version.json is missing: npm run record-version.");
  await owner.query(createLedger);
  for (const migration of readMigrations("sql")) {
    if (previous.migrations.includes(migration.name)) await applyWatched(owner, watcher, migration);
  }
  const role = owner.escapeIdentifier(application);
  await owner.query(`grant usage on schema public to ${role}`);
  for (const grant of previous.grants) await owner.query(grant.replace(/APPLICATION$/, role));
}
