import "server-only";
import { queryRows, type RunQuery } from "@/lib/database/query";
import { getNow } from "@/lib/runtime/clock";
import { type StoredFigures, selectBackupFigures } from "../runs";
import { readSchedule } from "../schedule";
import { readBackupLocation } from "../settings";

/** The figures that alerts use, in seconds and bytes. */
export type BackupFigures = {
  /** Seconds since the missing backup was due. 0 if none is missing. */
  late: number;
  /** Seconds since the last proved backup began. If none was ever proved, since the first try. */
  unproved: number;
  /** 1 if the last run failed or its backup cannot be restored, else 0. */
  failed: number;
  /** Size of the last backup. Null if there is none. */
  bytes: number | null;
};

/** The figures of backups. Null if no schedule makes any. @throws DatabaseError */
export async function getBackupFigures(now = getNow(), run?: RunQuery): Promise<BackupFigures | null> {
  const schedule = readBackupLocation() === null ? null : readSchedule();
  if (!schedule) return null;
  const sql = selectBackupFigures();
  const [stored] = run ? await run<StoredFigures>(sql) : await queryRows<StoredFigures>(sql, "health");
  if (!stored) return null;
  const { madeAt, provedAt, firstAt, failed, bytes } = stored;
  // Without any backup, lateness counts from the last due time. Earlier due times may precede the set-up of backups.
  const missing = madeAt ? schedule.next(madeAt) : schedule.previous(now);
  return {
    late: secondsSince(missing, now),
    unproved: secondsSince(provedAt ?? firstAt, now),
    failed: failed ? 1 : 0,
    bytes,
  };
}

function secondsSince(instant: Date | null, now: Date): number {
  return instant ? Math.max(0, Math.round((now.getTime() - instant.getTime()) / 1_000)) : 0;
}
