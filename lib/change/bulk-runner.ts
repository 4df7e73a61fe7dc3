import "server-only";
import { setTimeout as pause } from "node:timers/promises";
import { describeDatabaseError } from "@/lib/database/errors";
import { logFailedRequest } from "@/lib/runtime/log";
import { workFor } from "@/lib/runtime/requester";
import { workOn } from "@/lib/runtime/screen";
import { singleFlight } from "@/lib/runtime/single-flight";
import { type BulkPlace, giveUpBulk, runChunk } from "./bulk";

/** Milliseconds between two looks for batches that another server, or this one before it was restarted, has left. */
const lookEvery = 5_000;

/** Of the time a chunk took, what is left to everybody else before the next one. */
const rest = 0.25;

/** Failures at the same place, of a kind that time does not heal, after which a batch is given up. */
const mostFailures = 5;

/** Makes batches that are under way, one chunk after the other, until none is left. Returns at once. */
export function wakeBulkRunner(): void {
  void singleFlight("bulk", () => workOn("bulk", null, () => workFor(null, work)));
}

/** Looks for batches every few seconds, from the start of the server on. */
export function watchBulks(): void {
  setInterval(wakeBulkRunner, lookEvery).unref();
}

async function work(): Promise<void> {
  // Counted for each batch apart: others that can be made, or fail too, are made and begun between.
  const failures = new Map<string, number>();
  for (;;) {
    const started = performance.now();
    let place = null as BulkPlace | null;
    try {
      const more = await runChunk((taken) => {
        place = taken;
      });
      if (!more) return;
    } catch (error) {
      const { code } = describeDatabaseError(error);
      // What the database gets over is waited for, by the next look at the latest. All else is tried a few times.
      if (code !== "unexpected" && code !== "bad_input" && code !== "retry") return;
      logFailedRequest(error, { method: "RUN", route: "bulk", kind: "chunk" });
      if (place === null) return;
      if (code !== "retry") await noteFailure(failures, place);
    }
    await pause((performance.now() - started) * rest);
  }
}

/** Gives a batch up where this is one failure too many, whatever has become of others meanwhile. */
async function noteFailure(failures: Map<string, number>, place: BulkPlace): Promise<void> {
  const name = `${place.batch} ${place.done}`;
  const count = (failures.get(name) ?? 0) + 1;
  failures.set(name, count % mostFailures);
  if (count === mostFailures) await giveUpBulk(place).catch(() => undefined);
}
