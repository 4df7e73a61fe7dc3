import { ofProcess } from "@/lib/runtime/of-process";

type Running = { given: AbortController; ended: Promise<unknown> };

/** The backup that this process makes, to be given up when it ends. */
const backup = ofProcess("backup", () => ({ running: null as Running | null }));

/** Does some work that `stopBackup` can give up. */
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

/** Gives up the backup that is being made, and comes back when nothing of it is left; at once where there is none. */
export async function stopBackup(): Promise<void> {
  const { running } = backup;
  running?.given.abort();
  await running?.ended.catch(() => undefined);
}
