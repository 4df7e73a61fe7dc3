import "server-only";
import { cache } from "react";
import { Prisma } from "@/generated/prisma/client";
import type { Purpose } from "@/lib/database/limits";
import { inTransaction, queryRows } from "@/lib/database/query";
import type { Count } from "@/lib/desk/count";
import { resolveDays } from "@/lib/filter/days";
import { asksOneThing, type ContactFilter, emptyFilter, hasConditions } from "@/lib/filter/filter";
import { matchingContacts } from "@/lib/filter/sql/matching";
import { predicate } from "@/lib/filter/sql/predicate";
import { printFilter } from "@/lib/filter/url";
import { neverDue, type Viewer } from "@/lib/filter/viewer";
import { createAnswerMemo } from "@/lib/runtime/memo";
import { getChanges } from "@/lib/runtime/requester";
import { purposeOf } from "./purpose";
import { areFirstAll, firstContacts, looksThroughFirst } from "./strategy";

/** Counting stops here, because an exact count of a large set scans all of it. */
export const countLimit = 10_000;

/**
 * How many contacts the filter has, exact up to 10,000. If the list searches only the first contacts, so does the
 * count. Beyond 10,000 there is no estimate. The planner assumes that conditions are independent of each other, so it
 * would be wrong by orders of magnitude.
 * @throws DatabaseError
 */
export async function countContacts(filter: ContactFilter, viewer: Viewer): Promise<Count> {
  if (!hasConditions(filter)) return countEvery();
  if (looksThroughFirst(filter)) return countFirst(filter, viewer);
  return countToLimit(filter, viewer);
}

async function countToLimit(filter: ContactFilter, viewer: Viewer): Promise<Count> {
  const count = await countRows(filter, viewer, purposeOf(filter), countLimit + 1);
  return { count: Math.min(count, countLimit), exact: count <= countLimit };
}

/**
 * Counts all contacts, once per request. A page without a filter needs that for the matching contacts, the total, and
 * the view of all contacts.
 */
const countEvery = cache(() => countToLimit(emptyFilter, nobody));

async function countFirst(filter: ContactFilter, viewer: Viewer): Promise<Count> {
  const [found] = await queryRows<{ count: number }>(Prisma.sql`
    select count(*)::int as count from ${firstContacts(filter, viewer)} where ${predicate(filter, viewer)}`);
  return { count: found?.count ?? 0, exact: await areFirstAll(filter, viewer) };
}

/**
 * How many contacts there are, exact up to 10,000, for every viewer alike. Beyond, `about` is PostgreSQL's estimate
 * from its last vacuum or analyze (`reltuples`), if there is one. Runs once per request.
 * @throws DatabaseError
 */
export const countAllContacts = cache(async (): Promise<Count> => {
  const counted = await countEvery();
  if (counted.exact) return counted;
  const [table] = await queryRows<{ rows: number }>(
    Prisma.sql`select reltuples::float8 as rows from pg_class where oid = 'contact_submissions'::regclass`,
  );
  return table && table.rows > countLimit ? { ...counted, about: Math.round(table.rows) } : counted;
});

/** The viewer of a filter without conditions, which is the same for everybody. */
const nobody: Viewer = {
  staffId: "",
  timeZone: "UTC",
  today: "1970-01-01",
  weekStart: 1,
  ...neverDue,
};

/** Keeps exact counts, so that the next person need not wait and the machine counts once. */
const exactCounts = createAnswerMemo<Count>({ milliseconds: 30_000, most: 1_000 });

/**
 * How many contacts the filter has, to the last one. Runs only for people who ask for that, because it may take
 * seconds. The answer is at most half a minute old.
 * @throws DatabaseError
 */
export function countExactly(filter: ContactFilter, viewer: Viewer): Promise<Count> {
  const key = JSON.stringify([
    printFilter(resolveDays({ ...filter, sort: emptyFilter.sort }, viewer)).toString(),
    viewer.staffId,
    viewer.timeZone,
    // With a replica, changes are counted (sql/0640). People who have changed something since then get a new count.
    getChanges()?.changes,
  ]);
  return exactCounts.answer(key, async () => ({ count: await countRows(filter, viewer, "count"), exact: true }));
}

/**
 * A single condition is left to the planner, which knows how common it is. Several use the index of terms (sql/0500).
 */
async function countRows(filter: ContactFilter, viewer: Viewer, purpose: Purpose, most?: number): Promise<number> {
  const from = asksOneThing(filter)
    ? Prisma.sql`contact_submissions c where ${predicate(filter, viewer)}`
    : matchingContacts(filter, viewer);
  const limit = most === undefined ? Prisma.empty : Prisma.sql`limit ${most}::int`;
  const counting = Prisma.sql`select count(*)::int as count from (select from ${from} ${limit}) counted`;
  // An exact count may take long, so it waits for its share of the pool (lib/database/pool-shares.ts).
  const [found] = await (purpose === "count"
    ? inTransaction(purpose, (run) => run<{ count: number }>(counting), "aside")
    : queryRows<{ count: number }>(counting, purpose));
  return found?.count ?? 0;
}
