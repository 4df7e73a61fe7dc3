import "server-only";
import { Prisma } from "@/generated/prisma/client";
import { inTransaction, type Run } from "@/lib/database/query";
import { type ContactFilter, emptyFilter } from "@/lib/filter/filter";
import { predicate } from "@/lib/filter/predicate";
import type { Viewer } from "@/lib/filter/viewer";
import { countDays, type DayRange, listDays, previousRange } from "./days";
import { waiting, within } from "./marks";

/**
 * When each day of the range begins in the desk's zone. Days are cut at the same instants as the list's `from` and `to`, so that a chart's
 * day is the list's day, also where a day has 23 or 25 hours or begins at one o'clock. Evaluated once per statement.
 */
function dayStarts(range: DayRange, timeZone: string): Prisma.Sql {
  return Prisma.sql`(
    select array_agg(day at time zone ${timeZone}::text order by day)
    from generate_series(${range.from}::timestamp, ${range.to}::timestamp, interval '1 day') day
  )`;
}

/** Contacts by day and status, and by service ("" = none, not given). Days without contacts are left out. */
type Submissions = {
  byDay: { day: string; status: string; contacts: number }[];
  services: { service: string; contacts: number }[];
};

/** Contacts by the day they were sent on and the status they have now, and by service: one reading for all that counts contacts. */
async function countSubmissions(
  run: Run,
  filter: ContactFilter,
  range: DayRange,
  viewer: Viewer,
): Promise<Submissions> {
  const rows = await run<{ bucket: number; status: string; service: string; contacts: number }>(Prisma.sql`
    select
      width_bucket(c."timestamp", ${dayStarts(range, viewer.timeZone)}) as bucket,
      coalesce(nullif(c.status, 'Not specified'), '') as status,
      coalesce(nullif(c.service, 'Not specified'), '') as service,
      count(*)::int as contacts
    from contact_submissions c
    where ${predicate(within(filter, range), viewer)}
    group by 1, 2, 3`);
  const days = listDays(range);
  return {
    byDay: sumBy(
      rows.map(({ bucket, status, contacts }) => ({ day: days[bucket - 1] ?? range.to, status, contacts })),
      ({ day, status }) => `${day}${status}`,
    ),
    services: sumBy(
      rows.map(({ service, contacts }) => ({ service, contacts })),
      ({ service }) => service,
    ),
  };
}

/** One row for those with the same key: the first of them, with the contacts of all. */
function sumBy<T extends { contacts: number }>(rows: T[], keyOf: (row: T) => string): T[] {
  const sums = new Map<string, T>();
  for (const row of rows) {
    const sum = sums.get(keyOf(row));
    if (sum) sum.contacts += row.contacts;
    else sums.set(keyOf(row), row);
  }
  return [...sums.values()];
}

/** How many contacts match the filter within a range of days. */
async function countWithin(run: Run, filter: ContactFilter, range: DayRange, viewer: Viewer): Promise<number> {
  const [row] = await run<{ contacts: number }>(Prisma.sql`
    select count(*)::int as contacts
    from contact_submissions c
    where ${predicate(within(filter, range), viewer)}`);
  return row?.contacts ?? 0;
}

/** The range up to which ids are asked for first, in days: of a longer one they leave out little. */
const mostDaysByIds = 100;

/**
 * Between which ids the contacts of the days are, so that only their documents are read: ids that begin with the time, as the website's
 * do, lie together. Others are found as well, among more documents. Null where it would not help.
 */
async function findIds(run: Run, range: DayRange, viewer: Viewer): Promise<{ first: string; last: string } | null> {
  if (countDays(range) > mostDaysByIds) return null;
  // The count has the days read from the index on time; without it every id would be tried from both ends.
  const [row] = await run<{ contacts: number; first: string | null; last: string | null }>(Prisma.sql`
    select count(*)::int as contacts, min(c.id) as first, max(c.id) as last
    from contact_submissions c
    where ${predicate(within(emptyFilter, range), viewer)}`);
  return { first: row?.first ?? "", last: row?.last ?? "" };
}

/** Documents with a processing status, and how many contacts have them, by service ("" = none, not given). Bytes in all of them. */
export type DocumentCount = { service: string; status: string; documents: number; contacts: number; bytes: number };

/** Documents of the contacts by service and processing status: one reading for every figure that counts them. */
async function countDocuments(
  run: Run,
  filter: ContactFilter,
  range: DayRange,
  viewer: Viewer,
): Promise<DocumentCount[]> {
  const ids = await findIds(run, range, viewer);
  const condition = Prisma.sql`${predicate(within(filter, range), viewer)}
        ${ids ? Prisma.sql`and d.contact_id between ${ids.first} and ${ids.last}` : Prisma.empty}`;
  // By contact first: a contact counts once, however many of its documents have the status; grouped as the index on documents is.
  const counts = await run<DocumentCount>(Prisma.sql`
    select service, status, sum(documents)::int as documents, count(*)::int as contacts, sum(bytes) as bytes
    from (
      select
        coalesce(nullif(c.service, 'Not specified'), '') as service,
        coalesce(nullif(d.processing_status, 'Not specified'), '') as status,
        count(*) as documents,
        sum(d.size::float8) as bytes
      from contact_submissions c
      join documents d on d.contact_id = c.id
      where ${condition}
      group by c.id, d.processing_status
    ) by_contact
    group by 1, 2`);
  if (!counts.some(({ status }) => status === "")) return counts;
  // A contact with two spellings of "none" was counted under each; of those, which are few, the contacts are told apart.
  const without = await run<{ service: string; contacts: number }>(Prisma.sql`
    select coalesce(nullif(c.service, 'Not specified'), '') as service, count(distinct c.id)::int as contacts
    from contact_submissions c
    join documents d on d.contact_id = c.id
    where ${condition} and (d.processing_status in ('', 'Not specified') or d.processing_status is null)
    group by 1`);
  const exact = new Map(without.map(({ service, contacts }) => [service, contacts]));
  return counts.map((one) => (one.status === "" ? { ...one, contacts: exact.get(one.service) ?? one.contacts } : one));
}

export type Waiting = { contacts: number; oldest: Date | null };

/** Contacts that wait for a first answer now, whenever they were sent; null where the filter leaves no such status. */
export async function countWaiting(run: Run, filter: ContactFilter, viewer: Viewer): Promise<Waiting | null> {
  const waitingFilter = waiting({ ...filter, from: null, to: null });
  if (!waitingFilter) return null;
  const [row] = await run<Waiting>(Prisma.sql`
    select count(*)::int as contacts, min(c."timestamp") as oldest
    from contact_submissions c
    where ${predicate(waitingFilter, viewer)}`);
  return row ?? null;
}

/** Median time from a contact's sending to its first answer, in milliseconds, over those whose first answer is recorded; else null. */
async function getFirstResponse(
  run: Run,
  filter: ContactFilter,
  range: DayRange,
  viewer: Viewer,
): Promise<number | null> {
  const [row] = await run<{ median: number | null }>(Prisma.sql`
    select
      percentile_cont(0.5) within group (order by extract(epoch from c.first_contacted_at - c."timestamp")::float8) * 1000 as median
    from contact_submissions c
    where ${predicate(within(filter, range), viewer)}
      and c.first_contacted_at >= c."timestamp"`);
  return row?.median ?? null;
}

/** Page views by day in the desk's zone; a contact filter says nothing about them. */
function countPageViews(run: Run, range: DayRange, timeZone: string): Promise<{ day: string; views: number }[]> {
  // A range of the index per day costs a third of cutting the year's views into days one by one.
  return run(Prisma.sql`
    select to_char(day, 'YYYY-MM-DD') as day, on_day.views
    from generate_series(${range.from}::timestamp, ${range.to}::timestamp, interval '1 day') day
    cross join lateral (
      select count(*)::int as views
      from analytics_events e
      where e.event_type = 'page_view'
        and e."timestamp" >= day at time zone ${timeZone}::text
        and e."timestamp" < (day + interval '1 day') at time zone ${timeZone}::text
    ) on_day
    order by 1`);
}

/** What the website's own counter of visitors stands at; null where it has never counted. */
async function getVisitorCount(run: Run): Promise<number | null> {
  const [row] = await run<{ count: number }>(Prisma.sql`select count from website_visitors where id = 'visitor_count'`);
  return row?.count ?? null;
}

/** The figures that count contacts. */
export type ContactFigures = Submissions & {
  /** Contacts in as many days right before. */
  previous: number;
  waiting: Waiting | null;
  /** Milliseconds. */
  firstResponse: number | null;
};

/** The figures of the website's visitors. */
export type VisitorFigures = { visitors: number | null; pageViews: { day: string; views: number }[] };

/** Each as soon as it is known. */
export type Analytics = {
  contacts: Promise<ContactFigures>;
  visitors: Promise<VisitorFigures>;
  documents: Promise<DocumentCount[]>;
};

/**
 * Every figure of the analytics page, read one after the other from one snapshot on one connection: so they agree with each other, and a
 * page costs the pool no more than any other. Each rejects with a DatabaseError where it, or one before it, fails.
 */
export function startAnalytics(filter: ContactFilter, range: DayRange, viewer: Viewer): Analytics {
  const contacts = promise<ContactFigures>();
  const visitors = promise<VisitorFigures>();
  const documents = promise<DocumentCount[]>();
  const work = async (run: Run) => {
    await run(Prisma.sql`set transaction isolation level repeatable read`);
    // Room for the contacts of a year in one hash. Few read analytics at once: lib/database/places.ts.
    await run(Prisma.sql`set local work_mem = '64MB'`);
    contacts.keep({
      ...(await countSubmissions(run, filter, range, viewer)),
      previous: await countWithin(run, filter, previousRange(range), viewer),
      waiting: await countWaiting(run, filter, viewer),
      firstResponse: await getFirstResponse(run, filter, range, viewer),
    });
    visitors.keep({
      visitors: await getVisitorCount(run),
      pageViews: await countPageViews(run, range, viewer.timeZone),
    });
    documents.keep(await countDocuments(run, filter, range, viewer));
  };
  inTransaction("analytics", work, "read only").catch((error: unknown) => {
    for (const { breakWith } of [contacts, visitors, documents]) breakWith(error);
  });
  return { contacts: contacts.made, visitors: visitors.made, documents: documents.made };
}

/** A promise to be kept from elsewhere. Broken, it harms nobody who does not wait for it: a page that was left, or failed before. */
function promise<T>() {
  let keep: (value: T) => void = () => undefined;
  let breakWith: (error: unknown) => void = () => undefined;
  const made = new Promise<T>((resolve, reject) => {
    keep = resolve;
    breakWith = reject;
  });
  made.catch(() => undefined);
  return { made, keep, breakWith };
}
