import "server-only";
import { getNow } from "@/lib/runtime/clock";
import { type BackupRun, listRuns } from "./runs";
import { readSchedule } from "./schedule";
import { readBackupPlace } from "./settings";

/** How backups stand, as the page about the database shows it. */
export type BackupOverview = {
  /** Where they are kept; null where no setting says so, and none are made. */
  place: string | null;
  /** The next that is due; null where none is, by the schedule. */
  nextAt: Date | null;
  runs: BackupRun[];
  lastMade: BackupRun | null;
  lastProved: BackupRun | null;
};

/** Runs that the page shows. */
const shown = 12;

/** How backups stand. @throws DatabaseError, SettingError */
export async function getBackupOverview(): Promise<BackupOverview> {
  const place = readBackupPlace();
  // The last that was proved may be further back than what is shown; a hundred runs are weeks.
  const runs = await listRuns(100);
  return {
    place: place && (place.kind === "folder" ? "a folder (BACKUP_DIR)" : `the bucket ${place.bucket}`),
    nextAt: (place && readSchedule()?.next(getNow())) ?? null,
    runs: runs.slice(0, shown),
    lastMade: runs.find(({ name }) => name !== null) ?? null,
    lastProved: runs.find(({ state }) => state === "proved") ?? null,
  };
}
