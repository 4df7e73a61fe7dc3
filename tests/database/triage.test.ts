import { randomUUID } from "node:crypto";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { changeContacts } from "@/lib/change/change";
import { type ContactFilter, emptyFilter, withField } from "@/lib/filter/filter";
import { neverOverdue, type Viewer } from "@/lib/filter/viewer";
import { claimFrom, dropClaims, keepClaims, listOthers, mostQueues, startQueue } from "@/lib/triage/claims";
import { toQueue } from "@/lib/triage/queue";
import { openWorld } from "./change-world";

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
  return { staffId: await world.addStaff(name), timeZone: "UTC", overdue: neverOverdue };
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
  return ((await claimFrom(queue, viewer, position, kept)) ?? []).map(({ id }) => id);
}

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

  test("of a person's many gives way to newer ones", async () => {
    const ids = await addWaiting(1);
    const first = await open(ada);
    const others = await open(tomo);
    for (let count = 1; count < mostQueues; count++) await open(ada);
    expect(await claim(first, ada)).toEqual(ids);
    await open(ada);
    expect(await claimFrom(first, ada, 1, [])).toBeNull();
    expect(await claimFrom(others, tomo, 1, [])).not.toBeNull();
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
    expect(await claimFrom(await open(ada), tomo, 1, [])).toBeNull();
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
    // What is theirs already stays theirs: the list is filled up from the front.
    expect(await claim(second, tomo)).toEqual([...ids.slice(0, 2), ...ids.slice(4)]);
    expect(await keepClaims(ada.staffId)).toEqual([]);
    await dropClaims(tomo.staffId);
    expect(await claim(first, ada)).toEqual(ids.slice(0, 4));
  });

  test("of one's own stands in no way of a queue begun anew", async () => {
    const ids = await addWaiting(3);
    await claim(await open(ada), ada);
    expect(await claim(await open(ada), ada)).toEqual(ids);
  });
});

test("five agents who work through one queue at once decide each contact once, and never hold the same one", async () => {
  const ids = await addWaiting(120);
  const agents = await Promise.all(["A", "B", "C", "D", "E"].map(addViewer));
  const held = new Map<string, string>();
  const decided: string[] = [];
  const work = async (agent: Viewer) => {
    const queue = await open(agent);
    let position = 1;
    for (;;) {
      const claims = (await claimFrom(queue, agent, position, [])) ?? [];
      for (const { id } of claims) {
        expect(held.get(id) ?? agent.staffId).toBe(agent.staffId);
        held.set(id, agent.staffId);
      }
      const [current] = claims;
      if (!current) return;
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
