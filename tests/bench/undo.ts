import pg from "pg";

type Undo = (client: pg.Client) => Promise<void>;

const waiting = new Map<Undo, string>();

/**
 * Does the work, and afterwards takes back what of it was committed: on a connection of its own, because that of the work
 * may be busy, or in a transaction that has failed.
 */
export async function withUndo<R>(url: string, undo: Undo, work: () => Promise<R>): Promise<R> {
  waiting.set(undo, url);
  try {
    return await work();
  } finally {
    await takeBack(undo);
  }
}

/** Takes back what work that was interrupted has committed, the latest first. */
export async function undoInterrupted(): Promise<void> {
  for (const undo of [...waiting.keys()].reverse()) await takeBack(undo);
}

async function takeBack(undo: Undo): Promise<void> {
  const url = waiting.get(undo);
  if (!waiting.delete(undo)) return;
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await undo(client);
  } finally {
    await client.end();
  }
}
