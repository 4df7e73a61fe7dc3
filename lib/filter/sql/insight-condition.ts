import "server-only";
import { Prisma } from "@/generated/prisma/client";
import { type Json, parseInsightCondition } from "../insight/condition";

/**
 * One condition on a path of the insights, in its canonical form, over the alias `c` = contact_submissions.
 * `eq` and `has` use containment on the column itself, because the GIN index of sql/0180 answers that. For objects and
 * lists containment is wider than equality, so those are compared as well. No index answers the other operators. The
 * condition never raises, whatever is stored. It may be null if the column is null.
 */
export function insightConditionMatches(text: string): Prisma.Sql {
  const condition = parseInsightCondition(text);
  if (!condition) return Prisma.sql`false`;
  const { path } = condition;
  const stored = at(path);
  switch (condition.operator) {
    case "exists":
      return Prisma.sql`(${stored}) is not null`;
    case "missing":
      return Prisma.sql`(${stored}) is null`;
    case "eq": {
      const { value } = condition;
      const found = contains(path, value);
      return isComposite(value) ? Prisma.sql`(${found} and (${stored}) = ${JSON.stringify(value)}::jsonb)` : found;
    }
    case "has": {
      const { value } = condition;
      const found = contains(path, [value]);
      if (!isComposite(value)) return found;
      return Prisma.sql`(${found} and exists (
        select from jsonb_array_elements(case when jsonb_typeof(${stored}) = 'array' then ${stored} else '[]' end) as element (item)
        where element.item = ${JSON.stringify(value)}::jsonb))`;
    }
    default: {
      const number = Prisma.sql`(case when jsonb_typeof(${stored}) = 'number' then (${stored})::numeric end)`;
      return Prisma.sql`${number} ${comparisons[condition.operator]} ${String(condition.value)}::numeric`;
    }
  }
}

const comparisons = { gt: Prisma.sql`>`, gte: Prisma.sql`>=`, lt: Prisma.sql`<`, lte: Prisma.sql`<=` };

/**
 * Reads key by key with `->`, which gives null for anything but an object. `#>` would read "0" as the index of a list.
 */
function at(path: string[]): Prisma.Sql {
  return Prisma.join([Prisma.sql`c.document_insights`, ...path.map((key) => Prisma.sql`${key}::text`)], " -> ");
}

function contains(path: string[], value: Json): Prisma.Sql {
  const nested = path.reduceRight<Json>((inner, key) => ({ [key]: inner }), value);
  return Prisma.sql`c.document_insights @> ${JSON.stringify(nested)}::jsonb`;
}

function isComposite(value: Json): boolean {
  return typeof value === "object" && value !== null;
}
