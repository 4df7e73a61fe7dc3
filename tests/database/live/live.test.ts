import { randomUUID } from "node:crypto";
import pg from "pg";
import { afterAll, afterEach, beforeEach, describe, expect, test } from "vitest";
import { changeContacts } from "@/lib/change/change";
import { listHistory } from "@/lib/contact/queries";
import { createWatcher, type Watcher } from "@/lib/live/watcher";
import { compareClock } from "@/lib/runtime/clock";
import { openWorld } from "../change/change-world";
import { openStaffWorld } from "../staff/staff-world";
import { website } from "../website-statements";
import { listen, soon } from "./live-world";

const world = openWorld();
const people = openStaffWorld();
const site = new pg.Client({ connectionString: process.env.TEST_WEBSITE_URL });
await site.connect();
let watchers: Watcher[];
let ada: { id: string; sessionId: string };
let tomo: { id: string; sessionId: string };

async function addPerson() {
  const person = await people.addPerson();
  return { id: person.id, sessionId: await people.openSession(person) };
}

beforeEach(async () => {
  watchers = [];
  [ada, tomo] = [await addPerson(), await addPerson()];
});
afterEach(() => {
  for (const watcher of watchers) watcher.stop();
});
afterAll(async () => {
  await site.end();
  await Promise.all([world.close(), people.close()]);
});

/** The watcher of one server. */
function start(): Watcher {
  const watcher = createWatcher();
  watchers.push(watcher);
  return watcher;
}

/** Somebody with a list on the screen, whose stream is open. */
async function listenTo(watcher: Watcher, person: typeof ada, given: Partial<Parameters<typeof listen>[1]>) {
  const ear = listen(watcher, { staffId: person.id, sessionId: person.sessionId, ...given });
  await soon(ear.names).toContain("ready");
  return ear;
}

const close = (id: string, version = 1) =>
  changeContacts(tomo.id, { key: randomUUID(), change: { status: "closed" }, contacts: [{ id, version }] });

describe("what is told", () => {
  test("the website's plain INSERT arrives in the lists whose filter it is in, and in no other", async () => {
    const watcher = start();
    const service = `Service ${randomUUID()}`;
    const all = await listenTo(watcher, ada, { list: "" });
    const its = await listenTo(watcher, ada, { list: `service=${encodeURIComponent(service)}&status=new` });
    const other = await listenTo(watcher, ada, { list: "service=Nobody" });
    const id = `live_${randomUUID()}`;
    await website.submit(site, id, { service });
    await soon(its.arrived).toEqual([id]);
    await soon(all.arrived).toEqual([id]);
    expect(other.arrived()).toEqual([]);
  });

  test("a change, by whom and from what to what, and whether the contact is in the list now", async () => {
    const [id = ""] = await world.addContacts(1);
    const watcher = start();
    const closed = await listenTo(watcher, ada, { list: "status=closed" });
    const opened = await listenTo(watcher, ada, { contact: id });
    const elsewhere = await listenTo(watcher, ada, { contact: "another" });
    await close(id);
    await soon(closed.changes).toHaveLength(1);
    expect(closed.changes()[0]).toMatchObject({
      contact: id,
      version: 2,
      actor: "staff",
      actorId: tomo.id,
      fields: ["status"],
      steps: [{ field: "status", from: "new", to: "closed" }],
    });
    expect(closed.matching()).toEqual([id]);
    await soon(opened.changes).toHaveLength(1);
    expect(elsewhere.changes()).toEqual([]);
  });

  test("what is in a list of relative days on the day of the look, however old the stream is", async () => {
    // The website's contacts were sent on 2 November 2026.
    const setClock = (time: string) => compareClock(Date.parse(time), Date.now());
    setClock("2026-11-02T23:00:00Z");
    try {
      const watcher = start();
      const [today, yesterday] = [
        await listenTo(watcher, ada, { list: "from=today&to=today" }),
        await listenTo(watcher, tomo, { list: "from=yesterday&to=yesterday" }),
      ];
      const [before, after] = [`live_${randomUUID()}`, `live_${randomUUID()}`];
      await website.submit(site, before);
      await soon(today.arrived).toEqual([before]);
      setClock("2026-11-03T00:00:00Z");
      await website.submit(site, after);
      await soon(yesterday.arrived).toEqual([after]);
      expect(today.arrived()).toEqual([before]);
    } finally {
      setClock(new Date().toISOString());
    }
  });

  test("also why it is spam and what it repeats, as a contact's history tells", async () => {
    const [spam = "", repeated = "", original = "", snoozed = ""] = await world.addContacts(4);
    const ear = await listenTo(start(), ada, { list: "" });
    const change = (id: string, set: Parameters<typeof changeContacts>[1]["change"]) =>
      changeContacts(tomo.id, { key: randomUUID(), change: set, contacts: [{ id, version: 1 }] });
    await change(spam, { status: "spam", spamReason: "Advertising" });
    await change(repeated, { status: "closed", duplicateOf: original });
    await change(snoozed, { assigneeId: ada.id, snoozedUntil: new Date(Date.now() + 86_400_000).toISOString() });
    await soon(ear.changes).toHaveLength(3);
    for (const id of [spam, repeated, snoozed]) {
      const told = ear.changes().find(({ contact }) => contact === id);
      const [entry] = await listHistory(id);
      expect(told?.steps).toHaveLength(2);
      expect(told?.steps).toEqual(entry?.steps);
    }
  });

  test("what is in a list, however much others ask of theirs", async () => {
    const watcher = start();
    // Each path takes several parameters of the statement, and the protocol allows 65,535.
    const lists = Array.from({ length: 20 }, (_list, list) =>
      Array.from({ length: 200 }, (_path, at) => `insight=a.b.c.d.e.f.g.${list}_${at}:gt:1`).join("&"),
    );
    await Promise.all(lists.map((list) => listenTo(watcher, ada, { list })));
    const ear = await listenTo(watcher, tomo, { list: "status=new" });
    const id = `live_${randomUUID()}`;
    await website.submit(site, id);
    await soon(ear.arrived).toEqual([id]);
    expect(ear.names()).not.toContain("trouble");
  });

  test("nothing of what a visitor wrote", async () => {
    const ear = await listenTo(start(), ada, { list: "" });
    const id = `live_${randomUUID()}`;
    await website.submit(site, id, { name: "Secret Visitor", email: "secret@visitor.example", message: "Secret" });
    await website.analyse(site, id, '{"note":"Secret"}');
    await soon(ear.arrived).toEqual([id]);
    await soon(ear.changes).toHaveLength(1);
    expect(JSON.stringify(ear.heard)).not.toMatch(/secret/i);
  });

  test("each thing once, however often the looks overlap", async () => {
    const ear = await listenTo(start(), ada, { list: "" });
    const ids = [`live_${randomUUID()}`, `live_${randomUUID()}`, `live_${randomUUID()}`];
    for (const [index, id] of ids.entries()) {
      await website.submit(site, id);
      await soon(ear.arrived).toHaveLength(index + 1);
    }
    expect(ear.arrived()).toEqual(ids);
  });

  test("what a transaction wrote that was committed after later ones", async () => {
    const ear = await listenTo(start(), ada, { list: "" });
    const slow = new pg.Client({ connectionString: process.env.TEST_WEBSITE_URL });
    await slow.connect();
    const [first, second] = [`live_${randomUUID()}`, `live_${randomUUID()}`];
    await slow.query("begin");
    await website.submit(slow, first);
    await website.submit(site, second);
    await soon(ear.arrived).toEqual([second]);
    await slow.query("commit");
    await slow.end();
    await soon(ear.arrived).toEqual([second, first]);
  });

  test("what was committed between the reading of the page and the first word, and nothing from before", async () => {
    const watcher = start();
    const [before, after] = [`live_${randomUUID()}`, `live_${randomUUID()}`];
    await website.submit(site, before);
    const since = Date.now() + 1;
    await soon(() => Date.now()).toBeGreaterThan(since);
    await website.submit(site, after);
    const ear = await listenTo(watcher, ada, { list: "", since: { at: since, clock: "server" } });
    await soon(ear.arrived).toEqual([after]);
  });

  test("a thousand at once in one word, with who did it", async () => {
    const ear = await listenTo(start(), ada, { list: "" });
    await world.query(
      `insert into contact_submissions (id, name, email, message, "timestamp")
      select 'live_' || gen_random_uuid(), 'Many', 'many@example.com', 'Hello', now() from generate_series(1, 1000)`,
    );
    await expect
      .poll(ear.heard.slice.bind(ear.heard))
      .toContainEqual(
        expect.objectContaining({ name: "news", data: expect.objectContaining({ arrived: [], many: [null] }) }),
      );
    const id = `live_${randomUUID()}`;
    await website.submit(site, id);
    await soon(ear.arrived).toEqual([id]);
  });
});

describe("over several servers", () => {
  test("each tells its own, and both know who looks at what until they leave", async () => {
    const [id = ""] = await world.addContacts(1);
    const [one, two] = [start(), start()];
    const first = await listenTo(one, ada, { list: "", contact: id });
    const second = await listenTo(two, tomo, { list: "", contact: id });
    await soon(first.present).toEqual([tomo.id]);
    await soon(second.present).toEqual([ada.id]);
    await close(id);
    await soon(first.changes).toHaveLength(1);
    await soon(second.changes).toHaveLength(1);
    second.leave();
    await soon(first.present).toEqual([]);
  });

  test("a browser that is cut goes on at another server where it was", async () => {
    const ear = await listenTo(start(), ada, { list: "" });
    const at = ear.at() ?? 0;
    ear.leave();
    const id = `live_${randomUUID()}`;
    await website.submit(site, id);
    const again = await listenTo(start(), ada, { list: "", since: { at, clock: "database" } });
    await soon(again.arrived).toEqual([id]);
  });

  test("one that comes back after longer than anybody remembers is told so", async () => {
    const since = { at: Date.now() - 3_600_000, clock: "database" } as const;
    const ear = listen(start(), { staffId: ada.id, sessionId: ada.sessionId, list: "", since });
    await soon(ear.names).toContain("behind");
  });
});

describe("who may listen", () => {
  test("the stream of a session that ends is ended, and of no other", async () => {
    const watcher = start();
    const ears = [await listenTo(watcher, ada, { list: "" }), await listenTo(watcher, tomo, { list: "" })];
    await world.query("update staff_sessions set ended_at = now() where id = $1", [ada.sessionId]);
    await soon(() => ears.map((ear) => ear.closed())).toEqual([true, false]);
    expect(ears[0]?.names().at(-1)).toBe("ended");
  });

  test("no more than twenty tabs of one person, in however many sessions", () => {
    const watcher = start();
    for (let tab = 0; tab < 20; tab++) listen(watcher, { staffId: ada.id });
    expect(() => listen(watcher, { staffId: ada.id, sessionId: ada.sessionId })).toThrow("no room");
    listen(watcher, { staffId: tomo.id, sessionId: tomo.sessionId });
  });

  test("a newcomer where every place is taken: somebody who has most gives up their oldest", async () => {
    const watcher = start();
    const ears = Array.from({ length: 25 }, () => randomUUID()).flatMap((staffId) =>
      Array.from({ length: 20 }, () => listen(watcher, { staffId })),
    );
    expect(watcher.count()).toBe(500);
    const ear = listen(watcher, { staffId: tomo.id, sessionId: tomo.sessionId, list: "" });
    expect([watcher.count(), ears.filter(({ closed }) => closed()).length]).toEqual([500, 1]);
    expect(ears[0]?.closed()).toBe(true);
    await soon(ear.names).toContain("ready");
  });
});

test("while nobody listens nothing is asked", async () => {
  const ear = await listenTo(start(), ada, { list: "" });
  ear.leave();
  const count = async () => {
    const { rows } = await world.query(
      "select max(query_start) as at from pg_stat_activity where datname = current_database() and usename = 'desk_app'",
    );
    return rows[0].at?.getTime();
  };
  let last = await count();
  let same = 0;
  // Three times the interval between two checks.
  await expect
    .poll(
      async () => {
        const now = await count();
        same = now === last ? same + 1 : 0;
        last = now;
        return same;
      },
      { interval: 500, timeout: 20_000 },
    )
    .toBeGreaterThanOrEqual(6);
});
