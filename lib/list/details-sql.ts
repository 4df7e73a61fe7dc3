import "server-only";
import { Prisma } from "@/generated/prisma/client";
import { trimmed } from "@/lib/contact/same-address";
import { complexityNumber, confidenceValue, documentsNumber, languageValue } from "@/lib/filter/sql/insight-values";
import type { Detail } from "./columns";

/**
 * The SQL of each detail, over the alias `c`; each value is at most one line long. Details are read only for a page's
 * rows, and only if their column is shown. The insights may be large, and fetching them costs more than the rest of the
 * row.
 */
const columnOf: Record<Detail, () => Prisma.Sql> = {
  email: () => trimmed(Prisma.sql`c.email`),
  source: () => Prisma.sql`c.source`,
  budget: () => Prisma.sql`c.budget`,
  page: () => Prisma.sql`left(c.page_url, 300)`,
  documents: () => Prisma.sql`nullif(${documentsNumber}, -1)::float8`,
  language: () => Prisma.sql`nullif(${languageValue}, '')`,
  confidence: () => Prisma.sql`nullif(${confidenceValue}, '')`,
  complexity: () => Prisma.sql`${complexityNumber}::float8`,
};

/** The wanted details of a row as one JSON object, or no column at all if none are wanted. */
export function detailsSql(wanted: Detail[]): Prisma.Sql {
  if (wanted.length === 0) return Prisma.empty;
  const pairs = wanted.map((detail) => Prisma.sql`${detail}::text, ${columnOf[detail]()}`);
  return Prisma.sql`, jsonb_build_object(${Prisma.join(pairs)}) as details`;
}
