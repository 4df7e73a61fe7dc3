import "server-only";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { Prisma } from "@/generated/prisma/client";
import { readMigrations } from "@/lib/database/migrate/migration-files";
import { listRequiredMigrations } from "@/lib/database/migrate/schema-state";
import { queryRows } from "@/lib/database/query";

/** How one step of the schema stands. */
export type MigrationState = {
  name: string;
  title: string | null;
  appliedAt: Date | null;
  /** "pending": this version has it and the database has not. "newer": the other way round. "changed": its file is not what was applied. */
  state: "applied" | "pending" | "newer" | "changed";
};

type Applied = { name: string; sha256: string; appliedAt: Date };

/** Every step, of the database and of this version, in their order; what is to be done first. */
export async function listMigrations(): Promise<MigrationState[]> {
  const applied = await queryRows<Applied>(selectApplied(), "health");
  return compareMigrations(applied, readSteps());
}

/** A step of this version; without its text and title where only its name is known. */
type Step = { name: string; sha256: string | null; title: string | null };

/** From the folder the desk was started in, or else as the server was told that starts it. */
function readSteps(): Step[] {
  const folder = join(/* turbopackIgnore: true */ process.cwd(), "sql");
  if (existsSync(folder)) return readMigrations(folder);
  return listRequiredMigrations().map((name) => ({ name, sha256: null, title: null }));
}

/** Compares what was applied with the steps of this version. */
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

/** What it asks, for measuring. */
export function selectApplied(): Prisma.Sql {
  return Prisma.sql`select name, sha256, applied_at as "appliedAt" from public.schema_migration order by name`;
}
