import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { z } from "zod";
import { atEnd } from "../command/command";
import { isAlive, readCommand } from "../command/processes";
import { Stop } from "../command/stop";
import { dataFolder, prepareDataFolder } from "./embedded";

const file = join(dataFolder, "launcher");
/**
 * A temporary name of this process alone, for writing the file before it is linked, and for moving a stale file away.
 */
const aside = `${file}.${process.pid}`;

/** Who runs this folder's built-in database: the desk (`port` once it answers), or a command while it runs. */
const launcher = z.object({ pid: z.number(), kind: z.enum(["desk", "command"]), port: z.number().nullable() });

export type Launcher = z.infer<typeof launcher>;

/** The live process that runs this folder's built-in database. Null if there is none. */
export function readLauncher(from = file): Launcher | null {
  try {
    const found = launcher.parse(JSON.parse(readFileSync(from, "utf8")));
    // The process id of a dead process may by now belong to another program.
    return isAlive(found.pid) && /(scripts|tests)\/[\w/-]+\.ts/.test(readCommand(found.pid)) ? found : null;
  } catch {
    return null;
  }
}

/**
 * Makes this process the one that runs the built-in database, or returns the desk that already does. Waits for a
 * command, which ends soon, and for a desk that is still starting.
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

/** Announces that the desk answers on `port`, so that other commands may share its database. */
export function announcePort(port: number): void {
  writeFileSync(aside, JSON.stringify({ pid: process.pid, kind: "desk", port } satisfies Launcher), { mode: 0o600 });
  renameSync(aside, file);
}

/** The error for a second desk in the same folder. */
export function alreadyRunning(other: Launcher): Stop {
  const where = other.port === null ? "is starting" : `answers on http://localhost:${other.port}`;
  return new Stop(`Contact Desk already runs from this folder (process ${other.pid}) and ${where}: stop it first.`);
}

/**
 * Writes to a temporary file and links it to its final name. Another process would take an empty file for a stale one.
 */
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

/** Removes a killed process's file. If another process has meanwhile written its own, that one is put back. */
function removeStale(): void {
  try {
    renameSync(file, aside);
    if (readLauncher(aside)) linkSync(aside, file);
  } catch {
    // There was no file, or another process has removed it.
  } finally {
    rmSync(aside, { force: true });
  }
}
