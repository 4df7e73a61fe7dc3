import { existsSync } from "node:fs";
import { join } from "node:path";
import { loadEnvironmentFile } from "@/lib/settings/environment-file";
import { generateClient } from "./building/client";
import { runCommand } from "./command/command";
import { startNode, waitFor } from "./command/node";
import { Stop } from "./command/stop";
import { openDatabase } from "./database/desk-database";

/** Runs scripts/NAME.ts on the configured database, or on the built-in one, which runs while the script does. */
await runCommand(async () => {
  const [name = "", ...rest] = process.argv.slice(2);
  const script = join("scripts", `${name}.ts`);
  if (
    !["migrate", "generate", "staff", "backup", "partition-events", "uninstall-from-website"].includes(name) ||
    !existsSync(script)
  ) {
    throw new Stop(`There is no command ${JSON.stringify(name)}.`);
  }
  loadEnvironmentFile();
  await generateClient(console.log);
  const { embedded } = await openDatabase("command", console.log);
  if (embedded && name !== "migrate" && name !== "uninstall-from-website") {
    const { migrate } = await import("@/lib/database/migrate/migrations");
    const { app, direct } = (await import("@/lib/database/settings")).readDatabaseSettings();
    await migrate({ owner: direct ?? app, application: app });
  }
  const options = ["--conditions=react-server", "--import", "tsx", script, ...rest];
  return waitFor(startNode(options, { terminal: true }));
});
