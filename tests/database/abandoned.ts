import { existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isAlive } from "@/scripts/command/processes";
import { findRunningServer, stopServer } from "@/scripts/database/postgres";

/** Name prefix of the test servers' folders. Each has a file `launcher` that names the process it belongs to. */
export const testServerPrefix = "contact-desk-test-";

/** Stops the servers, and removes the folders, of test runs that were killed. */
export async function removeAbandoned(): Promise<void> {
  for (const name of readdirSync(tmpdir()).filter((entry) => entry.startsWith(testServerPrefix))) {
    const folder = join(tmpdir(), name);
    const launcher = join(folder, "launcher");
    if (!existsSync(launcher) || isAlive(Number(readFileSync(launcher, "utf8")))) continue;
    for (const data of ["replica", "postgres"]) {
      const orphan = findRunningServer(join(folder, data));
      if (orphan) await stopServer(orphan.pid);
    }
    rmSync(folder, { recursive: true, force: true });
  }
}
