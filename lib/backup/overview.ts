import "server-only";
import { getNow } from "@/lib/runtime/clock";
import { type BackupRun, listRuns } from "./runs";
import { readSchedule } from "./schedule";
import { readBackupLocation } from "./settings";

/** The state of backups, as the database page shows it. */
export type BackupOverview = {
  /** Where backups are kept. Null if no setting names a location, so none are made. */
  location: string | null;
  /** When the schedule makes the next one. Null without a schedule. */
  nextAt: Date | null;
  runs: BackupRun[];
  lastMade: BackupRun | null;
  lastProved: BackupRun | null;
};

/** Runs that the page shows. */
const shown = 12;

/** The state of backups. @throws DatabaseError, SettingError */
export async function getBackupOverview(): Promise<BackupOverview> {
  const location = readBackupLocation();
  // The last proved run may be older than the shown ones. A hundred runs cover weeks.
  const runs = await listRuns(100);
  return {
    location: location && (location.kind === "folder" ? "a folder (BACKUP_DIR)" : `the bucket ${location.bucket}`),
    nextAt: (location && readSchedule()?.next(getNow())) ?? null,
    runs: runs.slice(0, shown),
    lastMade: runs.find(({ name }) => name !== null) ?? null,
    lastProved: runs.find(({ state }) => state === "proved") ?? null,
  };
}
