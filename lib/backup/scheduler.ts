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
import { readBackupDatabases, readBackupLocation } from "./settings";
import { keepRunning } from "./stop";
import { findTools } from "./tools";

/** Milliseconds between two checks of the clock. */
const lookEvery = 15_000;

/** The due instant whose backup this process knows to be done, so it is not tried again. */
let done: number | null = null;
let looking = false;

/**
 * Makes backups by the schedule, from server start on. Does nothing without a store or a schedule. Every process of
 * every server checks, and one begins. After an outage one backup at once replaces all missed ones. A failed backup is
 * retried half an hour later.
 */
export function watchBackups(): void {
  if (readBackupLocation() === null || readSchedule() === null) return;
  const look = () => void lookForDue(getNow());
  setInterval(look, lookEvery).unref();
  look();
  void checkTools();
}

/** Logs at start, not only when a backup is due, that the client programs are missing or too old. */
async function checkTools(): Promise<void> {
  try {
    await onServer(readBackupDatabases().source, async (client) => findTools(await readMajor(client)));
  } catch (error) {
    getLog().error({ event: "backup_tools" }, describeBackupError(error));
  }
}

/** Makes the backup that is due now, unless somebody else has begun it. Returns whether it began. */
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
    // The database does not answer. The next check retries.
    return false;
  } finally {
    looking = false;
  }
}

/** Makes a scheduled backup. Returns whether a backup was made. */
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
