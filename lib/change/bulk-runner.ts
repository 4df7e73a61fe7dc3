import "server-only";
import { setTimeout as pause } from "node:timers/promises";
import { describeDatabaseError } from "@/lib/database/errors";
import { logFailedRequest } from "@/lib/runtime/log";
import { workFor } from "@/lib/runtime/requester";
import { workOn } from "@/lib/runtime/screen";
import { singleFlight } from "@/lib/runtime/single-flight";
import { giveUpBulk, runChunk, type TakenChunk } from "./bulk";

/**
 * Milliseconds between two looks for batches that another server, or this one before a restart, has left unfinished.
 */
const lookEvery = 5_000;

/** The pause after a chunk, as a fraction of the time it took, to leave room for everybody else. */
const rest = 0.25;

/** A batch is given up after this many failures at the same chunk, of a kind that waiting does not cure. */
const mostFailures = 5;

/** Makes the batches that are under way, chunk by chunk, until none is left. Returns at once. */
export function wakeBulkRunner(): void {
  void singleFlight("bulk", () => workOn("bulk", null, () => workFor(null, work)));
}

/** Looks for batches every few seconds, from the start of the server on. */
export function watchBulks(): void {
  setInterval(wakeBulkRunner, lookEvery).unref();
}

async function work(): Promise<void> {
  // Counted per batch, because chunks of other batches are made, or fail, in between.
  const failures = new Map<string, number>();
  for (;;) {
    const started = performance.now();
    let chunk = null as TakenChunk | null;
    try {
      const more = await runChunk((taken) => {
        chunk = taken;
      });
      if (!more) return;
    } catch (error) {
      const { code } = describeDatabaseError(error);
      // If the database is only busy or slow, the next look tries again. All other errors are retried a few times.
      if (code !== "unexpected" && code !== "bad_input" && code !== "retry") return;
      logFailedRequest(error, { method: "RUN", route: "bulk", kind: "chunk" });
      if (chunk === null) return;
      if (code !== "retry") await noteFailure(failures, chunk);
    }
    await pause((performance.now() - started) * rest);
  }
}

/** Gives a batch up if this is one failure too many, whatever other batches have done meanwhile. */
async function noteFailure(failures: Map<string, number>, chunk: TakenChunk): Promise<void> {
  const name = `${chunk.batch} ${chunk.done}`;
  const count = (failures.get(name) ?? 0) + 1;
  failures.set(name, count % mostFailures);
  if (count === mostFailures) await giveUpBulk(chunk).catch(() => undefined);
}
