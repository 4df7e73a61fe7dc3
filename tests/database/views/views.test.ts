import { randomUUID } from "node:crypto";
import { afterAll, describe, expect, test } from "vitest";
import { DatabaseError } from "@/lib/database/errors";
import { type ContactFilter, emptyFilter } from "@/lib/filter/filter";
import { parseFilter } from "@/lib/filter/url";
import { countContacts } from "@/lib/list/counts";
import { listContacts } from "@/lib/list/queries";
import { countReceived } from "@/lib/list/received";
import { countViewDays, countViews } from "@/lib/views/counts";
import { listViews } from "@/lib/views/queries";
import { listReadyMade, mostViews, type View, type ViewContent } from "@/lib/views/view";
import {
  changeContent,
  changeName,
  changePosition,
  changeShared,
  createView,
  deleteView,
  type Editor,
} from "@/lib/views/write";
import { viewerIn } from "../../viewer";
import { makeUglyContacts, storeContacts } from "../list/inbox-rows";
import { openStaffWorld } from "../staff/staff-world";

const world = openStaffWorld();
afterAll(world.close);

async function person(role: Editor["role"] = "agent"): Promise<Editor> {
  return { id: (await world.addPerson(role)).id, role };
}

/** A filter that is kept without columns. */
const only = (filter: string): ViewContent => ({ filter, columns: null });

async function add(editor: Editor, name: string, shared = false, filter = "status=new"): Promise<string> {
  const result = await createView(editor, { name, shared, ...only(filter) });
  if (!result.ok) throw new Error(result.message);
  return result.id;
}

/** The views somebody sees, without the ready-made. */
async function seenBy({ id, role }: Editor): Promise<View[]> {
  return (await listViews(id, role)).filter(({ kind }) => kind !== "ready");
}

async function namesFor(editor: Editor, kind: View["kind"]): Promise<string[]> {
  return (await seenBy(editor)).filter((view) => view.kind === kind).map(({ name }) => name);
}

test("one's own views are nobody else's, an admin's neither; shared ones are everybody's", async () => {
  const [ada, ben, admin] = [await person(), await person(), await person("admin")];
  const own = await add(ada, "Own");
  const shared = await add(ada, `Shared ${randomUUID()}`, true);
  const idsFor = async (editor: Editor) => (await seenBy(editor)).map(({ id }) => id);
  expect(await idsFor(ada)).toEqual(expect.arrayContaining([own, shared]));
  for (const other of [ben, admin]) {
    expect(await idsFor(other)).toContain(shared);
    expect(await idsFor(other)).not.toContain(own);
    expect(await changeName(other, own, "Taken over")).toMatchObject({ ok: false, code: "unknown" });
    expect(await deleteView(other, own)).toMatchObject({ ok: false, code: "unknown" });
  }
  const views = await seenBy(ben);
  expect(views.find(({ id }) => id === shared)).toMatchObject({ kind: "shared", editable: false });
});

test("a shared view is changed by whoever shares it or an admin, and by nobody else", async () => {
  const [ada, ben, admin] = [await person(), await person(), await person("admin")];
  const id = await add(ada, `Shared ${randomUUID()}`, true);
  const refused = { ok: false, code: "forbidden" };
  for (const manager of [ben, await person("manager")]) {
    expect(await changeName(manager, id, "Mine now")).toMatchObject(refused);
    expect(await changeContent(manager, id, only(""), only("status=new"))).toMatchObject(refused);
    expect(await changeShared(manager, id, false)).toMatchObject(refused);
    expect(await changePosition(manager, id, -1)).toMatchObject(refused);
    expect(await deleteView(manager, id)).toMatchObject(refused);
  }
  expect((await seenBy(ben)).find((view) => view.id === id)?.filter).toBe("status=new");
  expect(await changeName(admin, id, `By the admin ${id}`)).toEqual({ ok: true });
  expect(await changeContent(ada, id, only("status=spam"), only("status=new"))).toEqual({ ok: true });
  expect((await seenBy(ben)).find((view) => view.id === id)).toMatchObject({
    name: `By the admin ${id}`,
    filter: "status=spam",
  });
  expect(await deleteView(admin, id)).toEqual({ ok: true });
  expect((await seenBy(ada)).map((view) => view.id)).not.toContain(id);
});

test("of two who save a view at once the second is told, and nothing of the first is lost", async () => {
  const ada = await person();
  const id = await add(ada, "Both");
  const emails = { filter: "status=new", columns: "contact,email" };
  const taken = { ok: false, code: "taken" };
  // Columns alone are something to lose, too, and to have none is not to have seen some.
  expect(await changeContent(ada, id, emails, only("status=new"))).toEqual({ ok: true });
  expect(await changeContent(ada, id, only("status=closed"), only("status=new"))).toMatchObject(taken);
  expect(await changeContent(ada, id, { ...emails, filter: "status=spam" }, emails)).toEqual({ ok: true });
  expect(await changeContent(ada, id, only("status=closed"), emails)).toMatchObject(taken);
  expect((await seenBy(ada)).find((view) => view.id === id)).toMatchObject({ ...emails, filter: "status=spam" });
});

describe("columns", () => {
  test("are there, in their order, for whoever sees the view; without them it has each person's own", async () => {
    const [ada, ben] = [await person(), await person()];
    const columns = "email,contact,budget";
    const made = await createView(ada, { name: `Shared ${randomUUID()}`, shared: true, filter: "", columns });
    const plain = await add(ada, `Shared ${randomUUID()}`, true);
    const views = await seenBy(ben);
    expect(views.find(({ id }) => made.ok && id === made.id)).toMatchObject({ columns });
    expect(views.find(({ id }) => id === plain)).toMatchObject({ columns: null });
    expect(listReadyMade().filter((view) => view.columns !== null)).toEqual([]);
  });

  test("that are stored and not on offer any more are passed over, and the view can be saved as ever", async () => {
    const ada = await person();
    const id = await add(ada, "Old");
    const stored = { filter: "status=new", columns: "shoe size,email,,email,constructor" };
    await world.query("update views set columns = $2 where id = $1", [id, stored.columns]);
    const seen = async () => (await seenBy(ada)).find((view) => view.id === id);
    expect(await seen()).toMatchObject({ columns: "contact,email", stored, problem: null });
    await world.query("update views set columns = 'shoe size' where id = $1", [id]);
    expect(await seen()).toMatchObject({ columns: null, problem: null });
    const next = { filter: "status=new", columns: "contact,company" };
    expect(await changeContent(ada, id, next, (await seen())?.stored ?? stored)).toEqual({ ok: true });
    expect(await seen()).toMatchObject({ ...next, stored: next });
  });

  test("are never an empty text, nor one longer than any list", async () => {
    const id = await add(await person(), "Bounded");
    for (const columns of ["", "e".repeat(1_001)]) {
      const store = world.query("update views set columns = $2 where id = $1", [id, columns]);
      await expect(store).rejects.toMatchObject({ constraint: "views_columns_check" });
    }
  });
});

describe("names", () => {
  test("are one's own once, in any case, and another's may be the same", async () => {
    const [ada, ben] = [await person(), await person()];
    await add(ada, "Tenders");
    expect(await createView(ada, { name: "TENDERS", shared: false, ...only("") })).toMatchObject({ field: "name" });
    await add(ben, "Tenders");
    const other = await add(ada, "Others");
    expect(await changeName(ada, other, "tenders")).toMatchObject({ field: "name" });
    expect(await changeName(ada, other, "OTHERS")).toEqual({ ok: true });
  });

  test("are looked at when a view is shared, too", async () => {
    const [ada, ben] = [await person(), await person()];
    const name = `Tenders ${randomUUID()}`;
    await add(ada, name, true);
    const id = await add(ben, name);
    expect(await changeShared(ben, id, true)).toMatchObject({ ok: false, field: "name" });
    expect(await namesFor(ben, "own")).toEqual([name]);
  });

  test("are taken by one of many who ask at once", async () => {
    const ada = await person();
    const made = await Promise.all(
      Array.from({ length: 6 }, () => createView(ada, { name: "Once", shared: false, ...only("") })),
    );
    expect(made.filter(({ ok }) => ok)).toHaveLength(1);
  });
});

test("views move up and down in their own list, and stay at its ends", async () => {
  const ada = await person();
  const first = await add(ada, "1");
  await add(ada, "2");
  const last = await add(ada, "3");
  await changePosition(ada, last, -1);
  expect(await namesFor(ada, "own")).toEqual(["1", "3", "2"]);
  await changePosition(ada, first, -1);
  await changePosition(ada, first, 1);
  expect(await namesFor(ada, "own")).toEqual(["3", "1", "2"]);
  await add(ada, "4");
  expect(await namesFor(ada, "own")).toEqual(["3", "1", "2", "4"]);
});

test("a list that is full takes no more", async () => {
  const ada = await person();
  await world.query(
    `insert into views (owner_id, name, filter, position)
     select $1, 'View ' || n, '', n from generate_series(1, $2::int) n`,
    [ada.id, mostViews.own],
  );
  expect(await createView(ada, { name: "One more", shared: false, ...only("") })).toMatchObject({ code: "invalid" });
});

test("a stored filter that is not understood any more is shown without it, and says so", async () => {
  const ada = await person();
  const id = await add(ada, "Old", false, "status=new");
  await world.query("update views set filter = 'status=new&colour=red' where id = $1", [id]);
  const [view] = (await seenBy(ada)).filter((each) => each.id === id);
  expect(view).toMatchObject({ filter: "status=new", problem: "colour=red" });
  expect(await changeContent(ada, id, only("status=new"), view?.stored ?? only(""))).toEqual({ ok: true });
  expect((await seenBy(ada)).find((each) => each.id === id)?.problem).toBeNull();
});

test("each view's number is that of its list, and one that cannot be counted leaves the others theirs", async () => {
  await storeContacts(makeUglyContacts(120));
  const viewer = viewerIn("Asia/Kathmandu");
  const views = listReadyMade();
  const counts = await countViews(views, viewer, countContacts);
  for (const { id, filter } of views) {
    const asked = parseFilter(new URLSearchParams(filter)).filter;
    const listed: string[] = [];
    for (let after: string | undefined; ; ) {
      const page = await listContacts(asked, viewer, { after });
      listed.push(...page.rows.map((row) => row.id));
      if (!page.next) break;
      after = page.next;
    }
    expect(counts[id], id).toEqual({ count: listed.length, exact: true });
  }
  expect(Object.values(counts).filter(({ count }) => count > 0).length).toBeGreaterThan(4);

  const elsewhere = viewerIn("Europe/Berlin");
  const without = await countViews(views, elsewhere, (filter, who) =>
    filter.fields.snoozed ? Promise.reject(new Error("busy")) : countContacts(filter, who),
  );
  expect(without.all).toEqual(counts.all);
  expect(without.snoozed).toBeUndefined();
});

test("a filter is counted once for all who look within seconds, but for each person where it asks whose", async () => {
  let asked = 0;
  const count = async () => ({ count: ++asked, exact: true });
  const views = ["source=a", "source=a", "assignee=me"].map((filter, at) => ({
    ...{ id: String(at), name: "", kind: "own" as const, ...only(filter), stored: only(filter) },
    ...{ owner: null, editable: true, problem: null },
  }));
  const here = viewerIn("UTC");
  expect(await countViews(views, here, count)).toEqual({
    0: { count: 1, exact: true },
    1: { count: 1, exact: true },
    2: { count: 2, exact: true },
  });
  const other = await countViews(views, { ...here, staffId: randomUUID() }, count);
  expect(other[0]).toEqual({ count: 1, exact: true });
  expect(other[2]).toEqual({ count: 3, exact: true });
  expect(await countContacts(emptyFilter, here)).toMatchObject({ exact: true });
});

test("a view of relative days is counted anew on another day, and one of fixed days is not", async () => {
  let asked = 0;
  const count = async () => ({ count: ++asked, exact: true });
  const views = ["from=last-week", "from=2026-11-16"].map((filter, at) => ({
    ...{ id: String(at), name: "", kind: "own" as const, ...only(filter), stored: only(filter) },
    ...{ owner: null, editable: true, problem: null },
  }));
  // On that Monday, last week is the week that begins on the 16th.
  const monday = { ...viewerIn("UTC"), today: "2026-11-23" };
  await countViews(views, monday, count);
  expect(asked).toBe(1);
  await countViews(views, { ...monday, today: "2026-11-29" }, count);
  expect(asked).toBe(1);
  await countViews(views, { ...monday, today: "2026-11-30" }, count);
  expect(asked).toBe(2);
});

/** Views of one's own, each with its number as its id. */
const ownViews = (...filters: string[]): View[] =>
  filters.map((filter, at) => ({
    ...{ id: String(at), name: "", kind: "own", ...only(filter), stored: only(filter) },
    ...{ owner: null, editable: true, problem: null },
  }));

test("each day of a view's sparkline is the list of that day, where clocks turn too", async () => {
  const viewer = { ...viewerIn("Europe/Berlin"), today: "2026-10-29" };
  const days = Array.from({ length: 14 }, (_, at) => `2026-10-${at + 16}`);
  // Around the hour that comes twice on the 25th, and the ends of the first and the last day.
  const times = ["2026-10-15 21:59:59.999999Z", "2026-10-15 22:00Z", "2026-10-24 22:00Z", "2026-10-25 00:30Z"];
  times.push(
    "2026-10-25 01:30Z",
    "2026-10-25 22:59:59Z",
    "2026-10-25 23:00Z",
    "2026-10-29 22:59Z",
    "2026-10-29 23:00Z",
  );
  const sent = times.flatMap((time, at) => {
    const [one, other] = makeUglyContacts(120).slice(at * 2);
    return one && other ? [one, other].map((each) => ({ ...each, id: `${each.id}_sent`, timestamp: time })) : [];
  });
  await storeContacts(sent);
  try {
    const views = [...listReadyMade(), ...ownViews("from=2026-10-20&to=2026-10-25", "-source=website", "from=today")];
    const drawn = await countViewDays(views, viewer, countReceived);
    for (const { id, filter } of views) {
      const asked = parseFilter(new URLSearchParams(filter)).filter;
      const listed = days.map((day) => withinDay(asked, day, viewer.today));
      const counted = listed.map((each) => (each ? countContacts(each, viewer) : { count: 0 }));
      expect({ id, days: drawn[id] }).toEqual({ id, days: (await Promise.all(counted)).map(({ count }) => count) });
    }
    expect(drawn.all?.filter((contacts) => contacts > 0)).toHaveLength(4);
    expect(drawn[0]?.slice(0, 4)).toEqual([0, 0, 0, 0]);
  } finally {
    await world.query("delete from contact_submissions where id like '%\\_sent'");
  }
});

/** The filter on one day; null if its own days leave that day out. */
function withinDay(filter: ContactFilter, day: string, today: string): ContactFilter | null {
  const from = filter.from === "today" ? today : filter.from;
  const to = filter.to === "today" ? today : filter.to;
  return (from && day < from) || (to && day > to) ? null : { ...filter, from: day, to: day };
}

test("a view has no sparkline if that is too costly, and is not asked for it again; one that failed is", async () => {
  let asked = 0;
  const tooSlow = () => Promise.reject(new DatabaseError("too_slow", null));
  const views = ownViews("q=north&source=slow", "insight=tone:eq:formal&source=slow", "source=slow", "to=2020-01-01");
  const draw = (count: () => Promise<number[]>) =>
    countViewDays(views, viewerIn("UTC"), () => {
      asked++;
      return count();
    });
  const empty = { 3: Array(14).fill(0) };
  expect(await draw(() => Promise.reject(new Error("busy")))).toEqual(empty);
  expect(await draw(tooSlow)).toEqual(empty);
  expect(asked).toBe(2);
  expect(await draw(async () => [1])).toEqual(empty);
  expect(asked).toBe(2);
});
