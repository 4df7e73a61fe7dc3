import { join, resolve } from "node:path";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { setTimeout as pause } from "node:timers/promises";
import { loadEnvironmentFile } from "@/lib/settings/environment-file";
import { checkSettings, readSetting, setSetting } from "@/lib/settings/settings";
import { buildApplication, buildFolder, bundleServer, nextEnvironment, serverProgram } from "./building/building";
import { generateClient } from "./building/client";
import { copyPdfAssets } from "./building/pdf-assets";
import { expectStop, isEnding, runCommand } from "./command/command";
import { startNode, waitFor } from "./command/node";
import { isLoopback, localAddresses, readHost, requirePort } from "./command/port";
import { provideSecret } from "./command/secret";
import { type DeskDatabase, openDatabase, usesBuiltIn } from "./database/desk-database";
import { dataFolder } from "./database/embedded";
import { alreadyRunning, announcePort, becomeLauncher, readLauncher } from "./database/launcher";
import { migrateDesk } from "./database/migrate-desk";
import type { SampleSignIn } from "./database/sample";

const say = (line: string) => console.log(line);

/**
 * npm start and, with --dev, npm run dev: prepares database, migrations, sample and build, and runs the desk until it
 * is stopped.
 */
await runCommand(async () => {
  const development = process.argv.includes("--dev");
  loadEnvironmentFile();
  const running = readLauncher();
  if (running?.kind === "desk") throw alreadyRunning(running);
  checkSettings();
  const port = readSetting("PORT");
  const host = readHost(usesBuiltIn());
  await requirePort(port, host);
  provideSecret();
  const database = await openDatabase("desk", say);
  // Also with a configured database only one desk may run from this folder: two builds in it would spoil each other.
  if (!database.embedded) {
    const other = await becomeLauncher("desk", say);
    if (other) throw alreadyRunning(other);
  }
  await migrateDesk(database, say);
  await generateClient(say);
  copyPdfAssets();
  const signIns = database.embedded ? await fillSample(database) : [];
  setSetting("SAMPLE_SIGN_INS", signIns.map(({ email }) => email).join(","));
  if (development) await bundleServer();
  else await buildApplication(say);

  const server = startNode(["--import", resolve("scripts/command/leave-with-parent.mjs"), serverProgram], {
    env: {
      ...nextEnvironment,
      NODE_ENV: development ? "development" : "production",
      NEXT_DIST_DIR: buildFolder,
      PORT: String(port),
      HOST: host ?? "",
    },
    stdout: development ? "inherit" : "pipe",
  });
  if (server.stdout) passOn(server.stdout);
  expectStop();
  const { shown, asked } = localAddresses(host, port);
  if (!(await waitUntilAnswering(asked, server))) return waitFor(server);
  announcePort(port);
  if (!(await isReady(asked)))
    say("The desk is running, but its database cannot be reached yet. Pages say so until it can.");
  say(`Contact Desk is ready: ${shown}`);
  for (const { email, role, password } of signIns) say(`Sign in as ${email} (${role}) with the password ${password}`);
  if (signIns.length > 0 && !isLoopback(host)) {
    console.warn(
      "Warning: HOST lets others reach this desk, and the people above have the sample's password. Change it in their accounts.",
    );
  }
  say("Ctrl-C stops it.");
  const code = await waitFor(server);
  if (!isEnding()) console.error(`The server stopped unexpectedly with code ${code}: start it again with npm start.`);
  return code || 1;
});

async function fillSample({ owner }: DeskDatabase): Promise<SampleSignIn[]> {
  const documentsDir = readSetting("DOCUMENTS_DIR") ?? join(dataFolder, "documents");
  setSetting("DOCUMENTS_DIR", documentsDir);
  // Imported only here, because a configured database has no sample.
  const { fillWithSample } = await import("./database/sample");
  return fillWithSample({ owner, documentsDir, dataFolder }, say);
}

/** Passes on what the server logs, except its start messages: the ready line is ours, once it answers. */
function passOn(output: Readable): void {
  const banner = /^(Ready on port \d+\.|✓ Running next\.config\.js .*)$/u;
  createInterface({ input: output }).on("line", (line) => {
    if (line && !banner.test(line)) console.log(line);
  });
}

async function isReady(address: string): Promise<boolean> {
  const answer = await fetch(`${address}/api/health/ready`).catch(() => null);
  return answer?.ok ?? false;
}

async function waitUntilAnswering(address: string, server: ReturnType<typeof startNode>): Promise<boolean> {
  while (server.exitCode === null && server.signalCode === null) {
    try {
      const answer = await fetch(`${address}/api/health`, { signal: AbortSignal.timeout(60_000) });
      if (answer.ok) return true;
    } catch {
      // Not listening yet.
    }
    await pause(100);
  }
  return false;
}
