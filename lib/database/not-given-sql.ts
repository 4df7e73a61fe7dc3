import "server-only";
import { Prisma } from "@/generated/prisma/client";

/**
 * 'Not specified' (not-given.ts) as SQL. It is a literal, not a parameter, because an index serves only the expression
 * it was built with. The migrations in sql/ repeat it, because they stay as they were applied.
 */
export const notSpecified = Prisma.sql`'Not specified'`;

/** The same in lower case, for comparisons that ignore case. */
export const notSpecifiedLower = Prisma.sql`'not specified'`;

/** The same inside a jsonpath. */
export const notSpecifiedInPath = Prisma.sql`"Not specified"`;

/** A stored text with "" for each spelling of "not given". Never null. */
export function givenOrEmpty(column: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`(case when ${column} = ${notSpecified} then '' else coalesce(${column}, '') end)`;
}
