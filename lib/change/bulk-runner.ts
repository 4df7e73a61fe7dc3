import "server-only";
import { setTimeout as pause } from "node:timers/promises";
import { describeDatabaseError } from "@/lib/database/errors";
import { logFailedRequest } from "@/lib/desk/log";
import { giveUpBulk, runChunk } from "./bulk";

/** Milliseconds between two looks for batches that another server, or this one before it was restarted, has left. */
const lookEvery = 5_000;

/** Of the time a chunk took, what is left to everybody else before the next one. */
const rest = 0.25;

/** Failures in a row, of a kind that time does not heal, after which a batch is given up. */
const mostFailures = 5;

const shared = globalThis as unknown as { contactDeskBulks?: Promise<void> | null };

/** Makes batches that are under way, one chunk after the other, until none is left. Returns at once. */
export function wakeBulkRunner(): void {
  shared.contactDeskBulks ??= work().finally(() => {
    shared.contactDeskBulks = null;
  });
}

/** Looks for batches every few seconds, from the start of the server on. */
export function watchBulks(): void {
  setInterval(wakeBulkRunner, lookEvery).unref();
}

async function work(): Promise<void> {
  for (let failures = 0; failures < mostFailures; ) {
    const started = performance.now();
    try {
      if (!(await runChunk())) return;
      failures = 0;
    } catch (error) {
      const { code } = describeDatabaseError(error);
      // What the database gets over is waited for, by the next look at the latest. All else is tried a few times.
      if (code !== "unexpected" && code !== "bad_input" && code !== "retry") return;
      if (code !== "retry") failures++;
      logFailedRequest(error, { method: "RUN", route: "bulk", kind: "chunk" });
      if (failures === mostFailures) await giveUpBulk().catch(() => undefined);
    }
    await pause((performance.now() - started) * rest);
  }
}
