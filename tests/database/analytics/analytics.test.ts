import pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type DayRange, lastDays, listDays } from "@/lib/analytics/days";
import { waiting, within } from "@/lib/analytics/marks";
import { averageDocuments, serviceBars, statusSeries } from "@/lib/analytics/series";
import { processingTable, servicesTable, submissionsTable, type Table, viewsTable } from "@/lib/analytics/tables";
import { describeDatabaseError } from "@/lib/database/errors";
import { inTransaction } from "@/lib/database/query";
import { type ContactFilter, emptyFilter, withField, withWords } from "@/lib/filter/filter";
import { contactsHref, parseFilter } from "@/lib/filter/url";
import { countContacts } from "@/lib/list/counts";
import { listContacts } from "@/lib/list/queries";
import { generateSample } from "@/prisma/sample/generate";
import { type Figures, readAnalytics } from "../../analytics";
import { viewerIn } from "../../viewer";

const until = new Date("2026-11-22T15:50:00Z");
const last30: DayRange = lastDays(30, "2026-11-22");
const zones = ["Europe/Berlin", "Asia/Kathmandu", "Pacific/Apia"];

let client: pg.Client;

beforeAll(async () => {
  client = new pg.Client({ connectionString: process.env.TEST_SUPERUSER_URL });
  await client.connect();
  await generateSample(client, { contacts: 2_500, until, odd: true, views: 1 });
});

afterAll(() => client.end());

/** Every table of the page, as its components make them. */
function listTables(figures: Figures, filter: ContactFilter): Table[] {
  const { range } = figures;
  const days = listDays(range);
  const series = statusSeries(figures.byDay, days);
  const views = days.map((day) => figures.pageViews.find((one) => one.day === day)?.views ?? 0);
  const contacts = days.map((_, i) => series.reduce((sum, one) => sum + (one.counts[i] ?? 0), 0));
  return [
    submissionsTable(series, filter, range),
    servicesTable(serviceBars(figures.services), filter, range),
    processingTable(figures.processing, filter, range),
    viewsTable(views, contacts, filter, range),
  ];
}

/** Follows a link of a chart to the list as the inbox reads it, and counts what is there. */
async function countBehind(href: string, timeZone: string): Promise<number> {
  const { filter, problems } = parseFilter(new URL(href, "http://desk.example").searchParams);
  expect(problems).toEqual([]);
  const { count, exact } = await countContacts(filter, viewerIn(timeZone));
  expect(exact).toBe(true);
  return count;
}

/** Follows every mark of every chart and compares it with the list. */
async function walk(filter: ContactFilter, timeZone: string, range = last30): Promise<Figures> {
  const figures = await readAnalytics(filter, range, viewerIn(timeZone));
  const tables = listTables(figures, filter);
  const links = tables.flatMap((table) => table.rows.flat().flatMap((cell) => cell.link ?? []));
  const said = links.map(({ href, contacts }) => ({ href, contacts }));
  const found = [];
  for (const { href } of links) found.push({ href, contacts: await countBehind(href, timeZone) });
  expect(found).toEqual(said);

  const total = await countBehind(contactsHref(within(filter, range)), timeZone);
  expect(figures.byDay.reduce((sum, one) => sum + one.contacts, 0)).toBe(total);
  expect(figures.services.reduce((sum, one) => sum + one.contacts, 0)).toBe(total);
  const open = waiting({ ...filter, from: null, to: null });
  expect(figures.waiting?.contacts ?? null).toBe(open && (await countBehind(contactsHref(open), timeZone)));
  return figures;
}

const filters: Record<string, ContactFilter> = {
  "no filter": emptyFilter,
  "a type of document": withField(emptyFilter, "type", { add: ["pdf"] }),
  "two statuses": withField(emptyFilter, "status", { add: ["closed", "on_hold"] }),
  "a status left out": withField(emptyFilter, "status", { mode: "none", add: ["closed", ""] }),
  "a service not given": withField(emptyFilter, "service", { add: ["", "Training"] }),
  "a processing status": withField(emptyFilter, "document.status", { add: ["failed", "pending"] }),
  "a processing status left out": withField(emptyFilter, "document.status", { mode: "none", add: ["failed"] }),
  "a type of document row": withField(emptyFilter, "document.type", { add: ["requirements"] }),
  "missing insights": withField(emptyFilter, "insights", { add: ["missing"] }),
  words: withWords(emptyFilter, "postgresql"),
};

describe.each(zones)("in %s", (timeZone) => {
  test.each(Object.keys(filters))("every mark opens exactly its contacts, under %s", async (name) => {
    await walk(filters[name] ?? emptyFilter, timeZone);
  });

  test("thirty days are thirty buckets, in the order of the calendar", async () => {
    const figures = await readAnalytics(emptyFilter, last30, viewerIn(timeZone));
    const [table] = listTables(figures, emptyFilter);
    expect(table?.rows.slice(0, -1).map((row) => row[0]?.value)).toEqual(listDays(last30));
  });
});

test("a day's bar holds the very contacts of that day's list", async () => {
  const range = { from: "2026-10-25", to: "2026-10-25" };
  const figures = await readAnalytics(emptyFilter, range, viewerIn("Europe/Berlin"));
  const { rows } = await listContacts(within(emptyFilter, range), viewerIn("Europe/Berlin"));
  const drawn = Object.fromEntries(figures.byDay.map((one) => [one.status, one.contacts]));
  const listed: Record<string, number> = {};
  for (const row of rows) listed[row.status ?? ""] = (listed[row.status ?? ""] ?? 0) + 1;
  expect(rows.length).toBeGreaterThan(0);
  expect(drawn).toEqual(listed);
});

test("the year holds statuses nobody planned, odd ids and malformed insights, and still adds up", async () => {
  const figures = await walk(emptyFilter, "Europe/Berlin", { from: "2025-11-20", to: "2026-11-22" });
  expect(figures.byDay.map((one) => one.status)).toEqual(expect.arrayContaining(["", "on_hold", "waiting-on-legal"]));
});

test("documents are counted apart from contacts, with their average size", async () => {
  const { processing, services } = await readAnalytics(emptyFilter, last30, viewerIn("UTC"));
  const { rows } = await client.query(
    `select coalesce(processing_status, '') as status, count(*)::int as documents, avg(size)::float8 as "averageSize",
       count(distinct contact_id)::int as contacts
     from documents join contact_submissions c on c.id = contact_id
     where c."timestamp" >= '2026-10-24T00:00:00Z' and c."timestamp" < '2026-11-23T00:00:00Z'
     group by 1`,
  );
  const byStatus = (list: { status: string }[]) => list.toSorted((a, b) => (a.status < b.status ? -1 : 1));
  const rounded = (list: typeof processing) =>
    list.map((one) => ({ ...one, averageSize: Math.round(one.averageSize) }));
  expect(byStatus(rounded(processing))).toEqual(byStatus(rounded(rows)));
  const sum = (list: { documents: number }[]) => list.reduce((all, one) => all + one.documents, 0);
  expect(sum(services)).toBe(sum(processing));
});

test("documents by service are averaged as they are stored and as sound insights count them, each by itself", async () => {
  const day = { from: "2019-06-01", to: "2019-06-01" };
  const said = ["3", "2", "0", '"five"', "-1", "1000001", "1e400", "null"];
  await client.query(
    `insert into contact_submissions (id, name, email, message, "timestamp", service, document_insights)
     select 'said-' || i, 'N', 'n@example.com', 'm', '2019-06-01T12:00:00Z', (array['Training', 'Not specified'])[1 + i % 2],
       case i when 9 then null else ('{"total_documents":' || ($1::text[])[i] || '}')::jsonb end
     from generate_series(1, 9) i`,
    [said],
  );
  await client.query(
    `insert into documents (contact_id, filename, size, content_type, document_type, upload_timestamp)
     select 'said-1', 'f.pdf', 10, 'application/pdf', 'other', now() from generate_series(1, 2)`,
  );
  try {
    const { services } = await walk(emptyFilter, "Europe/Berlin", day);
    expect(services).toEqual([
      { service: "", contacts: 5, documents: 2, insightsContacts: 2, insightsDocuments: 3 },
      { service: "Training", contacts: 4, documents: 0, insightsContacts: 1, insightsDocuments: 2 },
    ]);
    const averages = serviceBars(services).map(averageDocuments);
    expect(averages).toEqual([
      { stored: 0.4, byInsights: 1.5 },
      { stored: 0, byInsights: 2 },
    ]);
  } finally {
    await client.query("delete from contact_submissions where id like 'said-%'");
  }
});

const unsaid = { insightsContacts: 0, insightsDocuments: 0 };

test("a contact whose documents spell no status in three ways is one contact without, among its own documents only", async () => {
  await client.query(
    `insert into contact_submissions (id, name, email, message, "timestamp", service)
     values ('spelt', 'N', 'n@example.com', 'm', '2019-05-01T12:00:00Z', 'Training'),
       ('zz later id, earlier day', 'N', 'n@example.com', 'm', '2019-05-01T11:00:00Z', null)`,
  );
  await client.query(
    `insert into documents (contact_id, filename, size, content_type, document_type, upload_timestamp, processing_status)
     select id, 'f.pdf', 10, 'application/pdf', 'other', now(), status
     from unnest(array['spelt', 'zz later id, earlier day']) id, unnest(array[null, '', 'Not specified', 'failed']) status`,
  );
  try {
    const day = { from: "2019-05-01", to: "2019-05-01" };
    const { processing, services } = await walk(emptyFilter, "Europe/Berlin", day);
    expect(processing).toEqual([
      { status: "", documents: 6, contacts: 2, averageSize: 10 },
      { status: "failed", documents: 2, contacts: 2, averageSize: 10 },
    ]);
    expect(services).toEqual([
      { service: "", contacts: 1, documents: 4, ...unsaid },
      { service: "Training", contacts: 1, documents: 4, ...unsaid },
    ]);
  } finally {
    await client.query("delete from contact_submissions where id in ('spelt', 'zz later id, earlier day')");
  }
});

test("however many look at analytics or export at once, the pages find connections; who waits too long hears that the desk is busy", async () => {
  let letGo = () => {};
  const done = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  const hold = (purpose: "analytics" | "export") => inTransaction(purpose, () => done, "read only");
  const readers = Promise.allSettled(Array.from({ length: 12 }, () => hold("analytics")));
  const exporters = Array.from({ length: 12 }, () => hold("export"));
  const outcomes = Promise.allSettled(exporters);
  try {
    const busy = await Promise.race(exporters.map((one) => one.then(() => null, describeDatabaseError)));
    expect(busy).toMatchObject({ code: "busy" });
    const pages = await Promise.all(Array.from({ length: 20 }, () => listContacts(emptyFilter, viewerIn("UTC"))));
    expect(pages.every(({ rows }) => rows.length > 0)).toBe(true);
  } finally {
    letGo();
  }
  expect((await outcomes).filter(({ status }) => status === "fulfilled")).toHaveLength(3);
  await readers;
  expect(await inTransaction("analytics", async () => "free again", "read only")).toBe("free again");
});

test("more services and statuses than fit are one mark each, which opens the rest", async () => {
  await client.query(
    `insert into contact_submissions (id, name, email, message, "timestamp", service, status)
     select 'many-' || i, 'N', 'n@example.com', 'm', '2020-02-29T12:00:00Z', 'Service ' || i % 30, 'status ' || i % 25
     from generate_series(1, 150) i`,
  );
  try {
    const leapDay = { from: "2020-02-28", to: "2020-03-01" };
    const figures = await walk(emptyFilter, "Europe/Berlin", leapDay);
    expect(serviceBars(figures.services).at(-1)).toMatchObject({ service: null, label: "18 other services" });
    await walk(withField(emptyFilter, "service", { mode: "none", add: ["Service 1"] }), "Europe/Berlin", leapDay);
  } finally {
    await client.query("delete from contact_submissions where id like 'many-%'");
  }
});

describe("days with more or fewer hours", () => {
  beforeAll(async () => {
    // A contact every ten minutes, over days on which clocks changed, and in Apia over a day that never was.
    await client.query(
      `insert into contact_submissions (id, name, email, message, "timestamp", source)
       select 'clock-' || at, 'Clock', 'clock@example.com', 'tick', at, 'clock'
       from unnest(array['2023-03-24', '2023-10-27', '2011-12-28', '2022-11-04', '2022-09-09']::timestamptz[]) start,
         generate_series(start, start + interval '4 days', interval '10 minutes') at`,
    );
    await client.query(
      `insert into analytics_events (event_type, event_data, "timestamp")
       select 'page_view', '{"clock": true}', "timestamp" from contact_submissions where source = 'clock'`,
    );
  });
  afterAll(async () => {
    await client.query("delete from contact_submissions where source = 'clock'");
    await client.query(`delete from analytics_events where event_data @> '{"clock": true}'`);
  });

  const clock = withField(emptyFilter, "source", { add: ["clock"] });

  test.each([
    ["Europe/Berlin", "2023-03-26", 23],
    ["Europe/Berlin", "2023-10-29", 25],
    ["Asia/Kathmandu", "2023-03-26", 24],
    ["Pacific/Apia", "2011-12-29", 24],
    ["Pacific/Apia", "2011-12-30", 0],
    ["Pacific/Apia", "2011-12-31", 24],
    // Where midnight comes twice the database takes the second, for the chart as for the list.
    ["America/Havana", "2022-11-05", 25],
    ["America/Havana", "2022-11-06", 24],
    // Where it does not come at all, the day begins at one o'clock.
    ["America/Santiago", "2022-09-11", 23],
  ])("in %s %s has %i hours", async (timeZone, day, hours) => {
    const range = lastDays(2, day);
    const figures = await walk(clock, timeZone, range);
    const contacts = figures.byDay.filter((one) => one.day === day).reduce((sum, one) => sum + one.contacts, 0);
    const views = figures.pageViews.find((one) => one.day === day)?.views ?? 0;
    expect(contacts).toBe(await countBehind(contactsHref({ ...clock, from: day, to: day }), timeZone));
    expect(views).toBe(contacts);
    expect(contacts).toBe(hours * 6);
  });
});
