import { createInterface } from "node:readline/promises";
import { parseArgs } from "node:util";
import { leaveDatabase, readLeavingPlan } from "@/lib/database/leave/leaving";
import type { LeavingPlan } from "@/lib/database/leave/leaving-plan";
import { describeLeaving } from "@/lib/database/leave/leaving-words";
import { MigrationError } from "@/lib/database/migrate/migration-files";
import { readDatabaseSettings } from "@/lib/database/settings";
import { loadEnvironmentFile } from "@/lib/settings/environment-file";
import { SettingError } from "@/lib/settings/settings";
import { Stop } from "./command/stop";

/** Removes Contact Desk from the website's database: prints the plan, and carries it out after confirmation. */
async function main(): Promise<void> {
  const { values } = parseArgs({ options: { yes: { type: "boolean", default: false } } });
  loadEnvironmentFile();
  const { app, direct } = readDatabaseSettings();
  const options = { owner: direct ?? app, application: app, report: (line: string) => console.log(line) };
  const plan = await readLeavingPlan(options);
  console.log(describeLeaving(plan));
  console.log("");
  if (plan.problems.length) throw new Stop("Nothing has been changed.");
  if (!values.yes && !(await askForName(plan))) {
    console.log("Nothing has been changed. To do it: npm run uninstall-from-website -- --yes");
    return;
  }
  await leaveDatabase(options);
  console.log(`Contact Desk has left the database ${plan.database}.`);
}

/** Asks at a terminal for the database's name as confirmation. False without a terminal. */
async function askForName({ database }: LeavingPlan): Promise<boolean> {
  if (!process.stdin.isTTY) return false;
  const prompt = createInterface({ input: process.stdin, output: process.stdout });
  try {
    return (await prompt.question(`Type the name of the database to do it (${database}): `)).trim() === database;
  } finally {
    prompt.close();
  }
}

try {
  await main();
} catch (error) {
  const known = error instanceof MigrationError || error instanceof SettingError || error instanceof Stop;
  console.error(known ? error.message : `Contact Desk could not be taken out: ${(error as Error).message}`);
  process.exitCode = 1;
}
