import "server-only";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { Prisma } from "@/generated/prisma/client";
import { readMigrations } from "@/lib/database/migrate/migration-files";
import { listRequiredMigrations } from "@/lib/database/migrate/schema-state";
import { queryRows } from "@/lib/database/query";

/** The state of one migration. */
export type MigrationState = {
  name: string;
  title: string | null;
  appliedAt: Date | null;
  /**
   * "pending": this version has it but the database does not. "newer": the reverse.
   * "changed": its file is not what was applied.
   */
  state: "applied" | "pending" | "newer" | "changed";
};

type Applied = { name: string; sha256: string; appliedAt: Date };

/** Every migration of the database and of this version. Those that need attention come first. */
export async function listMigrations(): Promise<MigrationState[]> {
  const applied = await queryRows<Applied>(selectApplied(), "health");
  return compareMigrations(applied, readSteps());
}

/** A migration of this version. Without text and title if only its name is known. */
type Step = { name: string; sha256: string | null; title: string | null };

/** From the desk's working directory, or else from the list that the launcher handed to the server. */
function readSteps(): Step[] {
  const folder = join(/* turbopackIgnore: true */ process.cwd(), "sql");
  if (existsSync(folder)) return readMigrations(folder);
  return listRequiredMigrations().map((name) => ({ name, sha256: null, title: null }));
}

/** Compares the applied migrations with those of this version. */
export function compareMigrations(applied: Applied[], steps: Step[]): MigrationState[] {
  const known = new Map(steps.map((step) => [step.name, step]));
  const there = new Set(applied.map(({ name }) => name));
  const pending = [...known.values()]
    .filter(({ name }) => !there.has(name))
    .map(({ name, title }): MigrationState => ({ name, title, appliedAt: null, state: "pending" }));
  const done = applied.map(({ name, sha256, appliedAt }): MigrationState => {
    const step = known.get(name);
    const same = step?.sha256 === null || step?.sha256 === sha256;
    return { name, title: step?.title ?? null, appliedAt, state: !step ? "newer" : same ? "applied" : "changed" };
  });
  const latestFirst = done.sort((a, b) => (a.name < b.name ? 1 : -1));
  return [...pending, ...latestFirst.filter(isOdd), ...latestFirst.filter((one) => !isOdd(one))];
}

function isOdd({ state }: MigrationState): boolean {
  return state !== "applied";
}

/** The SQL, exported so that the bench can measure it. */
export function selectApplied(): Prisma.Sql {
  return Prisma.sql`select name, sha256, applied_at as "appliedAt" from public.schema_migration order by name`;
}
