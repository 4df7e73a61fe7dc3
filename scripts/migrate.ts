import { parseArgs } from "node:util";
import { MigrationError } from "@/lib/database/migrate/migration-files";
import { describePlan } from "@/lib/database/migrate/migration-plan";
import { migrate, planMigrations } from "@/lib/database/migrate/migrations";
import { readDatabaseSettings } from "@/lib/database/settings";
import { loadEnvironmentFile } from "@/lib/settings/environment-file";
import { SettingError } from "@/lib/settings/settings";
import { Stop } from "./command/stop";
import { askForConsent } from "./database/consent";
import { untilReachable } from "./database/reach";

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { plan: { type: "boolean", default: false }, wait: { type: "boolean", default: false } },
  });
  loadEnvironmentFile();
  const { app, direct } = readDatabaseSettings();
  const options = { owner: direct ?? app, application: app };
  if (values.wait) await untilReachable(options.owner, (line) => console.log(line));
  if (values.plan) {
    console.log(describePlan(await planMigrations(options)));
    return;
  }
  const applied = await migrate({ ...options, adopt: askForConsent, report: (line) => console.log(line) });
  console.log(
    applied.length ? `The database is up to date: ${applied.length} applied.` : "The database is up to date.",
  );
}

try {
  await main();
} catch (error) {
  const known = error instanceof MigrationError || error instanceof SettingError || error instanceof Stop;
  console.error(known ? error.message : `The database cannot be migrated: ${(error as Error).message}`);
  process.exitCode = 1;
}
