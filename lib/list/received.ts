import "server-only";
import { Prisma } from "@/generated/prisma/client";
import { queryRows } from "@/lib/database/query";
import { resolveDay, resolveDays } from "@/lib/filter/days";
import type { ContactFilter } from "@/lib/filter/filter";
import { predicate } from "@/lib/filter/sql/predicate";
import type { Viewer } from "@/lib/filter/viewer";

/** How many days are counted, the day of asking included. */
export const receivedDays = 14;

/** The filter within its last days; null if its own days end before them, or begin after. */
export function withinLastDays(filter: ContactFilter, viewer: Viewer): ContactFilter | null {
  const { from, to } = resolveDays(filter, viewer);
  const first = resolveDay(`-${receivedDays - 1}d`, "from", viewer);
  const within = {
    from: from !== null && from > first ? from : first,
    to: to !== null && to < viewer.today ? to : viewer.today,
  };
  return within.from > within.to ? null : { ...filter, ...within };
}

/**
 * How many of the contacts that match now were sent on each of the last days, the day of asking last. A day is the
 * list's day: `from` and `to` of that day list exactly as many.
 * @param filter as `withinLastDays` gives it: the index on time then bounds what is read
 * @throws DatabaseError; `too_slow` after half a second, because nobody waits for it
 */
export async function countReceived(filter: ContactFilter, viewer: Viewer): Promise<number[]> {
  const first = resolveDay(`-${receivedDays - 1}d`, "from", viewer);
  const rows = await queryRows<{ day: number; contacts: number }>(
    Prisma.sql`
    select
      width_bucket(
        c."timestamp",
        (select array_agg(day at time zone ${viewer.timeZone}::text order by day)
          from generate_series(${first}::timestamp, ${viewer.today}::timestamp, interval '1 day') day)
      ) as day,
      count(*)::int as contacts
    from contact_submissions c
    where ${predicate(filter, viewer)}
    group by 1`,
    "sparkline",
    "aside",
  );
  const byDay = new Map(rows.map(({ day, contacts }) => [day, contacts]));
  return Array.from({ length: receivedDays }, (_, at) => byDay.get(at + 1) ?? 0);
}
