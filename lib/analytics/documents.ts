import "server-only";
import { Prisma } from "@/generated/prisma/client";
import { notSpecified } from "@/lib/database/not-given-sql";
import type { Run } from "@/lib/database/query";
import { type ContactFilter, emptyFilter } from "@/lib/filter/filter";
import { predicate } from "@/lib/filter/sql/predicate";
import type { Viewer } from "@/lib/filter/viewer";
import { countDays, type DayRange } from "./days";
import { within } from "./marks";

/** Documents with a processing status, and how many contacts have them, by service ("" = none, not given). Bytes in all of them. */
export type DocumentCount = { service: string; status: string; documents: number; contacts: number; bytes: number };

/**
 * Documents of the contacts by service and processing status: one reading for every figure that counts them.
 * @param contacts how many contacts those are
 */
export async function countDocuments(
  run: Run,
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
  // A contact with two spellings of "none" was counted under each; of those, which are few, the contacts are told apart.
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

/** By contact first: a contact counts once, however many of its documents have the status; grouped as the index on documents is. */
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

/** The range up to which its contacts' ids are asked for, in days: those of a longer one leave out little. */
const mostDaysByIds = 100;

/** Contacts from which on their documents are read from end to end, whichever way they are asked for. */
const many = 100_000;

/**
 * Conditions on a contact `c` and its documents `d`, of which each contact meets one.
 * Of few days it is one, by the first and the last id there is, so that only the documents between are read: ids that begin with the
 * time, as the website's do, lie together. Others are found as well, among more documents. Of many contacts there are two, each
 * with half of the ids, which a server with two processors counts at once.
 */
async function partContacts(run: Run, range: DayRange, viewer: Viewer, contacts: number): Promise<Prisma.Sql[]> {
  if (countDays(range) <= mostDaysByIds) {
    // The count has the days read from the index on time; without it every id would be tried from both ends.
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
