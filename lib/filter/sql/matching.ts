import "server-only";
import { Prisma } from "@/generated/prisma/client";
import type { FieldKey } from "../fields";
import type { ContactFilter } from "../filter";
import type { Viewer } from "../viewer";
import { predicate } from "./predicate";
import { termsOf } from "./terms";

/** One more condition on the contacts, and the values of fields that it implies, which the index of terms may use. */
type Besides = { condition: Prisma.Sql; has: Partial<Record<FieldKey, string>> };

const nothing: Besides = { condition: Prisma.sql`true`, has: {} };

/**
 * The contacts of a filter as `(…) c`, to select from, in no order. They are exactly those of `where
 * ${predicate(filter)}`, but found by the index of terms and the indexes of the other conditions.
 * The terms only narrow what is read, so each row is then checked against the conditions themselves. `offset 0` hides
 * these from the planner, which would assume that they are independent of each other. It also hides the outer order,
 * because the planner would walk that order's index for rows that may not exist.
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
