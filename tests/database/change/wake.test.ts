import { randomUUID } from "node:crypto";
import pg from "pg";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { changeContacts } from "@/lib/change/change";
import { getContact, listHistory } from "@/lib/contact/queries";
import { cameBackByWriting } from "@/lib/contact/triage";
import { parseFilter } from "@/lib/filter/url";
import { listHistoryPage } from "@/lib/history/queries";
import { listContacts } from "@/lib/list/queries";
import { viewerOf } from "../../viewer";
import { openWorld, settled } from "./change-world";

const world = openWorld();
const site = new pg.Client({ connectionString: process.env.TEST_WEBSITE_URL });
let ada: string;
/** A new address for each test. */
let address: string;

beforeAll(async () => {
  await site.connect();
  ada = await world.addStaff("Ada Keller");
});
beforeEach(() => {
  address = `${randomUUID()}@visitor.example`;
});
afterAll(() => Promise.all([site.end(), world.close()]));

/** What the website does; it never names created_at. */
async function write(email: string, client: Pick<pg.Client, "query"> = site): Promise<string> {
  const id = `wake_${randomUUID()}`;
  await client.query(
    `insert into contact_submissions (id, name, email, message, "timestamp", status) values ($1, 'Mara', $2, 'Hello', now(), 'new')`,
    [id, email],
  );
  return id;
}

/** A contact that is snoozed until 2099, and so at version 2. */
async function snooze(email: string): Promise<string> {
  const id = await write(email);
  const snoozedUntil = "2099-01-05T08:00:00.000Z";
  settled(await changeContacts(ada, { key: randomUUID(), change: { snoozedUntil }, contacts: [{ id, version: 1 }] }));
  return id;
}

async function isSnoozed(id: string): Promise<boolean> {
  const { rows } = await world.query("select snoozed_until > now() as snoozed from contact_submissions where id = $1", [
    id,
  ]);
  return rows[0].snoozed === true;
}

/** How many inserts of contacts wait for a lock. */
async function countWaitingWriters(): Promise<number> {
  const { rows } = await world.query(
    `select count(*)::int as n from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'
      and query like 'insert into contact_submissions%'`,
  );
  return rows[0].n;
}

describe("a snoozed contact", () => {
  test("comes back when the same address writes again, as one version, and says why", async () => {
    const id = await snooze(address);
    await write(address);
    const contact = await getContact(id);
    expect(contact?.version).toBe(3);
    expect(cameBackByWriting(contact?.snoozedUntil?.toISOString() ?? null, contact?.wroteAgainAt ?? null)).toBe(true);
    const [latest, before] = await listHistory(id);
    expect(latest).toMatchObject({
      actor: "system",
      staffName: null,
      batchId: null,
      fields: ["snoozed_until", "wrote_again_at"],
    });
    expect(latest?.steps).toMatchObject([
      { field: "snoozedUntil", from: "2099-01-05T08:00:00.000Z", wroteAgain: true },
    ]);
    expect(before).toMatchObject({ actor: "staff", staffName: "Ada Keller", fields: ["snoozed_until"] });
    const { filter } = parseFilter(new URLSearchParams(`q=${address}&snoozed=false`));
    const { rows } = await listContacts(filter, viewerOf(ada));
    expect(rows.find((row) => row.id === id)?.wroteAgainAt).toEqual(contact?.snoozedUntil);
    const { entries } = await listHistoryPage({ who: "system", kind: null, from: null, to: null, before: null }, "UTC");
    expect(entries).toMatchObject([{ actor: "system", fields: ["snoozed_until", "wrote_again_at"], contact: { id } }]);
  });

  test("comes back for the address in another case and with what cannot be seen around it, and for no other", async () => {
    const [same, other] = [await snooze(` ${address.toUpperCase()}\u200b`), await snooze(`x${address}`)];
    await write(address);
    expect([await isSnoozed(same), await isSnoozed(other)]).toEqual([false, true]);
  });

  test.each(["", " ", "Not specified"])("stays for the address %j, which is nobody's", async (nobody) => {
    const id = await snooze(nobody);
    await write(nobody);
    expect(await isSnoozed(id)).toBe(true);
    await world.query("delete from contact_submissions where id = $1", [id]);
  });

  test("stays where a copy of what came in before is written", async () => {
    const id = await snooze(address);
    await world.query(
      `insert into contact_submissions (id, name, email, message, "timestamp", created_at)
       values ($1, 'Mara', $2, '', now(), now() - interval '1 hour')`,
      [randomUUID(), address],
    );
    expect(await isSnoozed(id)).toBe(true);
  });

  test("says so no more once it is snoozed anew, and has come back at its time", async () => {
    const id = await snooze(address);
    await write(address);
    const change = { snoozedUntil: "2000-01-03T08:00:00.000Z" };
    settled(await changeContacts(ada, { key: randomUUID(), change, contacts: [{ id, version: 3 }] }));
    const contact = await getContact(id);
    expect(cameBackByWriting(contact?.snoozedUntil?.toISOString() ?? null, contact?.wroteAgainAt ?? null)).toBe(false);
  });
});

test("a colleague who decides on what was seen before is told that it came back, and why", async () => {
  const id = await snooze(address);
  await write(address);
  const change = { status: "closed" } as const;
  const { conflicts } = settled(
    await changeContacts(ada, { key: randomUUID(), change, contacts: [{ id, version: 2 }] }),
  );
  expect(conflicts).toMatchObject([{ id, version: 3, who: "Contact Desk", steps: [{ wroteAgain: true }] }]);
});

test("a snooze that somebody ends at that moment was ended by them", async () => {
  const id = await snooze(address);
  const end = "update contact_submissions set snoozed_until = null where id = $1";
  const { written } = await world.hold(
    end,
    [id],
    async () => {
      let done = false;
      const written = write(address).finally(() => {
        done = true;
      });
      await expect.poll(async () => done || (await countWaitingWriters()) > 0, { interval: 10 }).toBe(true);
      return { written };
    },
    "commit",
  );
  await written;
  const { rows } = await world.query(
    "select snoozed_until, wrote_again_at, version from contact_submissions where id = $1",
    [id],
  );
  expect(rows).toEqual([{ snoozed_until: null, wrote_again_at: null, version: 3 }]);
});

describe("the website", () => {
  test("is not kept waiting or refused while somebody changes the contact that would come back", async () => {
    const id = await snooze(address);
    const written = await world.hold("select from contact_submissions where id = $1 for update", [id], () =>
      write(address),
    );
    expect((await getContact(written))?.email).toBe(address);
    expect(await isSnoozed(id)).toBe(true);
    // The next time it comes back.
    await write(address);
    expect(await isSnoozed(id)).toBe(false);
  });

  test("looks at no snoozed contact of other addresses, also by a plan from when there was none", async () => {
    const owner = new pg.Client({ connectionString: process.env.DATABASE_DIRECT_URL });
    await owner.connect();
    const countRead = async () => {
      const { rows } = await owner.query(
        `select seq_tup_read + idx_tup_fetch as read from pg_stat_xact_user_tables where relname = 'contact_submissions'`,
      );
      return Number(rows[0].read);
    };
    await owner.query("begin");
    // PostgreSQL plans anew for the first five.
    for (let at = 0; at < 7; at++) await write(address, owner);
    await owner.query(
      `insert into contact_submissions (id, name, email, message, "timestamp", created_at, snoozed_until)
       select gen_random_uuid(), 'Mara', gen_random_uuid() || '@visitor.example', '', now(), now() - interval '1 day', now() + interval '1 day'
       from generate_series(1, 300)`,
    );
    const before = await countRead();
    await write(address, owner);
    expect((await countRead()) - before).toBe(0);
    await owner.query("rollback");
    await owner.end();
  });

  test("has what it said of its transaction afterwards as before", async () => {
    await snooze(address);
    await site.query("begin");
    await site.query("select set_config('desk.actor', 'staff:x', true), set_config('desk.batch', $1, true)", [ada]);
    await write(address);
    const { rows } = await site.query(
      "select current_setting('desk.actor') as actor, current_setting('desk.batch') as batch, current_setting('lock_timeout') as wait",
    );
    await site.query("rollback");
    expect(rows).toEqual([{ actor: "staff:x", batch: ada, wait: "0" }]);
  });

  test("cannot end a snooze by calling for it", async () => {
    await expect(site.query("select wake_contacts('a', 'b', now(), now())")).rejects.toThrow(/permission denied/);
  });
});
