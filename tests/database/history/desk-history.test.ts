import { randomUUID } from "node:crypto";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { runChunk, startBulk } from "@/lib/change/bulk";
import { changeContacts, undoBatch } from "@/lib/change/change";
import { freezeMatching } from "@/lib/change/frozen-set";
import { emptyFilter, withField } from "@/lib/filter/filter";
import { listHistoryPage } from "@/lib/history/queries";
import { type HistoryQuestion, parseHistoryQuestion } from "@/lib/history/question";
import { listContacts } from "@/lib/list/queries";
import { viewerOf } from "../../viewer";
import { openWorld, settled } from "../change/change-world";

const world = openWorld();
const website = new pg.Client({ connectionString: process.env.TEST_WEBSITE_URL });
let ada: string;
let tomo: string;

beforeAll(async () => {
  ada = await world.addStaff("Ada Keller");
  tomo = await world.addStaff("Tomo Sato");
  await website.connect();
});

afterAll(async () => {
  await website.end();
  await world.close();
});

const everything: HistoryQuestion = { who: null, kind: null, from: null, to: null, before: null };

async function close(staffId: string, ids: string[], version = 1): Promise<string> {
  const contacts = ids.map((id) => ({ id, version }));
  return settled(await changeContacts(staffId, { key: randomUUID(), change: { status: "closed" }, contacts })).batch;
}

describe("the desk's history", () => {
  test("tells batch by batch who did what, and the batch's contacts are exactly those it counts", async () => {
    const ids = await world.addContacts(3);
    const batch = await close(ada, ids);
    const { entries } = await listHistoryPage({ ...everything, who: ada }, "UTC");
    expect(entries[0]).toMatchObject({
      type: "batch",
      batch,
      staffId: ada,
      staffName: "Ada Keller",
      kind: "status",
      change: { status: "closed" },
      step: { from: "new", to: "closed" },
      changed: 3,
      contact: null,
      undoneBy: null,
    });
    const behind = withField(emptyFilter, "batch", { add: [batch] });
    const { rows } = await listContacts(behind, viewerOf(ada));
    expect(rows.map(({ id }) => id).sort()).toEqual(ids);
  });

  test("names the one contact of a batch, and who has undone it", async () => {
    const [id = ""] = await world.addContacts(1);
    const batch = await close(ada, [id]);
    settled(await undoBatch(tomo, { key: randomUUID(), batch }));
    const { entries } = await listHistoryPage(everything, "UTC");
    expect(entries.slice(0, 2)).toMatchObject([
      {
        kind: "undo",
        staffName: "Tomo Sato",
        changed: 1,
        contact: { id },
        undid: { staffId: ada, staffName: "Ada Keller", kind: "status" },
      },
      { batch, undoneBy: "Tomo Sato", contact: { id, name: "Mara Lindqvist" } },
    ]);
  });

  test("says from which status a batch led only where all its contacts had the same, of its undo too", async () => {
    const [first = "", ...others] = await world.addContacts(3);
    const mixed = await close(ada, [first, ...(await world.addContacts(1, "spam"))]);
    const alike = await close(ada, others);
    settled(await undoBatch(tomo, { key: randomUUID(), batch: mixed }));
    settled(await undoBatch(tomo, { key: randomUUID(), batch: alike }));
    const { entries } = await listHistoryPage(everything, "UTC");
    expect(entries.slice(0, 4).map(({ step }) => step)).toEqual([
      { from: "closed", to: "new" },
      null,
      { from: "new", to: "closed" },
      { to: "closed" },
    ]);
  });

  test("says it of a large batch as well, and of one from before it was kept only what was asked for", async () => {
    const viewer = viewerOf(ada);
    const service = `History ${randomUUID()}`;
    const ids = await world.addContacts(1_200);
    await world.query("update contact_submissions set service = $2 where id = any($1)", [ids, service]);
    const set = await freezeMatching(withField(emptyFilter, "service", { add: [service] }), viewer);
    if (set === null || set === "too many") throw new Error("not frozen");
    const key = randomUUID();
    await startBulk(ada, { key, set: set.id, change: { status: "qualified" } });
    while (await runChunk());
    const told = async () => (await listHistoryPage({ ...everything, who: ada }, "UTC")).entries[0];
    expect(await told()).toMatchObject({ batch: key, changed: 1_200, step: { from: "new", to: "qualified" } });
    await world.query("update change_batches set outcome = outcome - 'statuses' where id = $1", [key]);
    expect(await told()).toMatchObject({ batch: key, change: { status: "qualified" }, step: null });
  });

  test("leaves out what changed nothing", async () => {
    const ids = await world.addContacts(1);
    await close(ada, ids);
    const nothing = await close(ada, ids, 2);
    const { entries } = await listHistoryPage({ ...everything, who: ada }, "UTC");
    expect(entries.map((entry) => entry.type === "batch" && entry.batch)).not.toContain(nothing);
  });

  test("has what the website and psql changed, alike ones that follow each other together", async () => {
    const ids = await world.addContacts(4);
    for (const id of ids.slice(0, 3)) {
      await website.query("update contact_submissions set document_insights = $2 where id = $1", [
        id,
        { total_documents: 1 },
      ]);
    }
    await world.query("update contact_submissions set status = 'spam' where id = $1", [ids[3]]);
    const { entries } = await listHistoryPage({ ...everything, who: "website" }, "UTC");
    expect(entries.slice(0, 2)).toMatchObject([
      {
        type: "other",
        role: "postgres",
        fields: ["status"],
        step: { from: "new", to: "spam" },
        changed: 1,
        contact: { id: ids[3] },
      },
      { type: "other", role: "website", fields: ["document_insights"], changed: 3, contact: null },
    ]);
  });

  test("tells others' statuses together where they lead to the same, and from where if that is one", async () => {
    const ids = [...(await world.addContacts(2)), ...(await world.addContacts(1, "in_review"))];
    const set = (status: string, some: string[]) =>
      world.query("update contact_submissions set status = $2 where id = any($1)", [some, status]);
    await set("closed", ids);
    await set("spam", ids);
    const { entries } = await listHistoryPage({ ...everything, who: "website" }, "UTC");
    expect(entries.slice(0, 2)).toMatchObject([
      { fields: ["status"], step: { from: "closed", to: "spam" }, changed: 3 },
      { fields: ["status"], step: { from: undefined, to: "closed" }, changed: 3 },
    ]);
  });

  test("a change of staff between two of the website's parts them, and pages lose and repeat nothing", async () => {
    const ids = await world.addContacts(120);
    const [one = "", two = ""] = ids;
    const touch = (id: string, page: string) =>
      website.query("update contact_submissions set page_url = $2 where id = $1", [id, page]);
    await touch(one, "/a");
    await close(tomo, [two]);
    await touch(one, "/b");
    const shown = await listHistoryPage(everything, "UTC");
    expect(shown.entries.slice(0, 3)).toMatchObject([
      { type: "other", fields: ["page_url"], changed: 1 },
      { type: "batch", staffName: "Tomo Sato" },
      { type: "other", fields: ["page_url"], changed: 1 },
    ]);

    const made: string[] = [];
    for (const id of ids.slice(2)) made.push(await close(tomo, [id]));
    const seen: string[] = [];
    let question: HistoryQuestion = { ...everything, who: tomo };
    for (let pages = 0; pages < 10; pages++) {
      const page = await listHistoryPage(question, "UTC");
      seen.push(...page.entries.flatMap((entry) => (entry.type === "batch" ? [entry.batch] : [])));
      if (!page.next) break;
      question = { ...question, before: page.next };
    }
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen.slice(0, made.length)).toEqual(made.toReversed());
  });

  test("has what staff changed in no batch, as an import of older changes leaves it", async () => {
    const [id = ""] = await world.addContacts(1);
    await world.query(
      `with who as materialized (select set_config('desk.actor', $1, true))
       update contact_submissions set status = 'closed' from who where id = $2`,
      [`staff:${tomo}`, id],
    );
    const { entries } = await listHistoryPage({ ...everything, who: tomo }, "UTC");
    expect(entries[0]).toMatchObject({ type: "other", actor: "staff", staffName: "Tomo Sato", contact: { id } });
  });

  test("says from whom a batch took its contacts only where all had the same assignee", async () => {
    const [first = "", second = ""] = await world.addContacts(2);
    const assign = async (assigneeId: string | null, contacts: { id: string; version: number }[]) =>
      settled(await changeContacts(ada, { key: randomUUID(), change: { assigneeId }, contacts }));
    await assign(tomo, [{ id: first, version: 1 }]);
    await assign(ada, [{ id: first, version: 2 }]);
    await assign(null, [{ id: first, version: 3 }]);
    await assign(tomo, [{ id: first, version: 4 }]);
    await assign(ada, [
      { id: first, version: 5 },
      { id: second, version: 1 },
    ]);
    const { entries } = await listHistoryPage({ ...everything, who: ada, kind: "assign" }, "UTC");
    expect(entries.slice(0, 5).map((entry) => entry.type === "batch" && entry.assigneeFrom)).toEqual([
      null,
      null,
      ada,
      tomo,
      null,
    ]);
  });

  test("asks for a kind and for days of the desk's zone", async () => {
    const [id = ""] = await world.addContacts(1);
    const change = { assigneeId: tomo };
    settled(await changeContacts(ada, { key: randomUUID(), change, contacts: [{ id, version: 1 }] }));
    const { entries } = await listHistoryPage({ ...everything, kind: "assign" }, "UTC");
    expect(entries).not.toEqual([]);
    expect(entries.every((entry) => entry.type === "batch" && entry.kind === "assign")).toBe(true);
    expect(await listHistoryPage({ ...everything, to: "2020-01-01" }, "Asia/Kathmandu")).toEqual({
      entries: [],
      next: null,
    });
  });
});

test("whatever the address says is read or named, and never raises", async () => {
  const { question, dropped } = parseHistoryQuestion(
    new URLSearchParams("who=x'; drop table staff&kind=all&from=2026-02-30&to=2026-02-28&before=yesterday"),
  );
  expect(question).toEqual({ ...everything, to: "2026-02-28" });
  expect(dropped).toEqual(["who", "kind", "from", "before"]);
  // An instant that JavaScript accepts and PostgreSQL does not.
  for (const before of ["0000-01-01T00:00:00Z", "2026-02-30T00:00:00Z", "2026-02-28T24:00:00Z"]) {
    const read = parseHistoryQuestion(new URLSearchParams({ before }));
    expect(read).toEqual({ question: everything, dropped: ["before"] });
  }
  for (const before of ["0001-01-01T00:00:00Z", "9999-12-31T23:59:59.999999Z"]) {
    const read = parseHistoryQuestion(new URLSearchParams({ before, from: "0001-01-01", to: "9999-12-31" }));
    expect(read.dropped).toEqual([]);
    await listHistoryPage(read.question, "Pacific/Apia");
  }
});
