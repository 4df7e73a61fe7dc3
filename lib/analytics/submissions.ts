import "server-only";
import { Prisma } from "@/generated/prisma/client";
import { isNotGiven } from "@/lib/database/not-given";
import type { RunQuery } from "@/lib/database/query";
import { type ContactFilter, hasConditions } from "@/lib/filter/filter";
import { predicate } from "@/lib/filter/sql/predicate";
import type { Viewer } from "@/lib/filter/viewer";
import { type DayRange, listDays } from "./days";
import { within } from "./marks";

/** Contacts by day and status, and by service ("" = none, not given). Days without contacts are left out. */
export type Submissions = {
  byDay: { day: string; status: string; contacts: number }[];
  services: { service: string; contacts: number }[];
  /** Contacts whose first response is recorded. */
  responded: number;
};

/** As stored; `bucket` is the day's number in the range, from 1. */
type Counted = { bucket: number; status: string | null; service: string | null; contacts: number; responded: number };

const counted = Prisma.sql`c.status, c.service, count(*)::int as contacts,
      (count(*) filter (where c.first_contacted_at >= c."timestamp"))::int as responded`;

/**
 * Counts contacts by the day they were sent and their status now, and by service, in one pass for all that counts
 * contacts. Days are cut in the desk's zone at the same instants as the list's `from` and `to`. So a chart's day is the
 * list's day, even if it has 23 or 25 hours or begins at one o'clock.
 */
export async function countSubmissions(
  run: RunQuery,
  filter: ContactFilter,
  range: DayRange,
  viewer: Viewer,
): Promise<Submissions> {
  const every = !hasConditions({ ...filter, from: null, to: null });
  const rows = await run<Counted>(every ? byRanges(range, viewer) : byBuckets(filter, range, viewer));
  const days = listDays(range);
  return {
    byDay: sumBy(
      rows.map(({ bucket, status, contacts }) => {
        return { day: days[bucket - 1] ?? range.to, status: orNotGiven(status), contacts };
      }),
      ({ day, status }) => `${day}${status}`,
    ),
    services: sumBy(
      rows.map(({ service, contacts }) => ({ service: orNotGiven(service), contacts })),
      ({ service }) => service,
    ),
    responded: rows.reduce((sum, { responded }) => sum + responded, 0),
  };
}

/**
 * For every contact: over a year, one range of the index on time per day costs two thirds of computing each contact's
 * day.
 */
function byRanges(range: DayRange, { timeZone }: Viewer): Prisma.Sql {
  return Prisma.sql`
    select bucket::int as bucket, on_day.*
    from ${daysOf(range)} with ordinality as numbered (day, bucket)
    cross join lateral (
      select ${counted}
      from contact_submissions c
      where c."timestamp" >= day at time zone ${timeZone}::text
        and c."timestamp" < (day + interval '1 day') at time zone ${timeZone}::text
      group by c.status, c.service
    ) on_day`;
}

/** For the contacts of a filter: each is read once, by the filter's own index, and its day computed. */
function byBuckets(filter: ContactFilter, range: DayRange, viewer: Viewer): Prisma.Sql {
  return Prisma.sql`
    select
      width_bucket(
        c."timestamp",
        (select array_agg(day at time zone ${viewer.timeZone}::text order by day) from ${daysOf(range)} day)
      ) as bucket,
      ${counted}
    from contact_submissions c
    where ${predicate(within(filter, range), viewer)}
    group by bucket, c.status, c.service`;
}

function daysOf({ from, to }: DayRange): Prisma.Sql {
  return Prisma.sql`generate_series(${from}::timestamp, ${to}::timestamp, interval '1 day')`;
}

/** A stored text, "" for each spelling of "not given". */
function orNotGiven(text: string | null): string {
  return text === null || isNotGiven(text) ? "" : text;
}

/** One row for all rows with the same key: the first of them, with the contacts of all. */
function sumBy<T extends { contacts: number }>(rows: T[], keyOf: (row: T) => string): T[] {
  const sums = new Map<string, T>();
  for (const row of rows) {
    const sum = sums.get(keyOf(row));
    if (sum) sum.contacts += row.contacts;
    else sums.set(keyOf(row), row);
  }
  return [...sums.values()];
}
