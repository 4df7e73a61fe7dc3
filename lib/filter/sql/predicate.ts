import "server-only";
import { Prisma } from "@/generated/prisma/client";
import { resolveDays } from "../days";
import { type FieldKey, fieldKeys } from "../fields";
import type { ContactFilter, FieldValues } from "../filter";
import type { Viewer } from "../viewer";
import { parseWords } from "../words";
import { fieldSql } from "./fields";
import { wordsMatch } from "./words";

/**
 * Compiles a filter to one boolean condition over the alias `c` = contact_submissions, for a `where` or a `filter
 * (where …)`.
 * It is the only compiler there is: lists, counts, facets, charts, exports and bulk changes use it, so their numbers
 * agree. ../fields.ts says what each field means, and fields.ts how it matches. Every value is a parameter. The sort is
 * not part of the condition.
 * @param rowByRow the rows are read anyway: the same condition, without the parts that only indexes need
 */
export function predicate(filter: ContactFilter, viewer: Viewer, rowByRow = false): Prisma.Sql {
  const parts = [...dayConditions(filter, viewer), ...wordsMatch(parseWords(filter.words), rowByRow)];
  for (const key of fieldKeys) {
    const values = filter.fields[key];
    if (values) parts.push(...fieldConditions(key, values, viewer));
  }
  return parts.length > 0 ? Prisma.sql`(${Prisma.join(parts, " and ")})` : Prisma.sql`true`;
}

function dayConditions(filter: ContactFilter, viewer: Viewer): Prisma.Sql[] {
  const { from, to } = resolveDays(filter, viewer);
  const { timeZone } = viewer;
  const parts: Prisma.Sql[] = [];
  if (from) parts.push(Prisma.sql`c."timestamp" >= (${from}::date)::timestamp at time zone ${timeZone}::text`);
  if (to) parts.push(Prisma.sql`c."timestamp" < (${to}::date + 1)::timestamp at time zone ${timeZone}::text`);
  return parts;
}

/** Excluded values are `is not true`, because that is the exact complement, even if nothing is stored. */
function fieldConditions(key: FieldKey, { any, none, all }: FieldValues, viewer: Viewer): Prisma.Sql[] {
  const { anyOf, noneOf, allOf } = fieldSql[key];
  const parts: Prisma.Sql[] = [];
  if (any.length > 0) parts.push(anyOf(any, viewer));
  if (none.length > 0) parts.push(noneOf?.(none, viewer) ?? Prisma.sql`${anyOf(none, viewer)} is not true`);
  if (all.length > 0) {
    // Ignoring it would widen the set. The URL parser lets nobody ask for it.
    if (!allOf) throw new Error(`A contact cannot have several values of "${key}".`);
    parts.push(...allOf(all));
  }
  return parts;
}
