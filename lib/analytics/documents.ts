import "server-only";
import { Prisma } from "@/generated/prisma/client";
import { notSpecified } from "@/lib/database/not-given-sql";
import type { RunQuery } from "@/lib/database/query";
import { type ContactFilter, emptyFilter } from "@/lib/filter/filter";
import { documentsNumber } from "@/lib/filter/sql/insight-values";
import { predicate } from "@/lib/filter/sql/predicate";
import type { Viewer } from "@/lib/filter/viewer";
import { countDays, type DayRange } from "./days";
import { within } from "./marks";

/**
 * The documents of one service and one processing status ("" = none, not given): how many, of how many contacts, and
 * their bytes in total.
 */
export type DocumentCount = { service: string; status: string; documents: number; contacts: number; bytes: number };

/**
 * What the insights of one service's contacts count ("" = none, not given): in how many contacts they hold a sound
 * number of documents, and how many documents those are.
 */
export type InsightsCount = { service: string; contacts: number; documents: number };

/**
 * Counts the documents that the insights speak of, by service. They may differ from the documents that are stored: the
 * pipeline wrote them when it read the files.
 */
export function countByInsights(
  run: RunQuery,
  filter: ContactFilter,
  range: DayRange,
  viewer: Viewer,
): Promise<InsightsCount[]> {
  return run<InsightsCount>(Prisma.sql`
    select coalesce(nullif(service, ${notSpecified}), '') as service, count(*)::int as contacts, sum(documents)::float8 as documents
    from (
      select c.service, ${documentsNumber} as documents
      from contact_submissions c
      where ${predicate(within(filter, range), viewer)}
    ) said
    where documents >= 0
    group by 1`);
}

/**
 * Counts the contacts' documents by service and processing status, in one pass for every figure that needs them.
 * @param contacts how many contacts those are
 */
export async function countDocuments(
  run: RunQuery,
  filter: ContactFilter,
  range: DayRange,
  viewer: Viewer,
  contacts: number,
): Promise<DocumentCount[]> {
  const condition = predicate(within(filter, range), viewer);
  const parts = await partContacts(run, range, viewer, contacts);
  const counted = parts.map((part) => countPart(Prisma.sql`${condition} and ${part}`));
  const counts = await run<DocumentCount>(Prisma.sql`
    select service, status, sum(documents)::int as documents, sum(contacts)::int as contacts, sum(bytes) as bytes
    from (${Prisma.join(counted, " union all ")}) parts
    group by service, status`);
  if (!counts.some(({ status }) => status === "")) return counts;
  // A contact with two spellings of "none" was counted under each. Such contacts are few, so they are counted exactly.
  const without = await run<{ service: string; contacts: number }>(Prisma.sql`
    select coalesce(nullif(c.service, ${notSpecified}), '') as service, count(distinct c.id)::int as contacts
    from contact_submissions c
    join documents d on d.contact_id = c.id
    where ${condition} and (${Prisma.join(parts, " or ")})
      and (d.processing_status in ('', ${notSpecified}) or d.processing_status is null)
    group by 1`);
  const exact = new Map(without.map(({ service, contacts }) => [service, contacts]));
  return counts.map((one) => (one.status === "" ? { ...one, contacts: exact.get(one.service) ?? one.contacts } : one));
}

/**
 * Groups by contact first, so that a contact counts once, however many of its documents have the status. The grouping
 * follows the index on documents.
 */
function countPart(condition: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`
    select service, status, sum(documents) as documents, count(*) as contacts, sum(bytes) as bytes
    from (
      select
        coalesce(nullif(c.service, ${notSpecified}), '') as service,
        coalesce(nullif(d.processing_status, ${notSpecified}), '') as status,
        count(*) as documents,
        sum(d.size::float8) as bytes
      from contact_submissions c
      join documents d on d.contact_id = c.id
      where ${condition}
      group by c.id, d.processing_status
    ) by_contact
    group by service, status`;
}

/**
 * The longest range, in days, for which documents are looked for by their contacts' ids. For a longer one that leaves
 * out little.
 */
const mostDaysByIds = 100;

/** From this many contacts on, all documents are read from end to end, whatever the condition. */
const many = 100_000;

/**
 * Conditions on a contact `c` and its documents `d`. Each contact meets exactly one of them.
 * For few days there is one condition, from the first to the last id, so that only the documents between are read. The
 * website's ids begin with the time, so they lie together. Other ids are found as well, but among more documents. For
 * many contacts there are two conditions, each with half of the ids, because a server with two processors counts them
 * at once.
 */
async function partContacts(run: RunQuery, range: DayRange, viewer: Viewer, contacts: number): Promise<Prisma.Sql[]> {
  if (countDays(range) <= mostDaysByIds) {
    // The `count` makes the planner read the days from the index on time. Without it, every id would be tried from both
    // ends.
    const [row] = await run<{ contacts: number; first: string | null; last: string | null }>(Prisma.sql`
      select count(*)::int as contacts, min(c.id) as first, max(c.id) as last
      from contact_submissions c
      where ${predicate(within(emptyFilter, range), viewer)}`);
    return [Prisma.sql`d.contact_id between ${row?.first ?? ""} and ${row?.last ?? ""}`];
  }
  if (contacts < many) return [Prisma.sql`true`];
  const [sample] = await run<{ middle: string | null }>(Prisma.sql`
    select percentile_disc(0.5) within group (order by id) as middle from contact_submissions tablesample system (0.1)`);
  const middle = sample?.middle ?? "";
  return [
    Prisma.sql`c.id < ${middle} and d.contact_id < ${middle}`,
    Prisma.sql`c.id >= ${middle} and d.contact_id >= ${middle}`,
  ];
}
