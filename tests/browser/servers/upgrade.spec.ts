import type { ChildProcess } from "node:child_process";
import { cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import type { Page } from "playwright/test";
import { migrate } from "@/lib/database/migrate/migrations";
import { findFreePort } from "@/scripts/command/processes";
import { createDatabase, type TestDatabase } from "@/tests/database/databases";
import { connect, migrationOf } from "@/tests/database/installation";
import { makePreviousSchema } from "@/tests/database/migrate/previous-version";
import { website } from "@/tests/database/website-statements";
import { addContacts } from "../inbox-contacts";
import { startApplication } from "../server";
import { createStaff, query, signInCookie, type TestStaff } from "../sign-in";
import { expect, test } from "../test";

// One server of this version, from the previous version's schema to a next version's, while everybody reads and writes.
const given = { ...process.env };
let database: TestDatabase;
let desk: ChildProcess | undefined;
let base: string;
let folder: string;

test.beforeAll(async () => {
  const { port, password } = new URL(process.env.DATABASE_DIRECT_URL ?? "");
  database = await createDatabase({ port: Number(port), password, version: 18 }, "empty");
  await using owner = await connect(database.owner);
  await using watcher = await connect(database.owner);
  await makePreviousSchema(owner, watcher, "desk_app");
  await owner.query("grant select, insert, update on contact_submissions, documents, website_visitors to website");
  folder = mkdtempSync(join(tmpdir(), "contact-desk-next-"));
  Object.assign(process.env, { DATABASE_URL: database.app, DATABASE_DIRECT_URL: database.owner });
  const address = await findFreePort();
  base = `http://127.0.0.1:${address}`;
  desk = await startApplication(address, { NEXTAUTH_URL: base });
});
test.afterAll(async () => {
  if (desk?.exitCode === null) {
    const ended = new Promise((over) => desk?.once("exit", over));
    desk.kill("SIGTERM");
    await ended;
  }
  const { DATABASE_URL, DATABASE_DIRECT_URL } = given;
  Object.assign(process.env, { DATABASE_URL, DATABASE_DIRECT_URL });
  rmSync(folder, { recursive: true, force: true });
  await database.drop();
});

/** This version's migrations and two of a next version, with what a next version may add. */
function writeNextVersion(): void {
  cpSync("sql", folder, { recursive: true });
  const next = `
    alter table contact_submissions add column next_note text;
    alter table contact_history add column next_note text;
    alter table staff add column next_rank integer not null default 0;
    alter table desk_settings add column next_choice text not null default 'all';
    create table next_things (id uuid primary key default gen_random_uuid(), staff_id uuid references staff (id));`;
  writeFileSync(join(folder, "9990_next.sql"), next);
  const index = "create index concurrently next_note on contact_submissions (next_note);";
  writeFileSync(join(folder, "9991_next_index.sql"), `-- migrate:no-transaction\n${index}`);
}

/** The website writes all the time: contacts, what the pipeline adds to them, and visitors. */
function startWebsite() {
  let [running, sent, longest] = [true, 0, 0];
  const work = (async () => {
    await using client = await connect(database.website);
    while (running) {
      const id = `contact_1793000000_${String(sent++).padStart(8, "0")}`;
      for (const write of [
        () => website.submit(client, id),
        () => website.analyse(client, id, '{"total_documents":1}'),
        () => website.count(client),
      ]) {
        const started = performance.now();
        await write();
        longest = Math.max(longest, performance.now() - started);
      }
      // Some thirty a second, because the machine needs time for everybody else.
      await pause(30);
    }
  })();
  work.catch(() => undefined);
  return {
    sent: () => sent,
    async stop() {
      running = false;
      await work;
      return { sent, longest };
    },
  };
}

/** Somebody reads one page after the other. Returns how often each status occurred. */
function startReading(paths: string[], { name, value }: { name: string; value: string }) {
  const seen: Record<string, number> = {};
  let running = true;
  const work = (async () => {
    for (let at = 0; running; at++) {
      const answer = await fetch(base + paths[at % paths.length], {
        headers: { cookie: `${name}=${value}` },
        redirect: "manual",
      });
      await answer.text();
      seen[answer.status] = (seen[answer.status] ?? 0) + 1;
    }
  })();
  work.catch(() => undefined);
  return {
    answered: () => seen[200] ?? 0,
    async stop() {
      running = false;
      await work;
      return seen;
    },
  };
}

/** Decides one contact after the other by its key. */
function startDeciding(page: Page) {
  const decided: string[] = [];
  let running = true;
  const work = (async () => {
    while (running) {
      const name = page.locator("#triage-name");
      const shown = (await name.textContent()) ?? "";
      decided.push(shown);
      await page.keyboard.press("5");
      await expect(name).not.toHaveText(shown);
    }
  })();
  work.catch(() => undefined);
  return {
    decided,
    async stop() {
      running = false;
      await work;
    },
  };
}

async function cookieOf({ id }: TestStaff): Promise<{ name: string; value: string }> {
  const { name, value } = await signInCookie(id);
  return { name, value };
}

test("a page that awaits the migration is 503, says when to try again, and the rest works", async () => {
  const { name, value } = await cookieOf(await createStaff("admin"));
  const read = async (path: string, headers = {}) => {
    const answer = await fetch(base + path, { headers: { cookie: `${name}=${value}`, ...headers } });
    await answer.text();
    return [answer.status, answer.headers.get("retry-after")];
  };
  expect(await read("/settings/person")).toEqual([503, "30"]);
  expect(await read("/settings")).toEqual([200, null]);
  // What a click loads is a stream that has begun, so the reason stands in it.
  expect(await read("/settings/person", { rsc: "1" })).toEqual([200, null]);
});

test("on the schema of the version before, during the migration and on that of a next version the desk serves, and nothing is lost", async ({
  context,
  browser,
  expectedErrors,
}) => {
  test.setTimeout(300_000);
  // A page that depends on what does not exist yet says so.
  expectedErrors.push(/AWAITS_UPDATE|Server Components render|React error #441|status of 503 .*settings\/person/);
  const { contacts, service, href } = await addContacts(Array.from({ length: 400 }, () => ({})));
  const [decider, admin, reader] = await Promise.all([
    createStaff("agent"),
    createStaff("admin"),
    createStaff("manager"),
  ]);
  const reading = startReading(
    [href, `/contacts/${contacts[399]?.id}`, "/contacts?q=northlight", "/analytics"],
    await cookieOf(reader),
  );
  const site = startWebsite();
  await context.addCookies([{ ...(await cookieOf(decider)), url: base }]);
  const page = await context.newPage();
  await page.goto(base + href.replace("/contacts", "/triage"));
  const deciding = startDeciding(page);

  const aside = await browser.newContext();
  await aside.addCookies([{ ...(await cookieOf(admin)), url: base }]);
  const other = await aside.newPage();

  /** Everybody has done some more. */
  const work = async (what: string) => {
    const counts = () => [reading.answered(), deciding.decided.length, site.sent()];
    const from = counts();
    await expect
      .poll(() => counts().every((count, at) => count >= (from[at] ?? 0) + 4), { message: what, timeout: 60_000 })
      .toBe(true);
  };
  const hasNewParts = async () => {
    const answer = await other.goto(`${base}/settings/person`);
    const [waits, works] = [
      other.getByText("The desk is being updated"),
      other.getByRole("heading", { name: "What was done" }),
    ];
    await expect(waits.or(works).first()).toBeVisible();
    const isThere = await works.isVisible();
    expect([answer?.status(), answer?.headers()["retry-after"]]).toEqual(isThere ? [200, undefined] : [503, "30"]);
    return isThere;
  };

  const isReady = async () => (await fetch(`${base}/api/health/ready`)).status;
  await work("on the schema of the version before");
  await expect.poll(isReady).toBe(200);
  expect(await hasNewParts()).toBe(false);
  // What has been there for longer works, beside what has not.
  await other.goto(`${base}/settings`);
  await expect(other.getByRole("button", { name: "Save settings" })).toBeVisible();
  await expect(other.getByRole("region", { name: "Old months" })).toContainText("is being updated");

  await migrate(migrationOf(database));
  await expect.poll(hasNewParts, { timeout: 60_000 }).toBe(true);
  await work("on its own schema");

  writeNextVersion();
  expect(await migrate({ ...migrationOf(database), folder })).toEqual(["9990_next.sql", "9991_next_index.sql"]);
  await work("on the schema of a next version");
  await expect.poll(isReady).toBe(200);

  await deciding.stop();
  const { sent, longest } = await site.stop();
  const outcomes = await reading.stop();
  console.log(
    `${deciding.decided.length} decisions, ${sent} contacts of the website (longest statement ${Math.round(longest)} ms), pages: ${JSON.stringify(outcomes)}`,
  );
  expect(Object.keys(outcomes)).toEqual(["200"]);
  expect(new Set(deciding.decided).size).toBe(deciding.decided.length);
  const each = String(deciding.decided.length);
  const counted = () =>
    query(
      `select count(*) filter (where version = 2) as once, count(*) as closed,
         (select count(*) from contact_history h join contact_submissions s on s.id = h.contact_id and s.service = $1) as changes
       from contact_submissions where service = $1 and status = 'closed'`,
      [service],
    );
  await expect.poll(counted, { timeout: 60_000 }).toEqual([{ once: each, closed: each, changes: each }]);
  const stored = await query(
    "select count(*)::int as n from contact_submissions where id like 'contact_1793%' and document_insights is not null",
  );
  expect(stored).toEqual([{ n: sent }]);
  await page.goto("about:blank");
  await other.goto("about:blank");
});

test("on a schema older than that of the version before nothing is served", async () => {
  await query("delete from schema_migration where name = '0020_staff_and_desk.sql'");
  const port = await findFreePort();
  const late = await startApplication(port, { NEXTAUTH_URL: `http://127.0.0.1:${port}` });
  const ended = new Promise((over) => late.once("exit", over));
  try {
    const ready = await fetch(`http://127.0.0.1:${port}/api/health/ready`);
    expect([ready.status, await ready.text()]).toEqual([503, expect.stringContaining('"schema"')]);
    expect((await fetch(`http://127.0.0.1:${port}/contacts`)).status).toBe(503);
  } finally {
    late.kill("SIGTERM");
    await ended;
  }
});
