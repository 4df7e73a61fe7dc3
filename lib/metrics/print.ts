import "server-only";
import { Gauge, Registry } from "prom-client";
import { checkReadiness } from "@/lib/database/health";
import { getReplicaState } from "@/lib/database/replica/replica-watch";
import { getClockDifference } from "@/lib/runtime/clock";
import { printMeasures } from "@/lib/server/measures/measure-merge";
import { getFigures, type KnownFigures, listKnownFigures } from "./remembered-figures";

const registers = [new Registry()];
const [registry] = registers as [Registry];

const database = new Gauge({
  name: "desk_database_up",
  help: "Whether the database answers within a second, on a connection beside the pool: 1 or 0.",
  registers,
});
const clock = new Gauge({
  name: "desk_clock_difference_seconds",
  help: "How far this server's clock is ahead of the database's, or behind it where negative.",
  registers,
});
const ages = new Gauge({
  name: "desk_figure_age_seconds",
  help: "How long ago each of the figures below was read. They are left out when they are older than a quarter of an hour.",
  labelNames: ["figure"] as const,
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
 * All metrics in Prometheus' text format. A figure that the database did not deliver in time keeps its last value.
 * @throws Error if the processes' numbers cannot be combined
 */
export async function printMetrics(): Promise<string> {
  const [measures, { up, known }] = await Promise.all([printMeasures(), readDatabase()]);
  // No await between setting and printing, so concurrent requests do not see each other's figures.
  setFigures(up, known);
  return `${measures}\n${await registry.metrics()}`;
}

/** Checks the database separately first. A slow figure or a full pool does not mean that it is down. */
async function readDatabase(): Promise<{ up: boolean; known: KnownFigures }> {
  const readiness = await checkReadiness();
  const up = readiness.ready || readiness.reason !== "database";
  return { up, known: up ? await getFigures() : listKnownFigures() };
}

function setFigures(up: boolean, known: KnownFigures): void {
  registry.resetMetrics();
  // A reset gauge without labels prints 0, which would be a false figure, so it is removed.
  const figured = [clock, bulkChanges, bulkContacts, visitors, replicaLag, replicaSeconds, replicaUsed, ...backups];
  for (const gauge of figured) gauge.remove();
  database.set(up ? 1 : 0);
  const difference = getClockDifference();
  if (difference !== null) clock.set(difference);
  for (const [figure, age] of Object.entries(known.ages)) ages.set({ figure }, age);
  const { desk, ...counted } = known.figures;
  setReplica(desk?.replicaLag ?? null);
  for (const [status, count] of Object.entries(counted.contacts ?? {})) contacts.set({ status }, count);
  for (const [state, count] of Object.entries(counted.documents ?? {})) documents.set({ state }, count);
  if (!desk) return;
  bulkChanges.set(desk.bulk.changes);
  bulkContacts.set(desk.bulk.contacts);
  if (desk.visitors !== null) visitors.set(desk.visitors);
  if (desk.backups === null) return;
  backupLate.set(desk.backups.late);
  backupUnproved.set(desk.backups.unproved);
  backupFailed.set(desk.backups.failed);
  if (desk.backups.bytes !== null) backupBytes.set(desk.backups.bytes);
}

/** @param known bytes of the connected replica that is furthest behind, as the primary reports them */
function setReplica(known: number | null): void {
  const state = getReplicaState();
  const bytes = Math.max(known ?? -1, state?.lagBytes ?? -1);
  if (bytes >= 0) replicaLag.set(bytes);
  if (!state) return;
  replicaUsed.set(state.trouble === null ? 1 : 0);
  if (state.lagSeconds !== null) replicaSeconds.set(state.lagSeconds);
}
