import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { changeContacts, undoBatch } from "@/lib/change/change";
import { openWorld, settled } from "./change-world";

const world = openWorld();
let ada: string;
let tomo: string;

beforeAll(async () => {
  ada = await world.addStaff("Ada Keller");
  tomo = await world.addStaff("Tomo Sato");
});
afterAll(() => world.close());

const undecided = { status: null, assigneeId: null, snoozedUntil: null, spamReason: null, duplicateOf: null };
const at = (ids: string[], version = 1) => ids.map((id) => ({ id, version }));
const undo = (staff: string, batch: string) => undoBatch(staff, { key: randomUUID(), batch });
function set(
  staff: string,
  status: "new" | "closed" | "qualified" | "spam",
  contacts: { id: string; version: number }[],
) {
  return changeContacts(staff, { key: randomUUID(), change: { status }, contacts });
}

describe("setting a status", () => {
  test("moves the version, writes one history row with who and which batch, and the batch with its outcome", async () => {
    const [id = ""] = await world.addContacts(1);
    const { batch, changed } = settled(await set(ada, "closed", at([id])));
    expect(changed).toEqual([{ id, version: 2, triage: { ...undecided, status: "closed" } }]);
    expect(await world.getContact(id)).toMatchObject({ status: "closed", version: 2 });
    expect(await world.listHistory([id])).toEqual([
      {
        contactId: id,
        actor: "staff",
        actorId: ada,
        batchId: batch,
        versionTo: 2,
        statusFrom: "new",
        statusTo: "closed",
      },
    ]);
    const { rows } = await world.query(
      "select staff_id, kind, outcome, finished_at from change_batches where id = $1",
      [batch],
    );
    expect(rows[0]).toMatchObject({
      staff_id: ada,
      kind: "status",
      outcome: { unchanged: [], stale: [] },
    });
    expect(rows[0].finished_at).toBeInstanceOf(Date);
  });

  test("changes many at once and leaves every other row untouched", async () => {
    const ids = await world.addContacts(1_000);
    const [bystander = ""] = await world.addContacts(1);
    const before = await world.getContact(bystander);
    const { changed } = settled(await set(ada, "spam", at(ids)));
    expect(changed.map(({ id }) => id)).toEqual(ids);
    expect(await world.listHistory(ids)).toHaveLength(1_000);
    expect(await world.getContact(bystander)).toEqual(before);
    expect(await world.listHistory([bystander])).toEqual([]);
  });

  test("says which contacts had it already, and writes nothing for them", async () => {
    const [fresh = ""] = await world.addContacts(1);
    const [closed = ""] = await world.addContacts(1, "closed");
    const before = await world.getContact(closed);
    const outcome = settled(await set(ada, "closed", at([fresh, closed])));
    expect(outcome.changed.map(({ id }) => id)).toEqual([fresh]);
    expect(outcome.unchanged).toEqual([closed]);
    expect(await world.getContact(closed)).toEqual(before);
    expect(await world.listHistory([closed])).toEqual([]);
  });

  test("replaces a status that the desk does not know, and no status", async () => {
    const [odd = ""] = await world.addContacts(1, "waiting-on-legal");
    const [none = ""] = await world.addContacts(1, null);
    settled(await set(ada, "closed", at([odd, none])));
    const history = await world.listHistory([odd, none]);
    expect(history.map(({ statusFrom }) => statusFrom).sort()).toEqual([null, "waiting-on-legal"].sort());
  });

  test("works for ids that no URL or JSON path likes", async () => {
    const ids = ["legacy 5/ümlaut?&#", "'; drop table staff; --", '{"not":""}', ".", "山田", ""];
    await world.query(
      `insert into contact_submissions (id, name, email, message, "timestamp") select id, 'x', 'x', '', now() from unnest($1::text[]) id`,
      [ids],
    );
    const { changed } = settled(await set(ada, "closed", at(ids)));
    expect(changed.map(({ id }) => id).sort()).toEqual([...ids].sort());
  });
});

describe("a contact changed since it was seen", () => {
  test("is a conflict that names the colleague, the time and the change, and is not written", async () => {
    const [id = ""] = await world.addContacts(1);
    const started = Date.now();
    settled(await set(tomo, "qualified", at([id])));
    const { changed, conflicts } = settled(await set(ada, "closed", at([id])));
    expect(changed).toEqual([]);
    expect(conflicts).toMatchObject([
      {
        id,
        name: "Mara Lindqvist",
        triage: { ...undecided, status: "qualified" },
        version: 2,
        who: "Tomo Sato",
        steps: [{ field: "status", from: "new", to: "qualified" }],
      },
    ]);
    expect(Math.abs(new Date(conflicts[0]?.when ?? "").getTime() - started)).toBeLessThan(60_000);
    expect(await world.getContact(id)).toMatchObject({ status: "qualified", version: 2 });
  });

  test("can be set anyway with the version that the conflict told", async () => {
    const [id = ""] = await world.addContacts(1);
    settled(await set(tomo, "qualified", at([id])));
    const { conflicts } = settled(await set(ada, "closed", at([id])));
    settled(await set(ada, "closed", at([id], conflicts[0]?.version)));
    expect(await world.getContact(id)).toMatchObject({ status: "closed", version: 3 });
  });

  test("does not keep the others of the batch from being changed", async () => {
    const ids = await world.addContacts(5);
    const [stale = ""] = ids;
    settled(await set(tomo, "spam", at([stale])));
    const { changed, conflicts } = settled(await set(ada, "closed", at(ids)));
    expect(changed.map(({ id }) => id)).toEqual(ids.slice(1));
    expect(conflicts.map(({ id }) => id)).toEqual([stale]);
  });

  test("names the website when that changed the status", async () => {
    const [id = ""] = await world.addContacts(1);
    const website = openWorld(process.env.TEST_WEBSITE_URL);
    await website.query("update contact_submissions set status = 'spam' where id = $1", [id]);
    await website.close();
    const { conflicts } = settled(await set(ada, "closed", at([id])));
    expect(conflicts).toMatchObject([{ who: "The website", steps: [{ field: "status", from: "new", to: "spam" }] }]);
  });

  test("is named when it is gone, with who removed it", async () => {
    const [gone = ""] = await world.addContacts(1);
    await world.query("delete from contact_submissions where id = $1", [gone]);
    const { conflicts } = settled(await set(ada, "closed", at([gone, `never ${randomUUID()}`])));
    expect(conflicts).toHaveLength(2);
    expect(conflicts.find(({ id }) => id === gone)).toMatchObject({
      who: "The website",
      version: 0,
      triage: null,
      steps: [],
    });
    expect(conflicts.find(({ id }) => id !== gone)).toMatchObject({
      who: "Someone",
      when: null,
      version: 0,
      triage: null,
      steps: [],
    });
  });

  test("is none when only the website's pipeline wrote to it", async () => {
    const [id = ""] = await world.addContacts(1);
    const website = openWorld(process.env.TEST_WEBSITE_URL);
    await website.query(
      `update contact_submissions set document_insights = '{"total_documents":2}', last_updated = now() where id = $1`,
      [id],
    );
    await website.close();
    const { changed } = settled(await set(ada, "closed", at([id])));
    expect(changed).toEqual([{ id, version: 2, triage: { ...undecided, status: "closed" } }]);
  });
});

describe("the same key again", () => {
  test("gives the first outcome and changes nothing", async () => {
    const ids = await world.addContacts(3);
    const request = { key: randomUUID(), change: { status: "closed" as const }, contacts: at(ids) };
    const first = await changeContacts(ada, request);
    expect(await changeContacts(ada, { ...request, contacts: [...request.contacts].reverse() })).toEqual(first);
    expect(await world.listHistory(ids)).toHaveLength(3);
  });

  test("sent ten times at once changes once", async () => {
    const ids = await world.addContacts(20);
    const request = { key: randomUUID(), change: { status: "closed" as const }, contacts: at(ids) };
    const results = await Promise.all(Array.from({ length: 10 }, () => changeContacts(ada, request)));
    for (const result of results) expect(result).toEqual(results[0]);
    expect(settled(results[0] ?? { ok: false, code: "unknown", message: "" }).changed).toHaveLength(20);
    expect(await world.listHistory(ids)).toHaveLength(20);
  });

  test("is refused to somebody else, and for another request", async () => {
    const ids = await world.addContacts(2);
    const key = randomUUID();
    const { batch } = settled(await changeContacts(ada, { key, change: { status: "closed" }, contacts: at(ids) }));
    const refused = { ok: false, code: "invalid" };
    expect(await changeContacts(tomo, { key, change: { status: "closed" }, contacts: at(ids) })).toMatchObject(refused);
    expect(await changeContacts(ada, { key, change: { status: "spam" }, contacts: at(ids, 2) })).toMatchObject(refused);
    expect(await undoBatch(ada, { key, batch })).toMatchObject(refused);
    expect(await world.listHistory(ids)).toHaveLength(2);
  });
});

describe("undo", () => {
  test("restores each contact's own earlier status, also none and unknown ones", async () => {
    const ids = [
      ...(await world.addContacts(1, null)),
      ...(await world.addContacts(1, "waiting-on-legal")),
      ...(await world.addContacts(1, "spam")),
    ];
    const { batch } = settled(await set(ada, "closed", at(ids)));
    const { changed } = settled(await undo(ada, batch));
    expect(changed).toHaveLength(3);
    const restored = await Promise.all(ids.map(async (id) => (await world.getContact(id)).status));
    expect(restored).toEqual([null, "waiting-on-legal", "spam"]);
  });

  test("says null where there was no status, and not the status that it takes back", async () => {
    const [id = ""] = await world.addContacts(1, null);
    const { batch } = settled(await set(ada, "closed", at([id])));
    expect(settled(await undo(ada, batch)).changed).toEqual([{ id, version: 3, triage: undecided }]);
  });

  test("takes the first contact back with the change that was one, and only then", async () => {
    const ids = await world.addContacts(2);
    const firstContacts = async () =>
      (
        await world.query(
          "select first_contacted_at is not null as known from contact_submissions where id = any($1) order by id",
          [ids],
        )
      ).rows.map(({ known }) => known);
    const first = settled(await set(ada, "qualified", at([ids[0] ?? ""])));
    settled(await set(ada, "qualified", at([ids[1] ?? ""])));
    settled(await set(tomo, "new", at([ids[1] ?? ""], 2)));
    const later = settled(await set(tomo, "closed", at([ids[1] ?? ""], 3)));
    settled(await undo(ada, first.batch));
    settled(await undo(ada, later.batch));
    expect(await firstContacts()).toEqual([false, true]);
  });

  test("leaves alone what somebody has changed since, and says who", async () => {
    const ids = await world.addContacts(3);
    const [touched = ""] = ids;
    const { batch } = settled(await set(ada, "closed", at(ids)));
    settled(await set(tomo, "qualified", at([touched], 2)));
    const { changed, conflicts } = settled(await undo(ada, batch));
    expect(changed.map(({ id }) => id)).toEqual(ids.slice(1));
    expect(conflicts).toMatchObject([
      { id: touched, who: "Tomo Sato", steps: [{ field: "status", from: "closed", to: "qualified" }] },
    ]);
    expect(await world.getContact(touched)).toMatchObject({ status: "qualified", version: 3 });
  });

  test("does not touch contacts that the batch found to be in conflict", async () => {
    const ids = await world.addContacts(2);
    const [stale = ""] = ids;
    settled(await set(tomo, "spam", at([stale])));
    const { batch } = settled(await set(ada, "closed", at(ids)));
    settled(await undo(ada, batch));
    expect(await world.getContact(stale)).toMatchObject({ status: "spam", version: 2 });
  });

  test("happens once, however many ask at the same time, and says who did it", async () => {
    const ids = await world.addContacts(3);
    const { batch } = settled(await set(ada, "closed", at(ids)));
    const results = await Promise.all([ada, tomo, ada, tomo, ada].map((staff) => undo(staff, batch)));
    expect(results.filter(({ ok }) => ok)).toHaveLength(1);
    for (const result of results.filter(({ ok }) => !ok)) {
      expect(result).toMatchObject({
        code: "invalid",
        message: expect.stringMatching(/(Ada Keller|Tomo Sato) has already undone this/),
      });
    }
    expect(await world.listHistory(ids)).toHaveLength(6);
  });

  test("can itself be undone, which does the change again", async () => {
    const [id = ""] = await world.addContacts(1, "qualified");
    const first = settled(await set(ada, "closed", at([id])));
    const second = settled(await undo(ada, first.batch));
    const third = settled(await undo(ada, second.batch));
    expect(await world.getContact(id)).toMatchObject({ status: "closed", version: 4 });
    settled(await undo(ada, third.batch));
    expect(await world.getContact(id)).toMatchObject({ status: "qualified", version: 5 });
  });

  test("takes back one change of a contact after the other, newest first", async () => {
    const ids = await world.addContacts(2, "in_review");
    const [id = ""] = ids;
    const first = settled(await set(ada, "spam", at(ids)));
    const second = settled(await set(ada, "qualified", at([id], 2)));
    const third = settled(await set(tomo, "closed", at([id], 3)));
    const redone = settled(await undo(tomo, settled(await undo(tomo, third.batch)).batch));
    for (const { batch } of [redone, second]) expect(settled(await undo(ada, batch)).conflicts).toEqual([]);
    expect(await world.getContact(id)).toMatchObject({ status: "spam", version: 8 });
    expect(
      settled(await undo(ada, first.batch))
        .changed.map((each) => each.version)
        .sort(),
    ).toEqual([3, 9]);
    expect(await world.getContact(id)).toMatchObject({ status: "in_review", version: 9 });
  });

  test("leaves what somebody did between two changes, also when the later one has been undone", async () => {
    const [id = ""] = await world.addContacts(1);
    const first = settled(await set(ada, "spam", at([id])));
    settled(await set(tomo, "qualified", at([id], 2)));
    const last = settled(await set(ada, "closed", at([id], 3)));
    settled(await undo(ada, last.batch));
    expect(settled(await undo(ada, first.batch))).toMatchObject({ changed: [], conflicts: [{ id }] });
    expect(await world.getContact(id)).toMatchObject({ status: "qualified", version: 5 });
  });

  test("of a batch that does not exist or changed nothing is refused and leaves no batch behind", async () => {
    const [closed = ""] = await world.addContacts(1, "closed");
    const { batch } = settled(await set(ada, "closed", at([closed])));
    const key = randomUUID();
    expect(await undoBatch(ada, { key, batch })).toMatchObject({ ok: false, code: "invalid" });
    expect(await undoBatch(ada, { key, batch: randomUUID() })).toMatchObject({ ok: false, code: "invalid" });
    expect((await world.query("select 1 from change_batches where id = $1", [key])).rows).toEqual([]);
  });
});
