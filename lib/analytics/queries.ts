import "server-only";
import { Prisma } from "@/generated/prisma/client";
import { inTransaction, type Run } from "@/lib/database/query";
import type { ContactFilter } from "@/lib/filter/filter";
import { predicate } from "@/lib/filter/predicate";
import type { Viewer } from "@/lib/filter/viewer";
import { type DayRange, listDays, previousRange } from "./days";
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

export type StatusOnDay = { day: string; status: string; contacts: number };

/** Contacts by the day they were sent on and the status they have now ("" = none). Days without contacts are left out. */
export async function countByDay(
  run: Run,
  filter: ContactFilter,
  range: DayRange,
  viewer: Viewer,
): Promise<StatusOnDay[]> {
  const rows = await run<{ bucket: number; status: string; contacts: number }>(Prisma.sql`
    select
      width_bucket(c."timestamp", ${dayStarts(range, viewer.timeZone)}) as bucket,
      coalesce(nullif(c.status, 'Not specified'), '') as status,
      count(*)::int as contacts
    from contact_submissions c
    where ${predicate(within(filter, range), viewer)}
    group by 1, 2`);
  const days = listDays(range);
  return rows.map(({ bucket, status, contacts }) => ({ day: days[bucket - 1] ?? range.to, status, contacts }));
}

/** How many contacts match the filter within a range of days. */
export async function countWithin(run: Run, filter: ContactFilter, range: DayRange, viewer: Viewer): Promise<number> {
  const [row] = await run<{ contacts: number }>(Prisma.sql`
    select count(*)::int as contacts
    from contact_submissions c
    where ${predicate(within(filter, range), viewer)}`);
  return row?.contacts ?? 0;
}

export type ServiceCount = { service: string; contacts: number; documents: number };

/** Contacts and their documents by service ("" = not given), most contacts first. */
export function countByService(
  run: Run,
  filter: ContactFilter,
  range: DayRange,
  viewer: Viewer,
): Promise<ServiceCount[]> {
  const service = Prisma.sql`coalesce(nullif(c.service, 'Not specified'), '')`;
  const condition = predicate(within(filter, range), viewer);
  // Two groupings rather than a look-up per contact: that costs a year of a million contacts more than twice the time.
  return run<ServiceCount>(Prisma.sql`
    select s.service, s.contacts, coalesce(d.documents, 0)::int as documents
    from (
      select ${service} as service, count(*)::int as contacts
      from contact_submissions c
      where ${condition}
      group by 1
    ) s
    left join (
      select ${service} as service, count(*) as documents
      from contact_submissions c
      join documents d on d.contact_id = c.id
      where ${condition}
      group by 1
    ) d on d.service = s.service
    order by 2 desc, 1`);
}

export type ProcessingCount = {
  status: string;
  documents: number;
  /** The contacts that have such documents. */
  contacts: number;
  /** In bytes. */
  averageSize: number;
};

/**
 * Documents of the contacts by processing status ("" = none), most documents first. Where the filter names processing statuses, only
 * documents that have one of them are counted: so that each status leads to contacts that the filter holds.
 */
export function countByProcessing(
  run: Run,
  filter: ContactFilter,
  range: DayRange,
  viewer: Viewer,
): Promise<ProcessingCount[]> {
  const named = filter.fields["document.status"]?.any ?? [];
  const status = Prisma.sql`coalesce(nullif(d.processing_status, 'Not specified'), '')`;
  return run<ProcessingCount>(Prisma.sql`
    select
      status,
      sum(documents)::int as documents,
      count(*)::int as contacts,
      (sum(bytes) / sum(documents))::float8 as "averageSize"
    from (
      select ${status} as status, d.contact_id, count(*) as documents, sum(d.size::float8) as bytes
      from contact_submissions c
      join documents d on d.contact_id = c.id
      where ${predicate(within(filter, range), viewer)}
        ${named.length > 0 ? Prisma.sql`and ${status} = any (${named}::text[])` : Prisma.empty}
      group by 1, 2
    ) by_contact
    group by 1
    order by 2 desc, 1`);
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
export async function getFirstResponse(
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

/** Page views by day in the desk's zone; a contact filter says nothing about them. Days without any are left out. */
export async function countPageViews(
  run: Run,
  range: DayRange,
  timeZone: string,
): Promise<{ day: string; views: number }[]> {
  const starts = dayStarts(range, timeZone);
  const rows = await run<{ bucket: number; views: number }>(Prisma.sql`
    select width_bucket(e."timestamp", ${starts}) as bucket, count(*)::int as views
    from analytics_events e
    where e.event_type = 'page_view'
      and e."timestamp" >= ${range.from}::timestamp at time zone ${timeZone}::text
      and e."timestamp" < (${range.to}::timestamp + interval '1 day') at time zone ${timeZone}::text
    group by 1`);
  const days = listDays(range);
  return rows.map(({ bucket, views }) => ({ day: days[bucket - 1] ?? range.to, views }));
}

/** What the website's own counter of visitors stands at; null where it has never counted. */
export async function getVisitorCount(run: Run): Promise<number | null> {
  const [row] = await run<{ count: number }>(Prisma.sql`select count from website_visitors where id = 'visitor_count'`);
  return row?.count ?? null;
}

export type Analytics = {
  range: DayRange;
  byDay: StatusOnDay[];
  /** Contacts in as many days right before. */
  previous: number;
  services: ServiceCount[];
  processing: ProcessingCount[];
  waiting: Waiting | null;
  /** Milliseconds. */
  firstResponse: number | null;
  visitors: number | null;
  pageViews: { day: string; views: number }[];
};

/**
 * Every figure of the analytics page, read from one snapshot on one connection: so they agree with each other, and a page costs the
 * pool no more than any other. @throws DatabaseError
 */
export function getAnalytics(filter: ContactFilter, range: DayRange, viewer: Viewer): Promise<Analytics> {
  return inTransaction(
    "analytics",
    async (run) => {
      await run(Prisma.sql`set transaction isolation level repeatable read`);
      return {
        range,
        byDay: await countByDay(run, filter, range, viewer),
        previous: await countWithin(run, filter, previousRange(range), viewer),
        services: await countByService(run, filter, range, viewer),
        processing: await countByProcessing(run, filter, range, viewer),
        waiting: await countWaiting(run, filter, viewer),
        firstResponse: await getFirstResponse(run, filter, range, viewer),
        visitors: await getVisitorCount(run),
        pageViews: await countPageViews(run, range, viewer.timeZone),
      };
    },
    "read only",
  );
}
