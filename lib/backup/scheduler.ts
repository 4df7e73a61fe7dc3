import "server-only";
import { getNow } from "@/lib/runtime/clock";
import { getLog } from "@/lib/runtime/log";
import { workFor } from "@/lib/runtime/requester";
import { workOn } from "@/lib/runtime/screen";
import { readSetting } from "@/lib/settings/settings";
import { describeBackupError } from "./backup-error";
import { onServer, readMajor } from "./connection";
import { makeRun } from "./run";
import { beginRun, wasProvedToday } from "./runs";
import { findDue, readSchedule } from "./schedule";
import { readBackupDatabases, readBackupPlace } from "./settings";
import { keepRunning } from "./stop";
import { findTools } from "./tools";

/** Milliseconds between two looks at the clock. */
const lookEvery = 15_000;

/** The due instant whose backup is made, as far as this process knows: it is not asked for again. */
let done: number | null = null;
let looking = false;

/**
 * Makes backups by the schedule, from the start of the server on; none where no store is set. Every process of every server looks,
 * and one begins. What was missed while all were down is made at once, one for all that was missed; what failed is tried again half
 * an hour later.
 */
export function watchBackups(): void {
  if (readBackupPlace() === null || readSchedule() === null) return;
  const look = () => void lookForDue(getNow());
  setInterval(look, lookEvery).unref();
  look();
  void checkTools();
}

/** Says in the log, at the start and not only when a backup is due, that the client programs are missing or too old. */
async function checkTools(): Promise<void> {
  try {
    await onServer(readBackupDatabases().source, async (client) => findTools(await readMajor(client)));
  } catch (error) {
    getLog().error({ event: "backup_tools" }, describeBackupError(error));
  }
}

/** Begins and makes what is due now, if nobody has. Gives whether it did. */
export async function lookForDue(now: Date): Promise<boolean> {
  const schedule = readSchedule();
  const due = schedule && findDue(schedule, now);
  if (!due || due.getTime() === done || looking) return false;
  looking = true;
  try {
    const begun = await beginRun(due);
    if (!begun.ok) {
      if (begun.reason === "taken") done = due.getTime();
      return false;
    }
    const made = await keepRunning((signal) =>
      workOn("backup", null, () => workFor(null, () => makeScheduled(begun.id, signal))),
    );
    if (made) done = due.getTime();
    return true;
  } catch {
    // The database does not answer: it is asked again at the next look.
    return false;
  } finally {
    looking = false;
  }
}

/** Gives whether a backup was made. */
async function makeScheduled(id: string, signal: AbortSignal): Promise<boolean> {
  const wantsCheck = async () => readSetting("BACKUP_CHECK") === "each" || !(await wasProvedToday());
  const { made, check, removed, reason } = await makeRun(id, { wantsCheck, signal });
  const outcome = {
    event: made ? "backup_made" : "backup_failed",
    name: made?.name,
    check: check?.state,
    removed: removed.length,
  };
  if (made && reason === null) getLog().info(outcome);
  else getLog().error(outcome, reason ?? "");
  return made !== null;
}
