import { existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findRunningServer, isAlive, stopServer } from "@/scripts/postgres";

/** How the folders of the tests' servers begin; each names in a file `launcher` the process it belongs to. */
export const testServerPrefix = "contact-desk-test-";

/** Stops and removes what test runs left behind that were killed: their servers and their folder. */
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
