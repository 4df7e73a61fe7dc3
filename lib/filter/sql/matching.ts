import "server-only";
import { Prisma } from "@/generated/prisma/client";
import type { FieldKey } from "../fields";
import type { ContactFilter } from "../filter";
import type { Viewer } from "../viewer";
import { predicate } from "./predicate";
import { termsOf } from "./terms";

/** What else the contacts must be: a condition, and what it asks of fields, for the index of terms. */
type Besides = { condition: Prisma.Sql; has: Partial<Record<FieldKey, string>> };

const nothing: Besides = { condition: Prisma.sql`true`, has: {} };

/**
 * The contacts of a filter as `(…) c`, to select from: exactly those of `where ${predicate(filter)}`, but found by whatever
 * their terms and the rest of the filter have an index for, and not in any order. The terms only choose what is read: each
 * row is then put to the conditions themselves. `offset 0` keeps the planner from weighing those too, which it takes to be
 * independent of each other, and an order by which it would look for rows that there may not be.
 */
export function matchingContacts(filter: ContactFilter, viewer: Viewer, besides: Besides = nothing): Prisma.Sql {
  const terms = termsOf(filter, besides.has);
  if (!terms) {
    return Prisma.sql`(
      select * from contact_submissions c where ${predicate(filter, viewer)} and ${besides.condition} offset 0) c`;
  }
  return Prisma.sql`(
    select * from (
      select * from contact_submissions c
      where contact_terms(c.status, c.service, c.source, c.document_insights) @@ ${terms.query}::tsquery
        and ${predicate(terms.rest, viewer)} and ${besides.condition}
      offset 0) c
    where ${predicate(terms.asked, viewer)}) c`;
}
