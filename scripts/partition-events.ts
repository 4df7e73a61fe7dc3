import { parseArgs } from "node:util";
import { divideEvents } from "@/lib/database/events/divide";
import { joinEvents } from "@/lib/database/events/rejoin";
import { MigrationError } from "@/lib/database/migrate/migration-files";
import { readDatabaseSettings } from "@/lib/database/settings";
import { loadEnvironmentFile } from "@/lib/settings/environment-file";
import { SettingError } from "@/lib/settings/settings";

/** Partitions the website's analytics_events by month. With --undo makes it one table again. */
async function main(): Promise<void> {
  const { values } = parseArgs({ options: { undo: { type: "boolean", default: false } } });
  loadEnvironmentFile();
  const { app, direct } = readDatabaseSettings();
  const options = { owner: direct ?? app, application: app, report: (line: string) => console.log(line) };
  const changed = await (values.undo ? joinEvents(options) : divideEvents(options));
  const state = values.undo ? "one table" : "by month";
  console.log(changed ? `analytics_events is ${state} now.` : `analytics_events is ${state} already.`);
}

try {
  await main();
} catch (error) {
  const known = error instanceof MigrationError || error instanceof SettingError;
  console.error(known ? error.message : `Events could not be divided: ${(error as Error).message}`);
  console.error(
    "Where it stopped, everything can be read and written. Run it again to go on, or with --undo to go back.",
  );
  process.exitCode = 1;
}
