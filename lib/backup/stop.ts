import { ofProcess } from "@/lib/runtime/of-process";

type Running = { given: AbortController; ended: Promise<unknown> };

/** The backup in progress in this process, so that it can be aborted when the process ends. */
const backup = ofProcess("backup", () => ({ running: null as Running | null }));

/** Runs work that `stopBackup` can abort. */
export async function keepRunning<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const given = new AbortController();
  const ended = work(given.signal);
  backup.running = { given, ended };
  try {
    return await ended;
  } finally {
    backup.running = null;
  }
}

/** Aborts the backup in progress and resolves once it is cleaned up. Resolves at once if there is none. */
export async function stopBackup(): Promise<void> {
  const { running } = backup;
  running?.given.abort();
  await running?.ended.catch(() => undefined);
}
