import fc from "fast-check";
import pg from "pg";
import { beforeAll, describe, expect, test } from "vitest";
import { Prisma } from "@/generated/prisma/client";
import { queryRows } from "@/lib/database/query";
import { type ContactFilter, emptyFilter, type Sort, sorts } from "@/lib/filter/filter";
import { parseFilter } from "@/lib/filter/url";
import { countAllContacts, countContacts, countExactly } from "@/lib/list/counts";
import { printCursor } from "@/lib/list/cursor";
import { listFacets } from "@/lib/list/facets";
import { type ContactPage, listContacts, pageSize } from "@/lib/list/queries";
import { viewerIn } from "../../viewer";
import { matches, rankOf } from "./inbox-model";
import { makeUglyContacts, storeContacts, type TestContact } from "./inbox-rows";

const contacts = makeUglyContacts(430);
const zone = "Europe/Berlin";

beforeAll(() => storeContacts(contacts));

const parse = (query: string) => parseFilter(new URLSearchParams(query)).filter;
const byTime = Prisma.sql`"timestamp" desc, id desc`;
const triage = Prisma.sql`array_position(array['new', 'in_review', 'contacted', 'qualified', 'closed', 'spam'], status::text)`;
const documents = Prisma.sql`case when jsonb_typeof(document_insights -> 'total_documents') = 'number'
  then case when (document_insights -> 'total_documents')::numeric between 0 and 1000000
    then round((document_insights -> 'total_documents')::numeric, 6) end end`;

/** Each order in its plain form, without regard to indexes. */
const plainOrders: Record<Sort, Prisma.Sql> = {
  "-timestamp": byTime,
  timestamp: Prisma.sql`"timestamp", id`,
  // Within a rank; `expectedIds` puts the ranks in order.
  best: byTime,
  waiting: Prisma.sql`coalesce(status in ('new', 'in_review') and first_contacted_at is null
    and (snoozed_until is null or snoozed_until <= now()), false) desc, "timestamp", id`,
  "-updated": Prisma.sql`updated_at desc, id desc`,
  name: Prisma.sql`name collate desk_people, id`,
  "-name": Prisma.sql`name collate desk_people desc, id desc`,
  company: Prisma.sql`coalesce(company, '') collate desk_people, id`,
  "-company": Prisma.sql`coalesce(company, '') collate desk_people desc, id desc`,
  status: Prisma.sql`${triage} nulls last, ${byTime}`,
  "-status": Prisma.sql`${triage} desc nulls last, ${byTime}`,
  documents: Prisma.sql`${documents} nulls last, "timestamp", id`,
  "-documents": Prisma.sql`${documents} desc nulls last, ${byTime}`,
};

/** The ids of a filter in its order, by the model and a plain sort. */
async function expectedIds(filter: ContactFilter): Promise<string[]> {
  const sorted = await queryRows<{ id: string }>(
    Prisma.sql`select id from contact_submissions order by ${plainOrders[filter.sort]}`,
  );
  const wanted = new Map(
    contacts.flatMap((contact) => (matches(contact, filter, zone) ? [[contact.id, contact] as const] : [])),
  );
  const found = sorted.flatMap(({ id }) => wanted.get(id) ?? []);
  const rank = (contact: TestContact) => (filter.sort === "best" ? rankOf(contact, filter.words) : 0);
  return found.toSorted((one, other) => rank(one) - rank(other)).map(({ id }) => id);
}

const idsOf = (page: ContactPage) => page.rows.map((row) => row.id);

async function walkForward(filter: ContactFilter): Promise<string[]> {
  let page = await listContacts(filter, viewerIn(zone));
  const ids = idsOf(page);
  while (page.next) {
    page = await listContacts(filter, viewerIn(zone), { after: page.next });
    ids.push(...idsOf(page));
  }
  return ids;
}

async function asOwner(sql: string, values: unknown[] = []): Promise<void> {
  const client = new pg.Client({ connectionString: process.env.DATABASE_DIRECT_URL });
  await client.connect();
  try {
    await client.query(sql, values);
  } finally {
    await client.end();
  }
}

describe.each(sorts)("sorted by %s", (sort) => {
  const filter = { ...emptyFilter, sort };

  test("the pages one after another are the whole list in order", async () => {
    expect(await walkForward(filter)).toEqual(await expectedIds(filter));
  });

  test("going back from the last page shows the pages before it, up to the first", async () => {
    const all = await expectedIds(filter);
    let page = await listContacts(filter, viewerIn(zone), { before: "end" });
    let end = all.length;
    expect(page.next).toBeNull();
    while (page.previous) {
      expect(idsOf(page)).toEqual(all.slice(end - pageSize, end));
      end -= pageSize;
      page = await listContacts(filter, viewerIn(zone), { before: page.previous });
    }
    expect(idsOf(page)).toEqual(all.slice(0, pageSize));
  });

  test("back from the second page is the first again", async () => {
    const first = await listContacts(filter, viewerIn(zone));
    const second = await listContacts(filter, viewerIn(zone), { after: first.next ?? "" });
    const back = await listContacts(filter, viewerIn(zone), { before: second.previous ?? "" });
    expect(idsOf(back)).toEqual(idsOf(first));
    expect({ next: back.next, previous: back.previous }).toEqual({ next: first.next, previous: null });
  });
});

test("under any filter and any order the pages hold the model's contacts in order, and the count is theirs", async () => {
  const part = fc.constantFrom(
    ...["status=new&status=closed&status=", "-status=spam", "type=pdf", "-type.all=pdf", "documents=2-", "q=mara"],
    ...[
      "-insights=missing",
      "business=true",
      "-language=ja",
      "service=",
      "document.type=requirements",
      "to=2026-11-21",
    ],
  );
  const pages = fc.asyncProperty(fc.array(part, { maxLength: 2 }), fc.constantFrom(...sorts), async (parts, sort) => {
    const filter = parse([...parts, `sort=${sort}`].join("&"));
    const expected = await expectedIds(filter);
    expect(await walkForward(filter)).toEqual(expected);
    expect(await countContacts(filter, viewerIn(zone))).toEqual({ count: expected.length, exact: true });
  });
  await fc.assert(pages, { numRuns: 40 });
});

test("whatever words are searched for, best match has the model's contacts in the model's order", async () => {
  const words = [
    "mara",
    "lindqvist",
    "o'brien",
    "O’BRIEN",
    "omer",
    "ömer",
    "zoë",
    "100%",
    "_real_",
    "50%",
    "a_b",
    "山田",
  ];
  const others = [
    "太郎",
    "🚀",
    "strasse",
    "known",
    "line",
    "width",
    "acme",
    "pdf",
    "cafe",
    "émigré",
    "em",
    "the",
    "-closed",
  ];
  const phrases = [
    '"the line"',
    '"o\'brien is"',
    '"we want"',
    '"lindqvist mara"',
    '-"line end"',
    "example.com",
    "mara3",
    "ä",
  ];
  const search = fc.array(fc.constantFrom(...words, ...others, ...phrases), { minLength: 1, maxLength: 3 });
  const rest = fc.constantFrom("", "", "status=new", "-status=new&to=2026-11-21", "service=", "type=pdf");
  const ranked = fc.asyncProperty(search, rest, async (parts, query) => {
    const filter = { ...parse(`${query}&sort=best`), words: parts.join(" ") };
    const expected = await expectedIds(filter);
    expect(await walkForward(filter)).toEqual(expected);
    const last = await listContacts(filter, viewerIn(zone), { before: "end" });
    expect(idsOf(last)).toEqual(expected.slice(-pageSize));
  });
  await fc.assert(ranked, { numRuns: 150 });
});

test("contacts that arrive and statuses that change while one turns the pages hide and repeat nothing", async () => {
  const filter = emptyFilter;
  const all = await expectedIds(filter);
  const first = await listContacts(filter, viewerIn(zone));
  try {
    await asOwner(`insert into contact_submissions (id, name, email, message, "timestamp")
      select 'arrival_' || n, 'n', 'e', 'm', '2026-11-23 00:00:00+00' from generate_series(1, 60) n`);
    await asOwner("update contact_submissions set status = 'spam' where id = $1", [all[3]]);
    const ids = idsOf(first);
    for (let page = first; page.next; ) {
      page = await listContacts(filter, viewerIn(zone), { after: page.next });
      ids.push(...idsOf(page));
    }
    expect(ids).toEqual(all);
  } finally {
    await asOwner("delete from contact_submissions where id like 'arrival%'");
    await asOwner("update contact_submissions set status = $2 where id = $1", [
      all[3],
      contacts.find((contact) => contact.id === all[3])?.status,
    ]);
  }
});

test("a position beyond the end of a list that has shrunk shows its last page", async () => {
  const filter = parse("status=new");
  const cursor = printCursor("-timestamp", { section: 0, keys: ["1990-01-01 00:00:00+00"], id: "x" });
  const page = await listContacts(filter, viewerIn(zone), { after: cursor });
  expect(idsOf(page)).toEqual((await expectedIds(filter)).slice(-pageSize));
});

test("no contact at all is an empty page that leads nowhere", async () => {
  const filter = parse("status=nowhere");
  const cursor = printCursor("-timestamp", { section: 0, keys: ["1990-01-01 00:00:00+00"], id: "x" });
  for (const position of [{}, { after: cursor }, { before: cursor }, { before: "end" }]) {
    expect(await listContacts(filter, viewerIn(zone), position)).toEqual({
      rows: [],
      next: null,
      previous: null,
      partial: false,
    });
  }
});

describe("a cursor that cannot be used gives the first page and says so", () => {
  const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const position = { sort: "-timestamp", section: 0, keys: ["2026-11-21 23:00:00+00"], id: "x" };

  test.each([
    ["garbage", "not a cursor"],
    ["half a JSON", Buffer.from('{"sort":').toString("base64url")],
    ["a list", encode([1])],
    ["an extra key", encode({ ...position, extra: 1 })],
    ["an id that is an object", encode({ ...position, id: { not: "" } })],
    ["another order's", encode({ ...position, sort: "name", keys: ["Mara"] })],
    ["no order's", encode({ ...position, sort: "__proto__" })],
    ["a section that is not there", encode({ ...position, section: 1 })],
    ["too few keys", encode({ ...position, keys: [] })],
    ["too many keys", encode({ ...position, keys: ["2026-11-21 23:00:00+00", "x"] })],
    ["an impossible day", encode({ ...position, keys: ["2026-02-30 23:00:00+00"] })],
    ["an impossible hour", encode({ ...position, keys: ["2026-02-03 25:00:00+00"] })],
    ["a year beyond PostgreSQL's", encode({ ...position, keys: ["294277-01-01 00:00:00+00"] })],
    ["words for a time", encode({ ...position, keys: ["now"] })],
    ["NUL", encode({ ...position, id: "a\0b" })],
    ["half a surrogate pair", encode({ ...position, id: "\ud800" })],
    ["a megabyte", "A".repeat(1_000_000)],
  ])("%s", async (_what, cursor) => {
    const first = await listContacts(emptyFilter, viewerIn(zone));
    for (const page of [{ after: cursor }, { before: cursor }]) {
      const { problem, ...rest } = await listContacts(emptyFilter, viewerIn(zone), page);
      expect(rest).toEqual(first);
      expect(problem).toMatch(/first page/);
    }
  });

  test("whatever text stands in it, no order makes the database refuse", async () => {
    const text = fc.oneof(
      fc.string({ unit: "binary", maxLength: 20 }),
      fc.constantFrom(
        "infinity",
        "-infinity",
        "0001-01-01 00:00:00+00",
        "4713-01-01 00:00:00+00 BC",
        "-1",
        "1000000",
        "1e9",
      ),
      fc.constantFrom("294275-12-31 23:59:59.999999+00", "2024-02-29 00:00:00+00", "2023-02-29 00:00:00+00", "9999999"),
    );
    const anyPosition = fc.record({
      section: fc.integer({ min: 0, max: 7 }),
      keys: fc.array(text, { minLength: 1, maxLength: 2 }),
      id: text,
    });
    const never = fc.asyncProperty(fc.constantFrom(...sorts), anyPosition, fc.boolean(), async (sort, at, after) => {
      const cursor = printCursor(sort, at);
      await listContacts({ ...emptyFilter, sort }, viewerIn(zone), after ? { after: cursor } : { before: cursor });
    });
    await fc.assert(never, { numRuns: 150 });
  });
});

describe("a row", () => {
  const find = async (query: string) => (await listContacts(parse(query), viewerIn(zone))).rows[0];

  test("names up to six kinds of documents, oldest first, tells those that failed, and counts all", async () => {
    await asOwner(`insert into contact_submissions (id, name, email, company, message, "timestamp", status, source)
      values ('row', 'Row', 'row@example.com', null, E'  one\\n\\ttwo ' || repeat('x', 1000), '2026-11-21 10:00:00.123456+00',
        'odd', null)`);
    await asOwner(`insert into documents (contact_id, filename, size, content_type, document_type, upload_timestamp,
        processing_status)
      select 'row', case when n in (1, 9) then 'offer.PDF' else 'f' end, 1, 'text/plain', 'type ' || n,
        timestamptz '2026-11-21 10:00:00+00' + n * interval '1 s',
        case n when 2 then 'failed' when 3 then null else 'completed' end from generate_series(1, 30) n`);
    const row = await find("status=odd");
    expect(row).toEqual({
      id: "row",
      name: "Row",
      email: "row@example.com",
      company: null,
      service: null,
      message: `one two ${"x".repeat(292)}`,
      assigneeId: null,
      snoozedUntil: null,
      spamReason: null,
      duplicateOf: null,
      wroteAgainAt: null,
      overdue: false,
      dueSoon: false,
      waiting: false,
      status: "odd",
      version: 1,
      timestamp: new Date("2026-11-21T10:00:00.123Z"),
      source: null,
      documents: 30,
      documentKinds: [
        { type: "pdf", failed: false, count: 2 },
        { type: "type 2", failed: true, count: 1 },
        ...[3, 4, 5, 6].map((n) => ({ type: `type ${n}`, failed: false, count: 1 })),
      ],
    });
    await asOwner("delete from contact_submissions where id = 'row'");
  });

  test("without documents has none, and no phantom", async () => {
    const bare = contacts.find((contact) => contact.documents.length === 0 && contact.status === "new");
    const rows = (await listContacts(parse("status=new"), viewerIn(zone))).rows;
    expect(rows.find((row) => row.id === bare?.id)).toMatchObject({ documents: 0, documentKinds: [] });
  });
});

test("a count is exact to 10,000 and says when there are more; asked for, it is exact beyond, and all are about as many", async () => {
  expect(await countAllContacts()).toEqual({ count: contacts.length, exact: true });
  try {
    await asOwner(`insert into contact_submissions (id, name, email, message, "timestamp", status)
      select 'many_' || n, 'n', 'e', 'm', now(), 'many' from generate_series(1, 10000) n`);
    expect(await countContacts(parse("status=many"), viewerIn(zone))).toEqual({ count: 10_000, exact: true });
    expect(await countAllContacts()).toMatchObject({ count: 10_000, exact: false });
    const all = 10_000 + contacts.length;
    expect(await countExactly(parse("-status=nowhere"), viewerIn(zone))).toEqual({ count: all, exact: true });
    expect(await countExactly(parse("status=many&source=website"), viewerIn(zone))).toEqual({
      count: 10_000,
      exact: true,
    });
    await asOwner("analyze contact_submissions");
    expect(await countAllContacts()).toEqual({ count: 10_000, exact: false, about: all });
  } finally {
    await asOwner("delete from contact_submissions where id like 'many%'");
  }
});

test("many exact counts at once leave connections for everybody else", async () => {
  const holder = new pg.Client({ connectionString: process.env.DATABASE_DIRECT_URL });
  await holder.connect();
  await holder.query("begin; lock table contact_submissions");
  const counts = Array.from({ length: 12 }, (_, at) => countExactly(parse(`source=held+${at}`), viewerIn(zone)));
  const counted = Promise.allSettled(counts);
  try {
    expect(await queryRows(Prisma.sql`select 1 as one`)).toEqual([{ one: 1 }]);
  } finally {
    await holder.end();
  }
  expect((await counted).filter(({ status }) => status === "fulfilled").length).toBeGreaterThan(0);
});

test("a word too short for the index is looked for in the first 20,000 contacts; list, count and facets say when there are more", async () => {
  const viewer = viewerIn(zone);
  const short = parse("q=%23!");
  try {
    await asOwner(`insert into contact_submissions (id, name, email, message, "timestamp") values
      ('short_new', 'n', 'e', 'new #!', '2050-01-01'), ('short_old', 'n', 'e', 'old #!', '1950-01-01')`);
    const whole = await listContacts(short, viewer);
    expect({ ids: idsOf(whole), partial: whole.partial }).toEqual({ ids: ["short_new", "short_old"], partial: false });
    expect(await countContacts(short, viewer)).toEqual({ count: 2, exact: true });

    await asOwner(`insert into contact_submissions (id, name, email, message, "timestamp")
      select 'short_many_' || n, 'n', 'e', 'm', '2040-01-01' from generate_series(1, 20000) n`);
    const part = await listContacts(short, viewer);
    expect({ ids: idsOf(part), partial: part.partial }).toEqual({ ids: ["short_new"], partial: true });
    expect(await countContacts(short, viewer)).toEqual({ count: 1, exact: false });
    expect((await listFacets(short, viewer)).some(({ exact }) => exact)).toBe(false);
    expect(await countExactly(short, viewer)).toEqual({ count: 2, exact: true });
    // Beside a longer word, and within days, all of them are.
    expect(idsOf(await listContacts(parse("q=%23! old"), viewer))).toEqual(["short_old"]);
    expect(idsOf(await listContacts(parse("q=%23!&to=1950-12-31"), viewer))).toEqual(["short_old"]);
  } finally {
    await asOwner("delete from contact_submissions where id like 'short%'");
  }
});
