import "server-only";
import { Prisma } from "@/generated/prisma/client";
import { inTransaction, type RunQuery } from "@/lib/database/query";
import type { ContactFilter } from "@/lib/filter/filter";
import { predicate } from "@/lib/filter/sql/predicate";
import type { Viewer } from "@/lib/filter/viewer";
import { type DayRange, previousRange } from "./days";
import { countByInsights, countDocuments, type DocumentCount, type InsightsCount } from "./documents";
import { waiting, within } from "./marks";
import { countSubmissions, type Submissions } from "./submissions";

/** How many contacts match the filter within a range of days. */
async function countWithin(run: RunQuery, filter: ContactFilter, range: DayRange, viewer: Viewer): Promise<number> {
  const [row] = await run<{ contacts: number }>(Prisma.sql`
    select count(*)::int as contacts
    from contact_submissions c
    where ${predicate(within(filter, range), viewer)}`);
  return row?.contacts ?? 0;
}

export type Waiting = { contacts: number; oldest: Date | null };

/** Contacts that wait for a first response now, whenever they were sent; null if the filter has no such status. */
export async function countWaiting(run: RunQuery, filter: ContactFilter, viewer: Viewer): Promise<Waiting | null> {
  const waitingFilter = waiting({ ...filter, from: null, to: null });
  if (!waitingFilter) return null;
  const [row] = await run<Waiting>(Prisma.sql`
    select count(*)::int as contacts, min(c."timestamp") as oldest
    from contact_submissions c
    where ${predicate(waitingFilter, viewer)}`);
  return row ?? null;
}

/**
 * The median time from a contact's sending to its first response, in milliseconds; null if none is recorded.
 */
async function getFirstResponse(
  run: RunQuery,
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

/** Page views by day in the desk's zone. A filter of contacts does not apply to them. */
function countPageViews(run: RunQuery, range: DayRange, timeZone: string): Promise<{ day: string; views: number }[]> {
  // One range of the index per day costs a third of assigning each of a year's views to its day.
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

/** The website's own count of visitors; null if it has never counted. */
async function getVisitorCount(run: RunQuery): Promise<number | null> {
  const [row] = await run<{ count: number }>(Prisma.sql`select count from website_visitors where id = 'visitor_count'`);
  return row?.count ?? null;
}

/** The figures that count contacts. */
export type ContactFigures = Omit<Submissions, "responded"> & {
  /** Contacts in the range of the same length right before. */
  previous: number;
  waiting: Waiting | null;
  /** Milliseconds. */
  firstResponse: number | null;
};

/** Documents twice: as they are stored, and as the insights count them. */
export type DocumentFigures = { stored: DocumentCount[]; byInsights: InsightsCount[] };

/** The figures of the website's visitors. */
export type VisitorFigures = { visitors: number | null; pageViews: { day: string; views: number }[] };

/** Each promise resolves as soon as its figures are known. */
export type Analytics = {
  contacts: Promise<ContactFigures>;
  visitors: Promise<VisitorFigures>;
  documents: Promise<DocumentFigures>;
};

/**
 * Every figure of the analytics page, read one after the other from one snapshot on one connection. So the figures
 * agree, and a page costs the pool no more than any other. Each promise rejects with a DatabaseError if it, or one
 * before it, fails. If the replica fails between two of them, the rest is from another snapshot, the primary's.
 */
export function startAnalytics(filter: ContactFilter, range: DayRange, viewer: Viewer): Analytics {
  const contacts = promise<ContactFigures>();
  const visitors = promise<VisitorFigures>();
  const documents = promise<DocumentFigures>();
  const work = async (run: RunQuery) => {
    // Enough memory for a year of a filter's contacts in one hash. Few people read analytics at once
    // (lib/database/pool-shares.ts).
    await run(Prisma.sql`set local work_mem = '64MB'`);
    const { responded, ...submissions } = await countSubmissions(run, filter, range, viewer);
    contacts.keep({
      ...submissions,
      previous: await countWithin(run, filter, previousRange(range), viewer),
      waiting: await countWaiting(run, filter, viewer),
      firstResponse: responded > 0 ? await getFirstResponse(run, filter, range, viewer) : null,
    });
    visitors.keep({
      visitors: await getVisitorCount(run),
      pageViews: await countPageViews(run, range, viewer.timeZone),
    });
    const counted = submissions.services.reduce((sum, one) => sum + one.contacts, 0);
    documents.keep({
      stored: await countDocuments(run, filter, range, viewer, counted),
      byInsights: await countByInsights(run, filter, range, viewer),
    });
  };
  inTransaction("analytics", work, "aside").catch((error: unknown) => {
    for (const { breakWith } of [contacts, visitors, documents]) breakWith(error);
  });
  return { contacts: contacts.made, visitors: visitors.made, documents: documents.made };
}

/**
 * A promise that is settled from elsewhere. If it rejects and nobody waits for it, because the page was left or has
 * failed before, no harm is done.
 */
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
