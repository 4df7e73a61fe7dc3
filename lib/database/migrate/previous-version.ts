import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { readMigrations } from "./migration-files";

const previousVersion = z.strictObject({
  version: z.string(),
  /** The migrations that it had. The last number would not do, because a later version may put one between them. */
  migrations: z.array(z.string()),
  /** What it granted to the application's role: statements in which APPLICATION stands for the role. */
  grants: z.array(z.string()),
});

/** The schema of the version that was released before this one. */
export type PreviousVersion = z.infer<typeof previousVersion>;

/** The file of sql/ that keeps it; scripts/record-version.ts writes it. */
export const previousVersionName = "previous-version.json";

/** The version released before this one; null where the folder has no such file. */
export function readPreviousVersion(folder: string): PreviousVersion | null {
  const path = join(folder, previousVersionName);
  return existsSync(path) ? previousVersion.parse(JSON.parse(readFileSync(path, "utf8"))) : null;
}

/** What this version expects of a database. */
export type ExpectedMigrations = {
  /** Nothing is served without these: the previous version's, and those marked `-- migrate:before-serving`. */
  needed: string[];
  /** Without these all is served except what depends on them. */
  awaited: string[];
};

/**
 * The migrations of a folder that the desk depends on. It leaves out indexes that wait for an extension, because some
 * databases never have it.
 */
export function listExpectedMigrations(folder: string): ExpectedMigrations {
  const previous = readPreviousVersion(folder);
  const all = readMigrations(folder).filter(({ operatorClass }) => operatorClass === null);
  const isNeeded = ({ name, beforeServing }: (typeof all)[number]) =>
    beforeServing || previous === null || previous.migrations.includes(name);
  const namesOf = (some: typeof all) => some.map(({ name }) => name);
  return { needed: namesOf(all.filter(isNeeded)), awaited: namesOf(all.filter((one) => !isNeeded(one))) };
}
