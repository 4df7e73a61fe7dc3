import "server-only";
import { describeBackupError } from "./backup-error";
import { readDeskVersion } from "./make/desk-version";
import { makeBackup } from "./make/make";
import type { Manifest } from "./make/manifest";
import { removeOldBackups } from "./remove";
import { type CheckOutcome, proveBackup } from "./restore/prove";
import { endRun, extendRun, leaseBeat, recordMade } from "./runs";
import { openStore } from "./store/open-store";

export type RunResult = { made: Manifest | null; check: CheckOutcome | null; removed: string[]; reason: string | null };

/**
 * Makes the backup of a run that has begun: dumps, checks, then removes old backups. Records the outcome in every case.
 * Never rejects.
 * @param wantsCheck called once the dump is complete
 */
export async function makeRun(
  id: string,
  options: {
    wantsCheck: () => Promise<boolean>;
    onMade?: (made: Manifest) => void;
    report?: (line: string) => void;
    signal?: AbortSignal;
  },
): Promise<RunResult> {
  const { wantsCheck, report } = options;
  const lost = new AbortController();
  const signal = options.signal ? AbortSignal.any([options.signal, lost.signal]) : lost.signal;
  const beat = setInterval(() => {
    // A missed heartbeat is ignored: if the database is down, the dump's own connections fail.
    void extendRun(id).then(
      (held) => held || lost.abort(),
      () => undefined,
    );
  }, leaseBeat);
  const result: RunResult = { made: null, check: null, removed: [], reason: null };
  try {
    const store = openStore();
    result.made = await makeBackup({ store, deskVersion: readDeskVersion(), report, signal });
    await recordMade(id, result.made.name, sizeOf(result.made));
    options.onMade?.(result.made);
    if (await wantsCheck()) result.check = await proveBackup({ store, name: result.made.name, report, signal });
    if (result.check && result.check.state !== "proved") result.reason = result.check.reason;
    // A backup that cannot be restored must not cause the removal of an older one.
    if (result.check?.state !== "refuted") result.removed = await removeOldBackups(store, result.made.name);
  } catch (error) {
    result.reason = signal.aborted
      ? "It was given up: its process was told to end, or the database took it for ended."
      : describeBackupError(error);
  } finally {
    clearInterval(beat);
  }
  const givenUp = signal.aborted;
  await endRun(id, { check: result.check?.state ?? null, reason: result.reason, givenUp }).catch(() => undefined);
  return result;
}

function sizeOf({ dump, documents }: Manifest): number {
  return dump.bytes + (documents?.bytes ?? 0);
}
