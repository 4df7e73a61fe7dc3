import "server-only";
import { Gauge, Registry } from "prom-client";
import { getReplicaState } from "@/lib/database/replica-watch";
import { printMeasures } from "@/lib/server/measure-merge";
import { type Figures, getFigures } from "./figures";

const registers = [new Registry()];
const [registry] = registers as [Registry];

const database = new Gauge({
  name: "desk_database_up",
  help: "Whether the database has given the figures below within the last two minutes: 1 or 0. Without it they are left out.",
  registers,
});
const contacts = new Gauge({
  name: "desk_contacts",
  help: "Contacts by status; other is every status that is none of the desk's.",
  labelNames: ["status"] as const,
  registers,
});
const documents = new Gauge({
  name: "desk_documents",
  help: "Documents that wait to be processed, are being processed, or could not be.",
  labelNames: ["state"] as const,
  registers,
});
const bulkChanges = new Gauge({ name: "desk_bulk_changes", help: "Large changes that are under way.", registers });
const bulkContacts = new Gauge({
  name: "desk_bulk_contacts",
  help: "Contacts whose turn has not come in the large changes that are under way.",
  registers,
});
const visitors = new Gauge({ name: "website_visitor_count", help: "The website's counter of visitors.", registers });
const replicaLag = new Gauge({
  name: "desk_replica_lag_bytes",
  help: "How far the latest replica is behind: of those that the primary knows, and of the one the desk reads from. Left out without any.",
  registers,
});
const replicaSeconds = new Gauge({
  name: "desk_replica_lag_seconds",
  help: "How long ago the primary was where the replica that the desk reads from is; left out without one.",
  registers,
});
const replicaUsed = new Gauge({
  name: "desk_replica_used",
  help: "Whether the desk reads from its replica: 1 or 0. Left out without one.",
  registers,
});
const backupLate = new Gauge({
  name: "desk_backup_late_seconds",
  help: "Since a backup was due that is not there; 0 while none is missing. Left out, as the others of backups, where none are made.",
  registers,
});
const backupUnproved = new Gauge({
  name: "desk_backup_unproved_seconds",
  help: "Since the last backup began that was restored and found whole; where none ever was, since the first try.",
  registers,
});
const backupFailed = new Gauge({
  name: "desk_backup_failed",
  help: "Whether the last backup failed, or what it made cannot be restored: 1 or 0.",
  registers,
});
const backupBytes = new Gauge({ name: "desk_backup_size_bytes", help: "Of the last backup.", registers });
const backups = [backupLate, backupUnproved, backupFailed, backupBytes];

/**
 * All metrics as Prometheus reads them. What needs the database is left out while it does not answer.
 * @throws Error when the processes' numbers cannot be put together
 */
export async function printMetrics(): Promise<string> {
  const [measures, figures] = await Promise.all([printMeasures(), getFigures()]);
  // Nothing waits from here until it is printed: two who ask at once do not see each other's.
  setFigures(figures);
  return `${measures}\n${await registry.metrics()}`;
}

function setFigures(figures: Figures | null): void {
  registry.resetMetrics();
  // Reset, one without labels is 0, which would be a figure.
  const figured = [bulkChanges, bulkContacts, visitors, replicaLag, replicaSeconds, replicaUsed, ...backups];
  for (const gauge of figured) gauge.remove();
  setReplica(figures?.replicaLag ?? null);
  database.set(figures ? 1 : 0);
  if (!figures) return;
  for (const [status, count] of Object.entries(figures.contacts)) contacts.set({ status }, count);
  for (const [state, count] of Object.entries(figures.documents)) documents.set({ state }, count);
  bulkChanges.set(figures.bulk.changes);
  bulkContacts.set(figures.bulk.contacts);
  if (figures.visitors !== null) visitors.set(figures.visitors);
  if (figures.backups === null) return;
  backupLate.set(figures.backups.late);
  backupUnproved.set(figures.backups.unproved);
  backupFailed.set(figures.backups.failed);
  if (figures.backups.bytes !== null) backupBytes.set(figures.backups.bytes);
}

/** @param known bytes that the latest of the replicas is behind that are connected to the primary */
function setReplica(known: number | null): void {
  const state = getReplicaState();
  const bytes = Math.max(known ?? -1, state?.lagBytes ?? -1);
  if (bytes >= 0) replicaLag.set(bytes);
  if (!state) return;
  replicaUsed.set(state.trouble === null ? 1 : 0);
  if (state.lagSeconds !== null) replicaSeconds.set(state.lagSeconds);
}
