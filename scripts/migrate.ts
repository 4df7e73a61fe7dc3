import { createInterface } from "node:readline/promises";
import { parseArgs } from "node:util";
import { MigrationError } from "@/lib/database/migration-files";
import { describePlan } from "@/lib/database/migration-plan";
import { type MigrationPlan, migrate, planMigrations } from "@/lib/database/migrations";
import { loadEnvironmentFile, readDatabaseSettings, SettingError } from "@/lib/database/settings";

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { plan: { type: "boolean", default: false } } });
  loadEnvironmentFile();
  const { app, direct } = readDatabaseSettings();
  const options = { owner: direct ?? app, application: app };
  if (values.plan) {
    console.log(describePlan(await planMigrations(options)));
    return;
  }
  const applied = await migrate({ ...options, adopt: askForConsent, report: (line) => console.log(line) });
  console.log(
    applied.length ? `The database is up to date: ${applied.length} applied.` : "The database is up to date.",
  );
}

async function askForConsent(plan: MigrationPlan): Promise<boolean> {
  if (process.env.ADOPT === "yes") return true;
  if (!process.stdin.isTTY) return false;
  const prompt = createInterface({ input: process.stdin, output: process.stdout });
  try {
    return (await prompt.question(`${describePlan(plan)}\n\nAdopt this database? (yes/no) `)).trim() === "yes";
  } finally {
    prompt.close();
  }
}

try {
  await main();
} catch (error) {
  const known = error instanceof MigrationError || error instanceof SettingError;
  console.error(known ? error.message : `The database cannot be migrated: ${(error as Error).message}`);
  process.exitCode = 1;
}
