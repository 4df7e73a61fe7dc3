import { join, resolve } from "node:path";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { setTimeout as pause } from "node:timers/promises";
import { loadEnvironmentFile } from "@/lib/database/settings";
import { buildApplication, buildFolder, bundleServer, nextEnvironment, serverProgram } from "./building";
import { generateClient } from "./client";
import { expectStop, isEnding, runCommand } from "./command";
import { openDatabase } from "./desk-database";
import { dataFolder } from "./embedded";
import { alreadyRunning, announcePort, becomeLauncher, readLauncher } from "./launcher";
import { migrateDesk } from "./migrate-desk";
import { startNode, waitFor } from "./node";
import { copyPdfAssets } from "./pdf-assets";
import { readPort, requireAddress, requirePort } from "./port";
import { provideSecret } from "./secret";

const say = (line: string) => console.log(line);

/** npm start and, with --dev, npm run dev: database, migrations, sample, build, and the desk until it is stopped. */
await runCommand(async () => {
  const development = process.argv.includes("--dev");
  loadEnvironmentFile();
  const running = readLauncher();
  if (running?.kind === "desk") throw alreadyRunning(running);
  const port = readPort();
  await requirePort(port);
  requireAddress();
  provideSecret();
  const database = await openDatabase("desk", say);
  // With a database of one's own this folder is still the desk's: two builds in it would spoil each other.
  if (!database.embedded) {
    const other = await becomeLauncher("desk", say);
    if (other) throw alreadyRunning(other);
  }
  await migrateDesk(database, say);
  await generateClient(say);
  copyPdfAssets();
  if (database.embedded) process.env.DOCUMENTS_DIR ||= join(dataFolder, "documents");
  // Imported only here: with a database of one's own there is no sample, and nothing of it is loaded.
  const signIns = database.embedded ? await (await import("./sample")).fillWithSample(database, say) : [];
  if (development) await bundleServer();
  else await buildApplication(say);

  const server = startNode(["--import", resolve("scripts/leave-with-parent.mjs"), serverProgram], {
    env: {
      ...nextEnvironment,
      NODE_ENV: development ? "development" : "production",
      NEXT_DIST_DIR: buildFolder,
      PORT: String(port),
    },
    stdout: development ? "inherit" : "pipe",
  });
  if (server.stdout) passOn(server.stdout);
  expectStop();
  if (!(await waitUntilAnswering(port, server))) return waitFor(server);
  announcePort(port);
  if (!(await isReady(port))) say("The desk answers, but its database does not yet: pages will say so until it does.");
  say(`Contact Desk is ready: http://localhost:${port}`);
  for (const { email, role, password } of signIns) say(`Sign in as ${email} (${role}) with the password ${password}`);
  say("Ctrl-C stops it.");
  const code = await waitFor(server);
  if (!isEnding()) console.error(`The server ended by itself with code ${code}: start it again with npm start.`);
  return code || 1;
});

/** What the server logs is shown; that it is ready is not, we say so when it answers. */
function passOn(output: Readable): void {
  const banner = /^Ready on port \d+\.$/;
  createInterface({ input: output }).on("line", (line) => {
    if (line && !banner.test(line)) console.log(line);
  });
}

async function isReady(port: number): Promise<boolean> {
  const answer = await fetch(`http://127.0.0.1:${port}/api/health/ready`).catch(() => null);
  return answer?.ok ?? false;
}

async function waitUntilAnswering(port: number, server: ReturnType<typeof startNode>): Promise<boolean> {
  while (server.exitCode === null && server.signalCode === null) {
    try {
      const answer = await fetch(`http://127.0.0.1:${port}/api/health`, { signal: AbortSignal.timeout(60_000) });
      if (answer.ok) return true;
    } catch {
      // Not listening yet.
    }
    await pause(100);
  }
  return false;
}
