import type { Instrumentation } from "next";

/** Runs once, when the server starts. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== "nodejs") return;
  const { untilServed } = await import("@/lib/database/migrate/schema-state");
  const { watchBulks } = await import("@/lib/change/bulk-runner");
  const { watchPendingWords } = await import("@/lib/database/migrate/pending-words");
  const { watchFileRemoval } = await import("@/lib/people/files");
  const { watchRetention } = await import("@/lib/people/retention");
  const { watchMonths } = await import("@/lib/months/months");
  const { watchPool } = await import("@/lib/server/measures/pool-history");
  const { watchBackups } = await import("@/lib/backup/scheduler");
  const { watchReplica } = await import("@/lib/database/replica/replica-watch");
  watchPool();
  watchReplica();
  // Not awaited: the server must answer while it waits for its database.
  void untilServed().then(() => {
    watchBulks();
    watchPendingWords();
  });
  void untilServed("0660_backup_runs.sql").then(watchBackups);
  void untilServed("0830_forget_detached.sql").then(() => {
    watchFileRemoval();
    watchRetention();
    watchMonths();
  });
}

/** Logs every error that reached Next from a page, a handler or an action. Nothing else logs them. */
export const onRequestError: Instrumentation.onRequestError = async (error, request, context) => {
  if (process.env.NEXT_RUNTIME !== "nodejs") return;
  const { logFailedRequest } = await import("@/lib/runtime/log");
  // The route, not the path: a search or an id in the address may be personal data.
  logFailedRequest(error, { method: request.method, route: context.routePath, kind: context.routeType });
};
