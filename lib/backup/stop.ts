/** The backup that this process makes, to be given up when it ends. Shared by the server and what Next bundles apart from it. */
const shared = globalThis as unknown as {
  contactDeskBackup?: { given: AbortController; ended: Promise<unknown> } | null;
};

/** Does some work that `stopBackup` can give up. */
export async function keepRunning<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const given = new AbortController();
  const ended = work(given.signal);
  shared.contactDeskBackup = { given, ended };
  try {
    return await ended;
  } finally {
    shared.contactDeskBackup = null;
  }
}

/** Gives up the backup that is being made, and comes back when nothing of it is left; at once where there is none. */
export async function stopBackup(): Promise<void> {
  const running = shared.contactDeskBackup;
  running?.given.abort();
  await running?.ended.catch(() => undefined);
}
