import pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { emptyFilter } from "@/lib/filter/filter";
import { parseFilter } from "@/lib/filter/url";
import { rankLimits } from "@/lib/list/best-match";
import { parseCursor, printCursor } from "@/lib/list/cursor";
import { findCursor, findNeighbour } from "@/lib/list/neighbour";
import { type ContactPage, listContactIds, listContacts, pageSize } from "@/lib/list/queries";
import { viewerIn } from "../../viewer";
import { matches, rankOf } from "./inbox-model";
import type { TestContact } from "./inbox-rows";

const viewer = viewerIn("UTC");
const newest = new Date("2026-11-20T12:00:00Z").getTime();
const minute = 60_000;

let client: pg.Client;
let contacts: TestContact[] = [];

type Wanted = { id: string; name: string; minutes: number; message?: string; status?: string };

/** A contact that was sent so many minutes before the newest one. */
function contactOf({ id, name, minutes, message = "Hello", status = "new" }: Wanted): TestContact {
  const timestamp = new Date(newest - minutes * minute).toISOString().replace("T", " ").replace("Z", "+00");
  const rest = { company: null, service: null, source: "website", page: null, insights: null, documents: [] };
  return { id, name, email: `${id.replace(/\W/g, ".")}@visitors.example`, message, timestamp, status, ...rest };
}

/**
 * More contacts than are ranked: every second has the word "harbour", half of these as a part of another. People whose
 * name begins with it are new and old, accents and case included. "kestrel" is rare, and whole only in old contacts.
 */
function makeContacts(): TestContact[] {
  const numbers = (count: number) => Array.from({ length: count }, (_none, at) => at);
  const messages = ["The harbour plan", "Nothing at all", "Two harbours here", "Something else"];
  return [
    ...numbers(3_000).map((at) => ({
      id: `visitor ${at}`,
      name: "Visitor",
      minutes: at,
      message: messages[at % 4],
      status: at % 3 === 0 ? "closed" : "new",
    })),
    ...numbers(70).map((at) => ({ id: `old harbour ${at}`, name: `HÁRBOUR, Ida ${at}`, minutes: 5_000 + at * 31 })),
    ...numbers(4).map((at) => ({ id: `new harbour ${at}`, name: "Harbourmaster Ole", minutes: 300 + at * 150 })),
    ...numbers(30).map((at) => ({ id: `kestrels ${at}`, name: "Somebody", minutes: 200 + at, message: "kestrels" })),
    ...numbers(30).map((at) => ({ id: `kestrel ${at}`, name: "Somebody", minutes: 9_000 + at, message: "A kestrel!" })),
    // As a part, at the end of another word.
    ...numbers(3).map((at) => ({ id: `inner ${at}`, name: "Somebody", minutes: 10 + at, message: "Oldharbour" })),
    { id: "surname", name: "Lena Harbour", minutes: 8_000 },
    { id: "curly", name: "O’Harbour Síle", minutes: 8_001 },
    { id: "plain", name: "o'harbour sile", minutes: 8_002 },
  ].map(contactOf);
}

beforeAll(async () => {
  client = new pg.Client({ connectionString: process.env.DATABASE_DIRECT_URL });
  await client.connect();
  contacts = makeContacts();
  await store(contacts);
  await client.query("analyze contact_submissions");
});

afterAll(() => client.end());

async function store(given: TestContact[]): Promise<void> {
  await client.query(
    `insert into contact_submissions (id, name, email, message, "timestamp", status)
     select id, name, email, message, "timestamp", status from jsonb_to_recordset($1::jsonb)
       as given (id text, name text, email text, message text, "timestamp" timestamptz, status text)`,
    [JSON.stringify(given)],
  );
}

const parse = (query: string) => parseFilter(new URLSearchParams(query)).filter;
const idsOf = (page: ContactPage) => page.rows.map(({ id }) => id);

/** The ids that best match has for a filter, by the model: whole words are told from parts from an instant on. */
function expectedIds(query: string, since: string): string[] {
  const filter = parse(query);
  const found = contacts
    .filter((contact) => matches(contact, filter, "UTC"))
    .map((contact) => ({ ...contact, rank: rankOf(contact, filter.words, contact.timestamp >= since) }));
  const later = (one: string, other: string) => Number(one < other) - Number(one > other);
  return found
    .sort((one, other) => one.rank - other.rank || later(one.timestamp, other.timestamp) || later(one.id, other.id))
    .map(({ id }) => id);
}

/** When the last of the newest contacts was sent in which whole words are told from parts. */
function boundary(): string {
  const times = contacts.map(({ timestamp }) => timestamp).sort();
  return times.at(-rankLimits.newest) ?? "";
}

async function walk(query: string, from: ContactPage): Promise<string[]> {
  const ids = idsOf(from);
  for (let page = from; page.next; ) {
    page = await listContacts(parse(query), viewer, { after: page.next });
    expect(page.problem).toBeUndefined();
    ids.push(...idsOf(page));
  }
  return ids;
}

const common = "q=harbour&sort=best";

describe("where more contacts match than are ranked", () => {
  test("first stand names that begin with it, old ones too, then whole words of the newest, then their parts, then older ones", async () => {
    const ids = expectedIds(common, boundary());
    expect(await walk(common, await listContacts(parse(common), viewer))).toEqual(ids);
    const names = new Map(contacts.map((contact) => [contact.id, contact]));
    const told = ids.map((id) => names.get(id)?.name ?? "").slice(0, 75);
    expect(told.slice(0, 74).every((name) => /^h[aá]rbour/i.test(name))).toBe(true);
    expect(told[74]).toBe("Visitor");
    expect(ids.slice(74, 200).map((id) => names.get(id)?.message)).toEqual(Array(126).fill("The harbour plan"));
    expect(ids.indexOf("surname")).toBeGreaterThan(ids.indexOf("visitor 2998"));
  });

  test.each([
    common,
    "q=harbour&status=new&sort=best",
    "q=harbour+-plan&sort=best",
    "q=harbour+here&sort=best",
    "q=%22the+harbour%22&sort=best",
    "q=h%C3%A1rbour&sort=best",
    "q=visitor&to=2026-11-19&sort=best",
  ])("pages go back from the last one to the first: %s", async (query) => {
    const filter = parse(query);
    let page = await listContacts(filter, viewer, { before: "end" });
    expect(page.next).toBeNull();
    const pages = [idsOf(page)];
    for (; page.previous; ) {
      page = await listContacts(filter, viewer, { before: page.previous });
      pages.unshift(idsOf(page));
    }
    const whole = await walk(query, await listContacts(filter, viewer));
    expect(whole.length).toBeGreaterThan(pageSize);
    expect(new Set(whole).size).toBe(whole.length);
    // Back at the start, a page that is not full is the first page again.
    expect(pages.flat().slice(-whole.length + (whole.length % pageSize))).toEqual(whole.slice(whole.length % pageSize));
    expect(pages[0]).toEqual(whole.slice(0, pageSize));
    const newestOnes = { ...filter, sort: emptyFilter.sort };
    expect(whole.toSorted()).toEqual((await listContactIds(newestOnes, viewer, 10_000)).toSorted());
  });

  test("contacts that arrive while one turns the pages hide and repeat nothing", async () => {
    const expected = expectedIds(common, boundary());
    const first = await listContacts(parse(common), viewer);
    const arrived = Array.from({ length: 60 }, (_none, at) =>
      contactOf({ id: `arrived ${at}`, name: "Visitor", minutes: -1 - at, message: "The harbour plan" }),
    );
    try {
      await store(arrived);
      const ids = (await walk(common, first)).filter((id) => !id.startsWith("arrived"));
      expect(ids).toEqual(expected);
    } finally {
      await client.query("delete from contact_submissions where id like 'arrived%'");
    }
  });

  test("triage and what stands before and after a contact follow the same order", async () => {
    const filter = parse(common);
    const expected = expectedIds(common, boundary());
    expect(await listContactIds(filter, viewer, 500)).toEqual(expected.slice(0, 500));
    // Around each change from one part of the order to the next.
    const recent = contacts.filter(({ timestamp }) => timestamp >= boundary());
    const inRecent = (message: string) => recent.filter((contact) => contact.message === message).length;
    const ends = [0, 73, 74, 73 + inRecent("The harbour plan"), 74 + inRecent("The harbour plan"), expected.length - 2];
    for (const at of ends) {
      const cursor = parseCursor(filter, (await findCursor(filter, viewer, expected[at] ?? "")) ?? "");
      if ("problem" in cursor) throw new Error(cursor.problem);
      expect(await findNeighbour(filter, viewer, cursor.position, "next")).toBe(expected[at + 1]);
      expect(await findNeighbour(filter, viewer, cursor.position, "previous")).toBe(expected[at - 1] ?? null);
    }
  });
});

test("where few contacts match, whole words stand before parts however old they are", async () => {
  const query = "q=kestrel&sort=best";
  const ids = await walk(query, await listContacts(parse(query), viewer));
  expect(ids).toEqual(expectedIds(query, ""));
  expect(ids.slice(0, 30).every((id) => id.startsWith("kestrel "))).toBe(true);
});

test.each([
  ["o'harbour", ["curly", "plain"]],
  ["O’HARBOUR", ["curly", "plain"]],
  ["sile o'harbour", ["curly", "plain"]],
  ["síle o'harbour", ["curly"]],
  ['"lena harbour"', ["surname"]],
])("%s begins or is in a name", async (words, ids) => {
  expect(idsOf(await listContacts({ ...emptyFilter, words, sort: "best" }, viewer)).slice(0, 2)).toEqual(ids);
});

test.each(["", "ha", "-harbour"])("without a word to rank by, %j is newest first", async (words) => {
  const filter = { ...emptyFilter, words };
  const best = await listContacts({ ...filter, sort: "best" }, viewer);
  expect(idsOf(best)).toEqual(idsOf(await listContacts(filter, viewer)));
  const second = await listContacts({ ...filter, sort: "best" }, viewer, { after: best.next ?? "" });
  const { next } = await listContacts(filter, viewer);
  expect(idsOf(second)).toEqual(idsOf(await listContacts(filter, viewer, { after: next ?? "" })));
});

test("a position that does not belong to a ranked list gives the first page and says so", async () => {
  const filter = parse(common);
  const first = await listContacts(filter, viewer);
  const at = { section: 0, keys: ["2026-11-21 23:00:00+00"], id: "x" };
  const since = "2026-11-01 00:00:00+00";
  for (const cursor of [
    printCursor("best", at),
    printCursor("best", { ...at, since: "yesterday" }),
    printCursor("best", { ...at, since, section: 4 }),
    printCursor("best", { ...at, since: "-infinity", section: 3 }),
  ]) {
    const { problem, ...rest } = await listContacts(filter, viewer, { after: cursor });
    expect(problem).toMatch(/first page/);
    expect(rest).toEqual(first);
  }
  const without = { ...emptyFilter, sort: "best" } as const;
  expect((await listContacts(without, viewer, { after: printCursor("best", { ...at, since }) })).problem).toMatch(
    /first page/,
  );
});
