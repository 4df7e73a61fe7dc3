import "server-only";
import { setTimeout as pause } from "node:timers/promises";
import { worksAlone } from "@/lib/database/places";
import { createFairQueue } from "@/lib/runtime/fair-queue";
import { ofProcess } from "@/lib/runtime/of-process";
import { createPace } from "@/lib/runtime/pace";

/** Documents that one person reads at once: a browser opens no more than six connections to a desk. */
export const mostReading = 6;

/** Those that may wait, and for how many milliseconds: a page of previews asks for all of them at once. */
const waits = { waiting: 30, patience: 5_000 };

const readers = ofProcess("readers", () => createFairQueue({ alone: mostReading, ...waits }));

/**
 * Waits until a person may read one more document, and gives the function that says it has been read; null where they have too
 * many open. A file is read only as fast as it is taken, so a few that nobody takes are open for long: only their reader waits.
 */
export async function takeReader(staffId: string, signal: AbortSignal): Promise<(() => void) | null> {
  const turn = await readers.take(staffId, signal);
  return turn.ok ? turn.release : null;
}

/** Bytes a second that one person's documents come at, all together, while others work: as fast as a usual office's network. */
const pace = ofProcess("pace of documents", () => createPace(20_000_000));

/** The same bytes, at the person's pace while others work: read at full speed they would take the whole thread. */
export async function* paceReading(
  staffId: string,
  source: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array, void, undefined> {
  for await (const chunk of source) {
    yield chunk;
    if (worksAlone(staffId)) continue;
    const delay = pace.delay(staffId, chunk.length);
    // Timers are no finer than that.
    if (delay >= 5) await pause(delay);
  }
}
