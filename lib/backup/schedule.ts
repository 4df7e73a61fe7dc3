import { Cron } from "croner";
import { type Environment, readSetting } from "@/lib/settings/settings";

/** When backups are due, in UTC. */
export type Schedule = {
  /** The first instant after another. */
  next(after: Date): Date | null;
  /** The last instant before another. */
  previous(before: Date): Date | null;
};

/** The schedule of BACKUP_SCHEDULE; null where none is to be kept. @throws SettingError */
export function readSchedule(env: Environment = process.env): Schedule | null {
  const pattern = readSetting("BACKUP_SCHEDULE", env);
  if (pattern === "off") return null;
  // Never started: only its reckoning is used, since what is due must outlive a process.
  const cron = new Cron(pattern, { timezone: "UTC", paused: true });
  return {
    next: (after) => cron.nextRun(after),
    previous: (before) => cron.previousRuns(1, before)[0] ?? null,
  };
}

/** The latest instant at which a backup was due: now, or before. Those missed before it are not made up for. */
export function findDue(schedule: Schedule, now: Date): Date | null {
  // The instant itself is not before itself.
  return schedule.previous(new Date(now.getTime() + 1_000 - (now.getTime() % 1_000)));
}
