import { randomUUID } from "node:crypto";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { changeContacts } from "@/lib/change/change";
import type { Status } from "@/lib/contact/status";
import { type ContactFilter, emptyFilter, withField } from "@/lib/filter/filter";
import type { Viewer } from "@/lib/filter/viewer";
import { claimFrom, dropClaims, keepClaims, listOthers, mostQueues, startQueue } from "@/lib/triage/claims";
import { toQueue } from "@/lib/triage/queue";
import { viewerOf } from "../../viewer";
import { openWorld } from "../change/change-world";

const world = openWorld();
const service = `Triage ${randomUUID()}`;
const filter: ContactFilter = toQueue(withField(emptyFilter, "service", { add: [service] }), false);
let ada: Viewer;
let tomo: Viewer;

beforeAll(async () => {
  ada = await addViewer("Ada Keller");
  tomo = await addViewer("Tomo Sato");
});

afterEach(async () => {
  await world.query("delete from triage_claims; delete from triage_queues");
  await world.query("delete from contact_submissions where service = $1", [service]);
});

afterAll(() => world.close());

async function addViewer(name: string): Promise<Viewer> {
  return viewerOf(await world.addStaff(name));
}

/** Contacts of the queue, oldest first, and their ids in that order. */
async function addWaiting(count: number): Promise<string[]> {
  const ids = Array.from({ length: count }, () => `waiting_${randomUUID()}`);
  await world.query(
    `insert into contact_submissions (id, name, email, message, service, "timestamp", status)
     select id, 'Mara Lindqvist', 'mara@northlight.example', 'Hello', $2, now() - make_interval(mins => ($3 - at)::int), 'new'
     from unnest($1::text[]) with ordinality as w (id, at)`,
    [ids, service, count],
  );
  return ids;
}

async function open(viewer: Viewer): Promise<string> {
  return (await startQueue(randomUUID(), filter, viewer)).id;
}

async function claim(queue: string, viewer: Viewer, position = 1, kept: string[] = []): Promise<string[]> {
  return ((await claimFrom(queue, viewer, { position, except: [], kept })) ?? []).map(({ id }) => id);
}

async function set(viewer: Viewer, ids: string[], status: Status): Promise<void> {
  const { rows } = await world.query("select id, version from contact_submissions where id = any ($1::text[])", [ids]);
  const result = await changeContacts(viewer.staffId, { key: randomUUID(), change: { status }, contacts: rows });
  expect(result).toMatchObject({ ok: true, conflicts: [] });
}

const fromFirst = { position: 1, except: [], kept: [] };

async function expire(viewer: Viewer): Promise<void> {
  await world.query("update triage_claims set claimed_until = now() - interval '1 second' where staff_id = $1", [
    viewer.staffId,
  ]);
}

describe("a queue", () => {
  test("is open contacts, oldest waiting first, and keeps its order whatever arrives", async () => {
    const ids = await addWaiting(3);
    const queue = await startQueue(randomUUID(), filter, ada);
    expect(queue).toMatchObject({ total: 3, more: false });
    await world.query(`update contact_submissions set "timestamp" = now() + interval '1 hour' where id = $1`, [ids[0]]);
    await addWaiting(2);
    expect(await claim(queue.id, ada)).toEqual(ids);
  });

  test("that is started twice under one id is frozen once", async () => {
    await addWaiting(2);
    const id = randomUUID();
    await startQueue(id, filter, ada);
    await addWaiting(2);
    expect(await startQueue(id, filter, ada)).toMatchObject({ total: 2 });
  });

  test("of relative days keeps the days on which it was started, although midnight passes", async () => {
    const [first, second] = await addWaiting(2);
    const today = new Date().toISOString().slice(0, 10);
    await world.query(`update contact_submissions set "timestamp" = $2 where id = $1`, [first, `${today}T00:00:00Z`]);
    await world.query(`update contact_submissions set "timestamp" = $2 where id = $1`, [second, `${today}T23:59:59Z`]);
    const asked = { ...ada, today };
    const { id } = await startQueue(randomUUID(), { ...filter, from: "today", to: "today" }, asked);
    expect(await claim(id, { ...asked, today: "2100-01-01" })).toEqual([first, second]);
  });

  test("of a person's many gives way to newer ones", async () => {
    const ids = await addWaiting(1);
    const first = await open(ada);
    const others = await open(tomo);
    for (let count = 1; count < mostQueues; count++) await open(ada);
    expect(await claim(first, ada)).toEqual(ids);
    await open(ada);
    expect(await claimFrom(first, ada, fromFirst)).toBeNull();
    expect(await claimFrom(others, tomo, fromFirst)).not.toBeNull();
  });

  test("passes over what somebody has decided meanwhile, and what is gone", async () => {
    const ids = await addWaiting(4);
    const queue = await open(ada);
    const contacts = [{ id: ids[0] ?? "", version: 1 }];
    await changeContacts(tomo.staffId, { key: randomUUID(), change: { status: "closed" }, contacts });
    await world.query("delete from contact_submissions where id = $1", [ids[1]]);
    expect(await claim(queue, ada)).toEqual(ids.slice(2));
  });

  test("is its owner's alone", async () => {
    await addWaiting(1);
    expect(await claimFrom(await open(ada), tomo, fromFirst)).toBeNull();
  });
});

describe("a claim", () => {
  test("holds the contact on the screen and the next three, and goes on with the person", async () => {
    const ids = await addWaiting(7);
    const queue = await open(ada);
    expect(await claim(queue, ada)).toEqual(ids.slice(0, 4));
    expect(await claim(queue, ada, 2, ids.slice(0, 1))).toEqual(ids.slice(1, 5));
    expect((await keepClaims(ada.staffId)).sort()).toEqual(ids.slice(0, 5).sort());
    expect(await claim(queue, ada, 4, ids.slice(2, 3))).toEqual(ids.slice(3));
    expect((await keepClaims(ada.staffId)).sort()).toEqual(ids.slice(2).sort());
  });

  test("keeps a contact from everybody else, until it expires or is given up", async () => {
    const ids = await addWaiting(6);
    const [first, second] = [await open(ada), await open(tomo)];
    await claim(first, ada);
    expect(await claim(second, tomo)).toEqual(ids.slice(4));
    expect(await listOthers(tomo.staffId)).toEqual(["Ada Keller"]);
    await expire(ada);
    expect(await listOthers(tomo.staffId)).toEqual([]);
    // The first ones, also where others further on were theirs already.
    expect(await claim(second, tomo)).toEqual(ids.slice(0, 4));
    expect(await keepClaims(ada.staffId)).toEqual([]);
    await dropClaims(tomo.staffId);
    expect(await claim(first, ada)).toEqual(ids.slice(0, 4));
  });

  test("of what was put back is taken again at its position, and what is too far ahead then is given up", async () => {
    const ids = await addWaiting(8);
    const [queue, others] = [await open(ada), await open(tomo)];
    await set(ada, ids.slice(0, 3), "closed");
    expect(await claim(queue, ada, 4, ids.slice(2, 3))).toEqual(ids.slice(3, 7));
    await set(ada, ids.slice(1, 3), "new");
    // The third is on the screen, then the second.
    expect(await claim(queue, ada, 3, ids.slice(2, 3))).toEqual(ids.slice(2, 6));
    expect(await claim(queue, ada, 2, ids.slice(1, 2))).toEqual(ids.slice(1, 5));
    expect(await claim(others, tomo)).toEqual(ids.slice(5));
  });

  test("passes over what the session has decided, although it still matches", async () => {
    const ids = await addWaiting(6);
    const queue = await open(ada);
    await set(ada, ids.slice(1, 4), "in_review");
    const claims = await claimFrom(queue, ada, { position: 1, except: [2, 3, 4], kept: [] });
    expect(claims?.map(({ id }) => id)).toEqual([ids[0], ...ids.slice(4)]);
  });

  test("is kept on what is on the screen or one key away, whatever has become of it, unless it is somebody else's", async () => {
    const ids = await addWaiting(3);
    const [queue, others] = [await open(ada), await open(tomo)];
    await set(ada, ids.slice(0, 2), "closed");
    await claim(queue, ada, 3, ids.slice(0, 2));
    expect((await keepClaims(ada.staffId)).sort()).toEqual(ids.toSorted());
    await expire(ada);
    await claim(others, tomo, 3, ids.slice(0, 1));
    expect(await claim(queue, ada, 1, ids.slice(0, 2))).toEqual([]);
    expect(await keepClaims(ada.staffId)).toEqual(ids.slice(1, 2));
  });

  test("of one's own stands in no way of a queue begun anew", async () => {
    const ids = await addWaiting(3);
    await claim(await open(ada), ada);
    expect(await claim(await open(ada), ada)).toEqual(ids);
  });
});

test("two who begin at the same moment both get as many as they hold, while there are enough", async () => {
  await addWaiting(200);
  for (let round = 0; round < 60; round++) {
    const queues = await Promise.all([open(ada), open(tomo)]);
    const [hers, his] = await Promise.all([claim(queues[0], ada), claim(queues[1], tomo)]);
    expect([hers.length, his.length]).toEqual([4, 4]);
    expect(new Set([...hers, ...his]).size).toBe(8);
    await world.query("delete from triage_claims; delete from triage_queues");
  }
});

test("five agents who work through one queue at once decide each contact once, and never hold the same one", async () => {
  const ids = await addWaiting(120);
  const agents = await Promise.all(["A", "B", "C", "D", "E"].map(addViewer));
  const decided: string[] = [];
  const listHeld = async (agent: Viewer, claims: { id: string }[]) => {
    const { rows } = await world.query(
      "select contact_id as id from triage_claims where staff_id = $1 and contact_id = any($2)",
      [agent.staffId, claims.map(({ id }) => id)],
    );
    return rows.map(({ id }) => id).sort();
  };
  const work = async (agent: Viewer) => {
    const queue = await open(agent);
    let position = 1;
    for (;;) {
      const claims = (await claimFrom(queue, agent, { position, except: [], kept: [] })) ?? [];
      const [current] = claims;
      if (!current) return;
      // A contact has one claim. Those that were answered are theirs until they ask again: one that is let go for a
      // nearer one may go to somebody else.
      expect(await listHeld(agent, claims)).toEqual(claims.map(({ id }) => id).sort());
      const contacts = [{ id: current.id, version: 1 }];
      const result = await changeContacts(agent.staffId, { key: randomUUID(), change: { status: "closed" }, contacts });
      expect(result).toMatchObject({ ok: true, conflicts: [] });
      decided.push(current.id);
      // Only the one that was decided goes: the others stay held until the next step takes them up again.
      position = current.position + 1;
    }
  };
  await Promise.all(agents.map(work));
  expect(decided.sort()).toEqual(ids.sort());
  expect(new Set(decided).size).toBe(decided.length);
});
