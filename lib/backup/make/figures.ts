import "server-only";
import { queryRows, type Run } from "@/lib/database/query";
import { getNow } from "@/lib/runtime/clock";
import { type StoredFigures, selectBackupFigures } from "../runs";
import { readSchedule } from "../schedule";
import { readBackupPlace } from "../settings";

/** What the alerts go by, in seconds and bytes. */
export type BackupFigures = {
  /** Since a backup was due that is not there; 0 while none is missing. */
  late: number;
  /** Since the last backup began that was proved; where none ever was, since the first try. */
  unproved: number;
  /** Whether the last run failed, or what it made cannot be restored: 1 or 0. */
  failed: number;
  /** Of the last backup; null without one. */
  bytes: number | null;
};

/** The figures of backups; null where none are made by a schedule. @throws DatabaseError */
export async function getBackupFigures(now = getNow(), run?: Run): Promise<BackupFigures | null> {
  const schedule = readBackupPlace() === null ? null : readSchedule();
  if (!schedule) return null;
  const sql = selectBackupFigures();
  const [stored] = run ? await run<StoredFigures>(sql) : await queryRows<StoredFigures>(sql, "health");
  if (!stored) return null;
  const { madeAt, provedAt, firstAt, failed, bytes } = stored;
  // Who has never made one is late since the last that was due: what was due before nobody had set up.
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
