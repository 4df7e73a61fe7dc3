import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { z } from "zod";
import { atEnd } from "./command";
import { dataFolder, prepareDataFolder } from "./embedded";
import { isAlive, readCommand } from "./postgres";
import { Stop } from "./stop";

const file = join(dataFolder, "launcher");
/** Of this process alone: where it writes before it gives the name above, and where it puts away what bears that name. */
const aside = `${file}.${process.pid}`;

/** Who runs the built-in database of this folder: the desk (`port` once it answers), or a command for its duration. */
const launcher = z.object({ pid: z.number(), kind: z.enum(["desk", "command"]), port: z.number().nullable() });

export type Launcher = z.infer<typeof launcher>;

/** The live process that runs this folder's built-in database; null when there is none. */
export function readLauncher(from = file): Launcher | null {
  try {
    const found = launcher.parse(JSON.parse(readFileSync(from, "utf8")));
    // A number of a process that is gone may have been given to another program by now.
    return isAlive(found.pid) && /(scripts|tests)\/[\w/-]+\.ts/.test(readCommand(found.pid)) ? found : null;
  } catch {
    return null;
  }
}

/**
 * Makes this process the one that runs the built-in database, or comes back with the desk that already does.
 * Waits for a command, which is soon over, and for a desk that is still starting.
 */
export async function becomeLauncher(kind: Launcher["kind"], say: (line: string) => void): Promise<Launcher | null> {
  prepareDataFolder();
  for (let told = false; ; told = true) {
    const other = readLauncher();
    if (!other) {
      removeStale();
      if (tryToWrite({ pid: process.pid, kind, port: null })) {
        atEnd(() => rmSync(file, { force: true }));
        return null;
      }
    } else if (other.kind === "desk" && (kind === "desk" || other.port !== null)) {
      return other;
    } else if (!told) {
      say(`Waiting for the command that uses the built-in database (process ${other.pid})…`);
    }
    await pause(200);
  }
}

/** Lets other commands know that the desk answers on `port`, and so that the database may be shared. */
export function announcePort(port: number): void {
  writeFileSync(aside, JSON.stringify({ pid: process.pid, kind: "desk", port } satisfies Launcher), { mode: 0o600 });
  renameSync(aside, file);
}

/** The sentence for a second desk in the same folder. */
export function alreadyRunning(other: Launcher): Stop {
  const where = other.port === null ? "is starting" : `answers on http://localhost:${other.port}`;
  return new Stop(`Contact Desk already runs from this folder (process ${other.pid}) and ${where}: stop it first.`);
}

/** Written aside and then given its name: a rival would take a file without its content yet for one left behind. */
function tryToWrite(content: Launcher): boolean {
  try {
    writeFileSync(aside, JSON.stringify(content), { mode: 0o600 });
    linkSync(aside, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw new Stop("The folder .data cannot be written to: Contact Desk keeps its database and its secret there.");
  } finally {
    rmSync(aside, { force: true });
  }
}

/** Takes away what a killed process left; a rival that was faster in this, and has written its own meanwhile, gets it back. */
function removeStale(): void {
  try {
    renameSync(file, aside);
    if (readLauncher(aside)) linkSync(aside, file);
  } catch {
    // There was nothing, or somebody else has taken it away.
  } finally {
    rmSync(aside, { force: true });
  }
}
