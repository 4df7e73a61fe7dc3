import "server-only";
import { Prisma } from "@/generated/prisma/client";

/**
 * 'Not specified' (not-given.ts) as SQL. It is a literal and no parameter, because an index serves only the expression that it
 * was made with. The migrations in sql/ say it again: they stay as they were applied.
 */
export const notSpecified = Prisma.sql`'Not specified'`;

/** The same, where texts are compared in lower case. */
export const notSpecifiedLower = Prisma.sql`'not specified'`;

/** The same inside a jsonpath. */
export const notSpecifiedInPath = Prisma.sql`"Not specified"`;

/** A stored text with "" for each spelling of "not given". Never null. */
export function givenOrEmpty(column: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`(case when ${column} = ${notSpecified} then '' else coalesce(${column}, '') end)`;
}
