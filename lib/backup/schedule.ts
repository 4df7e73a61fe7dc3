import { Cron } from "croner";
import { type Environment, readSetting } from "@/lib/settings/settings";

/** When backups are due, in UTC. */
export type Schedule = {
  /** The first due instant after `after`. */
  next(after: Date): Date | null;
  /** The last due instant before `before`. */
  previous(before: Date): Date | null;
};

/** The schedule in BACKUP_SCHEDULE. Null if it is off. @throws SettingError */
export function readSchedule(env: Environment = process.env): Schedule | null {
  const pattern = readSetting("BACKUP_SCHEDULE", env);
  if (pattern === "off") return null;
  // The cron job is never started; only its calculation is used. What is due must outlive a process, so it is kept in
  // the database.
  const cron = new Cron(pattern, { timezone: "UTC", paused: true });
  return {
    next: (after) => cron.nextRun(after),
    previous: (before) => cron.previousRuns(1, before)[0] ?? null,
  };
}

/** The latest instant, up to now, at which a backup was due. Earlier missed ones are not made up for. */
export function findDue(schedule: Schedule, now: Date): Date | null {
  // `previous` excludes its argument, so this rounds up to the next second to include an instant that is now.
  return schedule.previous(new Date(now.getTime() + 1_000 - (now.getTime() % 1_000)));
}
