import "server-only";
import { Prisma } from "@/generated/prisma/client";
import { logFailedRequest } from "@/lib/runtime/log";
import { workOn } from "@/lib/runtime/screen";
import { singleFlight } from "@/lib/runtime/single-flight";
import { describeDatabaseError } from "../errors";
import { inTransaction } from "../query";

/**
 * Milliseconds between two runs. About 4,500 contacts may arrive in between before one of them has to wait (sql/0550).
 */
const runEvery = 60_000;

/** Whether the last run failed, and was logged. */
let failing = false;

/**
 * Moves the pending entries of the word index into it, so that no INSERT of the website has to. Servers that run this
 * at the same time wait for each other, and the later ones find nothing left.
 * @returns the pages (8 kB) that were pending; 0 where there is no such index.
 * @throws DatabaseError
 */
export async function clearPendingWords(): Promise<number> {
  const [cleared] = await inTransaction("bulk", (run) =>
    run<{ pages: number }>(Prisma.sql`select clear_pending_words()::integer as pages`),
  );
  return cleared?.pages ?? 0;
}

/** Clears them once a minute while the server runs. */
export function watchPendingWords(): void {
  setInterval(() => {
    void singleFlight("pending words", () => workOn("pending words", null, clear));
  }, runEvery).unref();
}

async function clear(): Promise<void> {
  try {
    await clearPendingWords();
    failing = false;
  } catch (error) {
    // Whoever needs the database reports that it is away. Any other error would be the same line every minute.
    if (failing || describeDatabaseError(error).code === "busy") return;
    failing = true;
    logFailedRequest(error, { method: "RUN", route: "pending words", kind: "clear" });
  }
}
