import { randomUUID } from "node:crypto";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import type { Assignments } from "@/lib/change/assignments";
import { cancelBulk, giveUpBulk, mostUnderWay, runChunk, startBulk } from "@/lib/change/bulk";
import { getBulk, listBulkConflicts, listBulksOf } from "@/lib/change/bulk-progress";
import { wakeBulkRunner } from "@/lib/change/bulk-runner";
import { changeContacts, undoBatch } from "@/lib/change/change";
import { type FrozenSet, freezeMatching, mostUnused } from "@/lib/change/frozen-set";
import { DatabaseError } from "@/lib/database/errors";
import { type ContactFilter, emptyFilter, withField } from "@/lib/filter/filter";
import type { Viewer } from "@/lib/filter/viewer";
import { viewerOf } from "../../viewer";
import { openWorld, settled } from "./change-world";

const world = openWorld();
let ada: Viewer;
let tomo: Viewer;
const services: string[] = [];

beforeAll(async () => {
  ada = viewerOf(await world.addStaff("Ada Keller"));
  tomo = viewerOf(await world.addStaff("Tomo Sato"));
});

afterEach(async () => {
  await world.query("delete from contact_submissions where service = any($1)", [services.splice(0)]);
});

afterAll(() => world.close());

/** So many contacts of a service of their own, and the filter that matches them. */
async function addMatching(count: number, status = "new"): Promise<{ filter: ContactFilter; ids: string[] }> {
  const service = `Bulk ${randomUUID()}`;
  services.push(service);
  const { rows } = await world.query(
    `insert into contact_submissions (id, name, email, message, service, "timestamp", status)
     select 'bulk_' || gen_random_uuid(), 'Mara Lindqvist', 'mara@northlight.example', 'Hello', $1, now(), $3
     from generate_series(1, $2) returning id`,
    [service, count, status],
  );
  return { filter: withField(emptyFilter, "service", { add: [service] }), ids: rows.map(({ id }) => id).sort() };
}

async function freeze(filter: ContactFilter, viewer = ada): Promise<FrozenSet> {
  const set = await freezeMatching(filter, viewer);
  if (set === null || set === "too many") throw new Error(`not frozen: ${set}`);
  return set;
}

async function start(set: FrozenSet, change: Assignments, viewer = ada): Promise<string> {
  const started = await startBulk(viewer.staffId, { key: randomUUID(), set: set.id, change } as never);
  if (!started.ok) throw new Error(started.message);
  return started.batch;
}

async function finish(batch: string) {
  for (;;) {
    const progress = await getBulk(batch);
    if (!progress) throw new Error("no such batch");
    if (progress.state !== "running") return progress;
    await runChunk();
  }
}

/** How many contacts have each status and version: "closed 2". */
async function tally(ids: string[]): Promise<Record<string, number>> {
  const { rows } = await world.query(
    `select status || ' ' || version as state, count(*)::int as count from contact_submissions
     where id = any($1) group by 1`,
    [ids],
  );
  return Object.fromEntries(rows.map(({ state, count }) => [state, count]));
}

async function countHistory(ids: string[]): Promise<{ rows: number; contacts: number }> {
  const { rows } = await world.query(
    `select count(*)::int as rows, count(distinct contact_id)::int as contacts from contact_history
     where contact_id = any($1)`,
    [ids],
  );
  return rows[0];
}

describe("a frozen set", () => {
  test("is what matched at that moment: what arrives later is not changed, what stops matching is", async () => {
    const { filter, ids } = await addMatching(3);
    const set = await freeze(withField(filter, "status", { add: ["new"] }));
    expect(set.total).toBe(3);
    const service = filter.fields.service?.any[0];
    await world.query(
      `insert into contact_submissions (id, name, email, message, service, "timestamp") values ($1, 'x', 'x', 'x', $2, now())`,
      [`bulk_late_${randomUUID()}`, service],
    );
    await world.query("update contact_submissions set service = service || ' moved' where id = $1", [ids[0]]);
    services.push(`${service} moved`);
    expect(await finish(await start(set, { status: "closed" }))).toMatchObject({ total: 3, done: 3, stale: 0 });
    expect(await tally(ids)).toEqual({ "closed 2": 3 });
    const { rows } = await world.query(
      "select status from contact_submissions where service = $1 and id like 'bulk_late%'",
      [service],
    );
    expect(rows).toEqual([{ status: "new" }]);
  });

  test("says what is in it, by status and by whose it is", async () => {
    const { filter, ids } = await addMatching(5);
    await world.query("update contact_submissions set status = 'in_review', assignee_id = $2 where id = any($1)", [
      ids.slice(0, 2),
      tomo.staffId,
    ]);
    expect((await freeze(filter)).parts).toEqual([
      { status: "new", assigneeId: null, count: 3 },
      { status: "in_review", assigneeId: tomo.staffId, count: 2 },
    ]);
  });

  test("of nothing is none", async () => {
    expect(await freezeMatching(withField(emptyFilter, "service", { add: [randomUUID()] }), ada)).toBeNull();
  });

  test("is changed once, by the person who froze it; the same key again is the same batch", async () => {
    const { filter } = await addMatching(2);
    const set = await freeze(filter);
    const request = { key: randomUUID(), set: set.id, change: { status: "closed" as const } };
    expect(await startBulk(tomo.staffId, { ...request, key: randomUUID() })).toMatchObject({ ok: false });
    expect(await startBulk(ada.staffId, request)).toEqual({ ok: true, batch: request.key });
    expect(await startBulk(ada.staffId, request)).toEqual({ ok: true, batch: request.key });
    expect(await startBulk(ada.staffId, { ...request, key: randomUUID() })).toMatchObject({ ok: false });
    await finish(request.key);
  });

  test("records the days that were meant when it was frozen", async () => {
    const { filter } = await addMatching(1);
    const set = await freeze({ ...filter, from: "-200y", to: "today" }, { ...ada, today: "2100-11-22" });
    const { rows } = await world.query("select filter from frozen_sets where id = $1", [set.id]);
    expect(rows[0].filter).toMatch(/^from=1900-11-22&to=2100-11-22&/);
  });

  test("that came to nothing makes room for newer ones", async () => {
    const { filter } = await addMatching(2);
    const first = await freeze(filter);
    for (let count = 0; count < mostUnused; count++) await freeze(filter);
    const { rows } = await world.query(
      `select (select count(*)::int from frozen_sets s where s.id = $1) as sets,
         (select count(*)::int from frozen_contacts c where c.set_id = $1) as contacts,
         (select count(*)::int from frozen_sets s where s.staff_id = $2
            and not exists (select from change_batches b where b.set_id = s.id)) as unused`,
      [first.id, ada.staffId],
    );
    expect(rows).toEqual([{ sets: 0, contacts: 0, unused: mostUnused }]);
  });
});

describe("a large change", () => {
  test("is made in chunks, each contact once, with one row of history each", async () => {
    const { filter, ids } = await addMatching(2_500);
    const batch = await start(await freeze(filter), { status: "closed" });
    await runChunk();
    expect(await getBulk(batch)).toMatchObject({ done: 1_000, state: "running" });
    expect(await listBulksOf(ada.staffId)).toMatchObject([{ batch, total: 2_500 }]);
    expect(await tally(ids)).toEqual({ "closed 2": 1_000, "new 1": 1_500 });
    expect(await finish(batch)).toMatchObject({ done: 2_500, unchanged: 0, stale: 0, state: "finished" });
    expect(await tally(ids)).toEqual({ "closed 2": 2_500 });
    expect(await countHistory(ids)).toEqual({ rows: 2_500, contacts: 2_500 });
    expect(await listBulksOf(ada.staffId)).toEqual([]);
  });

  test("leaves alone what somebody changed or removed since it was frozen, and names them", async () => {
    const { filter, ids } = await addMatching(4);
    const [changed = "", gone = "", already = ""] = ids;
    await world.query("update contact_submissions set status = 'closed' where id = $1", [already]);
    const set = await freeze(filter);
    const contacts = [{ id: changed, version: 1 }];
    settled(await changeContacts(tomo.staffId, { key: randomUUID(), change: { status: "qualified" }, contacts }));
    await world.query("delete from contact_submissions where id = $1", [gone]);
    const batch = await start(set, { status: "closed" });
    expect(await finish(batch)).toMatchObject({ done: 4, unchanged: 1, stale: 2 });
    expect(await tally(ids)).toEqual({ "qualified 2": 1, "closed 2": 2 });
    expect(await listBulkConflicts(batch)).toMatchObject([
      { id: changed, who: "Tomo Sato", triage: { status: "qualified" } },
      { id: gone, version: 0 },
    ]);
  });

  test("stops where it is cancelled; what was made stays, and is taken back as one", async () => {
    const { filter, ids } = await addMatching(2_200);
    const batch = await start(await freeze(filter), { status: "spam" });
    await runChunk();
    await cancelBulk(tomo.staffId, batch);
    expect(await getBulk(batch)).toMatchObject({ state: "running" });
    await cancelBulk(ada.staffId, batch);
    expect(await finish(batch)).toMatchObject({ done: 1_000, state: "cancelled" });
    expect(await tally(ids)).toEqual({ "spam 2": 1_000, "new 1": 1_200 });
    settled(await undoBatch(ada.staffId, { key: randomUUID(), batch }));
    expect(await tally(ids)).toEqual({ "new 3": 1_000, "new 1": 1_200 });
  });

  test("ends when the person who began it is disabled", async () => {
    const leaver = { ...ada, staffId: await world.addStaff("Lena Vogt") };
    const { filter, ids } = await addMatching(1_200);
    const batch = await start(await freeze(filter, leaver), { status: "spam" }, leaver);
    await runChunk();
    await world.query("update staff set disabled_at = now() where id = $1", [leaver.staffId]);
    expect(await finish(batch)).toMatchObject({ done: 1_000, state: "cancelled" });
    expect(await tally(ids)).toEqual({ "spam 2": 1_000, "new 1": 200 });
  });

  test("waits to be begun while as many of the person's are being made as may be", async () => {
    const { filter } = await addMatching(1);
    const batches: string[] = [];
    for (let count = 0; count < mostUnderWay; count++)
      batches.push(await start(await freeze(filter), { status: "closed" }));
    const request = { key: randomUUID(), set: (await freeze(filter)).id, change: { status: "closed" as const } };
    expect(await startBulk(ada.staffId, request)).toMatchObject({
      ok: false,
      message: expect.stringContaining("still running"),
    });
    const others = await start(await freeze(filter, tomo), { status: "closed" }, tomo);
    for (const batch of [...batches, others]) await finish(batch);
    expect(await startBulk(ada.staffId, request)).toMatchObject({ ok: true });
    await finish(request.key);
  });

  test("cannot be taken back while it is being made", async () => {
    const { filter } = await addMatching(1_001);
    const batch = await start(await freeze(filter), { status: "spam" });
    await runChunk();
    expect(await undoBatch(ada.staffId, { key: randomUUID(), batch })).toMatchObject({ ok: false });
    await finish(batch);
  });

  test("is undone and redone as one, in chunks too, except for what somebody has changed since", async () => {
    const { filter, ids } = await addMatching(1_500);
    await world.query("update contact_submissions set assignee_id = $2 where id = any($1)", [
      ids.slice(0, 10),
      tomo.staffId,
    ]);
    const batch = await start(await freeze(filter), { assigneeId: ada.staffId });
    await finish(batch);
    const contacts = [{ id: ids[0] ?? "", version: 3 }];
    settled(await changeContacts(tomo.staffId, { key: randomUUID(), change: { status: "closed" }, contacts }));

    const key = randomUUID();
    expect(await undoBatch(ada.staffId, { key, batch })).toMatchObject({ ok: true, bulk: true });
    expect(await undoBatch(ada.staffId, { key, batch })).toMatchObject({ ok: true, bulk: true });
    expect(await undoBatch(tomo.staffId, { key: randomUUID(), batch })).toMatchObject({ ok: false });
    expect(await finish(key)).toMatchObject({ undoes: batch, done: 1_500, stale: 1 });
    const owners = async () =>
      (
        await world.query(
          "select assignee_id as owner, count(*)::int as count from contact_submissions where id = any($1) group by 1 order by 2",
          [ids],
        )
      ).rows;
    expect(await owners()).toEqual([
      { owner: ada.staffId, count: 1 },
      { owner: tomo.staffId, count: 9 },
      { owner: null, count: 1_490 },
    ]);
    const redo = randomUUID();
    expect(await undoBatch(ada.staffId, { key: redo, batch: key })).toMatchObject({ ok: true, bulk: true });
    await finish(redo);
    expect(await owners()).toEqual([{ owner: ada.staffId, count: 1_500 }]);
  });
});

describe("whatever happens meanwhile", () => {
  test("several servers make one batch together without doubling anything", async () => {
    const { filter, ids } = await addMatching(6_000);
    const batch = await start(await freeze(filter), { status: "closed" });
    await Promise.all([1, 2, 3].map(() => finish(batch)));
    expect(await tally(ids)).toEqual({ "closed 2": 6_000 });
    expect(await countHistory(ids)).toEqual({ rows: 6_000, contacts: 6_000 });
  });

  test("a connection cut in the middle of a chunk leaves all of it or nothing, and it goes on where it stood", async () => {
    const { filter, ids } = await addMatching(5_000);
    const batch = await start(await freeze(filter), { status: "closed" });
    for (let at = 0; at < 4; at++) {
      // Somebody holds the last contact of the chunk, so the change is cut after it has locked all others.
      const last = ids[at * 1_000 + 999];
      const cut = await world.hold("select from contact_submissions where id = $1 for update", [last], async () => {
        const chunk = runChunk().catch((error: unknown) => error);
        await expect.poll(() => world.countWaiting(), { timeout: 30_000 }).toBe(1);
        const connections = "from pg_stat_activity where usename = 'desk_app' and datname = current_database()";
        await world.query(`select pg_terminate_backend(pid) ${connections}`);
        // Each ends when it comes to it.
        await expect.poll(async () => (await world.query(`select ${connections}`)).rowCount).toBe(0);
        return chunk;
      });
      expect(cut).toBeInstanceOf(DatabaseError);
      expect(await getBulk(batch)).toMatchObject({ done: at * 1_000, state: "running" });
      expect((await tally(ids))["closed 2"] ?? 0).toBe(at * 1_000);
      expect(await runChunk()).toBe(true);
      expect((await tally(ids))["closed 2"]).toBe((at + 1) * 1_000);
    }
    expect(await finish(batch)).toMatchObject({ done: 5_000, stale: 0 });
    expect(await tally(ids)).toEqual({ "closed 2": 5_000 });
    expect(await countHistory(ids)).toEqual({ rows: 5_000, contacts: 5_000 });
  });

  test("a batch that another server gets on with is not given up, nor another one in its place", async () => {
    const { filter, ids } = await addMatching(1_200);
    const others = await addMatching(10);
    const set = await freeze(others.filter);
    const batch = await start(await freeze(filter), { status: "closed" });
    // The other server has locked the batch and most of a chunk, and waits for the last contact, which somebody holds.
    const held = "select from contact_submissions where id = $1 for update";
    const [begun, chunk, givingUp] = await world.hold(held, [ids[999]], async () => {
      const working = runChunk();
      await expect.poll(() => world.countWaiting(), { timeout: 30_000 }).toBe(1);
      const another = await start(set, { status: "closed" });
      const ending = giveUpBulk({ batch, done: 0 });
      await expect.poll(() => world.countWaiting(), { timeout: 30_000 }).toBe(2);
      return [another, working, ending] as const;
    });
    await Promise.all([chunk, givingUp]);
    expect(await getBulk(batch)).toMatchObject({ state: "running", done: 1_000 });
    expect(await getBulk(begun)).toMatchObject({ state: "running", done: 0 });
    expect(await finish(batch)).toMatchObject({ state: "finished", done: 1_200, stale: 0 });
    expect(await finish(begun)).toMatchObject({ state: "finished", done: 10 });
  });

  test("overlapping changes, large and small, of several people never show a deadlock, and lose nothing", async () => {
    const { filter, ids } = await addMatching(1_200);
    const accepted = new Map<string, number>();
    const note = (id: string) => accepted.set(id, (accepted.get(id) ?? 0) + 1);
    const statuses = ["closed", "spam", "qualified", "contacted"] as const;
    let rounds = 0;
    const small = async (viewer: Viewer, backwards: boolean) => {
      for (let round = 0; round < 25; round++) {
        const { rows } = await world.query(
          "select id, version from contact_submissions where id = any($1) order by random() limit 200",
          [ids],
        );
        const contacts = backwards ? rows.sort((a, b) => (a.id < b.id ? 1 : -1)) : rows;
        const status = statuses[(round + (backwards ? 1 : 0)) % statuses.length] ?? "closed";
        const result = await changeContacts(viewer.staffId, { key: randomUUID(), change: { status }, contacts });
        for (const { id } of settled(result).changed) note(id);
        rounds++;
      }
    };
    const large = async (viewer: Viewer, status: "closed" | "spam") => {
      for (let round = 0; round < 4; round++) {
        const batch = await start(await freeze(filter, viewer), { status }, viewer);
        await finish(batch);
        const { rows } = await world.query("select contact_id as id from contact_history where batch_id = $1", [batch]);
        for (const { id } of rows) note(id);
        rounds++;
      }
    };
    await Promise.all([small(ada, false), small(tomo, true), large(ada, "closed"), large(tomo, "spam")]);
    expect(rounds).toBe(58);
    const { rows } = await world.query(
      `select c.id, c.version, (select count(*)::int from contact_history h where h.contact_id = c.id) as history
       from contact_submissions c where c.id = any($1)`,
      [ids],
    );
    for (const { id, version, history } of rows) {
      const changes = accepted.get(id) ?? 0;
      expect({ id, version, history }).toEqual({ id, version: changes + 1, history: changes });
    }
  });

  // The last one: the runner is the only one here that goes on by itself.
  test("a batch that cannot be made is given up, and not one that was begun while it failed for the last time", async () => {
    const { filter, ids } = await addMatching(1_200);
    const others = await addMatching(10);
    const batch = await start(await freeze(filter), { status: "closed" });
    const set = await freeze(others.filter);
    const lastAttempt = [421_337];
    // Its second chunk fails, and the fifth failure in a row waits until it may.
    await world.query(`
      create sequence failures;
      create function fail() returns trigger language plpgsql security definer as $$
      begin
        if nextval('failures') = 5 then perform pg_advisory_xact_lock(${lastAttempt}); end if;
        raise exception 'cannot be changed';
      end $$;
      create trigger fail before update on contact_submissions
        for each row when (new.id = '${ids[1_100]}') execute function fail()`);
    try {
      const begun = await world.hold("select pg_advisory_xact_lock($1)", lastAttempt, async () => {
        wakeBulkRunner();
        await expect.poll(() => world.countWaiting(), { timeout: 30_000 }).toBe(1);
        return start(set, { status: "closed" });
      });
      await expect.poll(() => getBulk(batch), { timeout: 30_000 }).toMatchObject({ state: "failed", done: 1_000 });
      await expect.poll(() => getBulk(begun), { timeout: 30_000 }).toMatchObject({ state: "finished", done: 10 });
    } finally {
      await world.query("drop trigger fail on contact_submissions; drop function fail; drop sequence failures");
    }
    expect(await tally(ids)).toEqual({ "closed 2": 1_000, "new 1": 200 });
    expect(await tally(others.ids)).toEqual({ "closed 2": 10 });
  });
});
