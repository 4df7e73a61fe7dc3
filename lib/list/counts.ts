import "server-only";
import { cache } from "react";
import { Prisma } from "@/generated/prisma/client";
import type { Purpose } from "@/lib/database/pool";
import { inTransaction, queryRows } from "@/lib/database/query";
import type { Count } from "@/lib/desk/count";
import { asksOneThing, type ContactFilter, emptyFilter, hasConditions } from "@/lib/filter/filter";
import { matchingContacts } from "@/lib/filter/sql/matching";
import { predicate } from "@/lib/filter/sql/predicate";
import { printFilter } from "@/lib/filter/url";
import { neverOverdue, type Viewer } from "@/lib/filter/viewer";
import { createAnswerMemo } from "@/lib/runtime/memo";
import { getChanges } from "@/lib/runtime/requester";
import { purposeOf } from "./purpose";
import { areFirstAll, firstContacts, looksThroughFirst } from "./strategy";

/** Counting stops here: an exact count of a large set costs a scan of it. */
export const countLimit = 10_000;

/**
 * How many contacts the filter has, exact up to 10,000. Where the list looks through the first contacts only, so does the
 * count. Beyond there is no estimate, because the planner takes conditions to be independent of each other, and would be
 * wrong by orders of magnitude.
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

/** All contacts, once a request, because a page without a filter asks for matching, total, and a view of all contacts. */
const countEvery = cache(() => countToLimit(emptyFilter, nobody));

async function countFirst(filter: ContactFilter, viewer: Viewer): Promise<Count> {
  const [found] = await queryRows<{ count: number }>(Prisma.sql`
    select count(*)::int as count from ${firstContacts(filter, viewer)} where ${predicate(filter, viewer)}`);
  return { count: found?.count ?? 0, exact: await areFirstAll(filter, viewer) };
}

/**
 * How many contacts there are at all, exact up to 10,000, whoever asks; beyond, about as many as the server counted when it
 * last looked through the table, if it ever has. Asked once a request.
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

/** Whom a filter without conditions is asked for. */
const nobody: Viewer = { staffId: "", timeZone: "UTC", overdue: neverOverdue };

/** Exact counts: the next to ask need not wait, and each takes the machine once. */
const exactCounts = createAnswerMemo<Count>({ milliseconds: 30_000, most: 1_000 });

/**
 * How many contacts the filter has, to the last one, for whoever asked for that: it may take seconds. No more than half a
 * minute old.
 * @throws DatabaseError
 */
export function countExactly(filter: ContactFilter, viewer: Viewer): Promise<Count> {
  const key = JSON.stringify([
    printFilter({ ...filter, sort: emptyFilter.sort }).toString(),
    viewer.staffId,
    viewer.timeZone,
    // Whoever has changed something since is not told what was before.
    getChanges()?.changes,
  ]);
  return exactCounts.answer(key, async () => ({ count: await countRows(filter, viewer, "count"), exact: true }));
}

/** One condition is left to the planner, who knows best how common it is; several are asked of the index of terms. */
async function countRows(filter: ContactFilter, viewer: Viewer, purpose: Purpose, most?: number): Promise<number> {
  const from = asksOneThing(filter)
    ? Prisma.sql`contact_submissions c where ${predicate(filter, viewer)}`
    : matchingContacts(filter, viewer);
  const limit = most === undefined ? Prisma.empty : Prisma.sql`limit ${most}::int`;
  const counting = Prisma.sql`select count(*)::int as count from (select from ${from} ${limit}) counted`;
  // What may take long waits for one of its places in the pool.
  const [found] = await (purpose === "count"
    ? inTransaction(purpose, (run) => run<{ count: number }>(counting), "aside")
    : queryRows<{ count: number }>(counting, purpose));
  return found?.count ?? 0;
}
