import "server-only";
import { setTimeout as pause } from "node:timers/promises";
import { worksAlone } from "@/lib/database/pool-shares";
import { createFairQueue } from "@/lib/runtime/fair-queue";
import { ofProcess } from "@/lib/runtime/of-process";
import { createPace } from "@/lib/runtime/pace";

/** Documents that one person may read at once. A browser opens at most six connections to a desk. */
export const mostReading = 6;

/** How many readings may wait, and for how many milliseconds. A page of previews requests all of them at once. */
const waits = { waiting: 30, patience: 5_000 };

const readers = ofProcess("readers", () => createFairQueue({ alone: mostReading, ...waits }));

/**
 * Waits until a person may read one more document, and returns the function that releases their turn. Null if they have
 * too many open. A file is read only as fast as its reader takes it, so a slow reader keeps files open for long. The
 * limit is per person, so that only they wait.
 */
export async function takeReader(staffId: string, signal: AbortSignal): Promise<(() => void) | null> {
  const turn = await readers.take(staffId, signal);
  return turn.ok ? turn.release : null;
}

/** Bytes per second for all of one person's documents together while others work: about an office network's speed. */
const pace = ofProcess("pace of documents", () => createPace(20_000_000));

/** Slows the bytes to the person's pace while others work. At full speed, reading would use the whole thread. */
export async function* paceReading(
  staffId: string,
  source: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array, void, undefined> {
  for await (const chunk of source) {
    yield chunk;
    if (worksAlone(staffId)) continue;
    const delay = pace.delay(staffId, chunk.length);
    // Shorter delays are beyond a timer's precision.
    if (delay >= 5) await pause(delay);
  }
}
