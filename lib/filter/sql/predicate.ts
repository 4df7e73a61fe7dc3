import "server-only";
import { Prisma } from "@/generated/prisma/client";
import { numberLimits } from "@/lib/contact/insight-limits";
import { notSpecified } from "@/lib/database/not-given-sql";
import { type FieldKey, fieldKeys } from "../fields";
import type { ContactFilter, FieldValues } from "../filter";
import { parseRange } from "../ranges";
import type { Viewer } from "../viewer";
import { parseWords } from "../words";
import { insightMatches } from "./insight";
import { isOverdue } from "./overdue";
import {
  complexityNumber,
  documentColumns,
  documentsNumber,
  hasNoType,
  insightsAreSound,
  insightsProblem,
  isSnoozed,
  singleValues,
  textColumns,
} from "./values";
import { wordsMatch } from "./words";

/**
 * Compiles a filter to one boolean condition over the alias `c` = contact_submissions, for a `where` or a `filter (where …)`.
 * The only compiler there is: lists, counts, facets, charts, exports and bulk changes select by it, so their numbers agree.
 * What each field means is said in fields.ts. Parts that ask for something may be null where nothing is stored, which counts
 * as false and leaves them to the indexes; what is left out is `is not true`, so that it is the exact complement.
 * Every value is a parameter. The sort is no part of it.
 * @param rowByRow the rows are there already, and no index is to find them: the same condition, without what only indexes need
 */
export function predicate(filter: ContactFilter, viewer: Viewer, rowByRow = false): Prisma.Sql {
  const parts = [...dayConditions(filter, viewer), ...wordsMatch(parseWords(filter.words), rowByRow)];
  for (const key of fieldKeys) {
    const values = filter.fields[key];
    if (values) parts.push(...fieldConditions(key, values, viewer));
  }
  return parts.length > 0 ? Prisma.sql`(${Prisma.join(parts, " and ")})` : Prisma.sql`true`;
}

function dayConditions({ from, to }: ContactFilter, { timeZone }: Viewer): Prisma.Sql[] {
  const parts: Prisma.Sql[] = [];
  if (from) parts.push(Prisma.sql`c."timestamp" >= (${from}::date)::timestamp at time zone ${timeZone}::text`);
  if (to) parts.push(Prisma.sql`c."timestamp" < (${to}::date + 1)::timestamp at time zone ${timeZone}::text`);
  return parts;
}

function fieldConditions(key: FieldKey, { any, none, all }: FieldValues, viewer: Viewer): Prisma.Sql[] {
  const parts: Prisma.Sql[] = [];
  if (any.length > 0) parts.push(anyOf(key, any, viewer));
  // `not exists` can be an anti-join, which `is not true` would prevent; it is never null anyway.
  if (none.length > 0) {
    parts.push(
      isDocumentField(key)
        ? Prisma.sql`not ${anyOf(key, none, viewer)}`
        : Prisma.sql`${anyOf(key, none, viewer)} is not true`,
    );
  }
  if (key === "insight") parts.push(...all.map(insightMatches));
  else if (all.length > 0) parts.push(contains({ document_types: all }));
  return parts;
}

/** The contact has any of the values, of which there is at least one. In brackets, so that it can be negated. */
function anyOf(key: FieldKey, values: string[], viewer: Viewer): Prisma.Sql {
  if (key === "assignee") return isAssignedToAnyOf(values, viewer);
  if (key === "batch") return wasChangedByAnyOf(values);
  // Beside the whole address its beginning, which is what the index has (sql/0290).
  if (key === "page" && values.length === 1 && values[0]) {
    return Prisma.sql`(left(c.page_url, 200) = left(${values[0]}::text, 200) and c.page_url = ${values[0]})`;
  }
  if (isTextField(key)) return textIsAnyOf(textColumns[key], values);
  if (isDocumentField(key)) {
    const condition = textIsAnyOf(documentColumns[key], values);
    return Prisma.sql`exists (select from documents d where d.contact_id = c.id and ${condition})`;
  }
  if (key === "snoozed") return flagIsAnyOf(isSnoozed, values);
  if (key === "overdue") return flagIsAnyOf(isOverdue(viewer), values);
  return Prisma.sql`(${Prisma.join(
    values.map((value) => insightIs(key, value)),
    " or ",
  )})`;
}

/** The condition holds ("true") or does not ("false"; also where it is null). */
function flagIsAnyOf(condition: Prisma.Sql, values: string[]): Prisma.Sql {
  const parts = values.map((value) => (value === "true" ? condition : Prisma.sql`(${condition}) is not true`));
  return Prisma.sql`(${Prisma.join(parts, " or ")})`;
}

function isAssignedToAnyOf(values: string[], { staffId }: Viewer): Prisma.Sql {
  const ids = values.filter((value) => value !== "none").map((value) => (value === "me" ? staffId : value));
  const parts: Prisma.Sql[] = [];
  if (ids.length === 1) parts.push(Prisma.sql`c.assignee_id = ${ids[0]}::uuid`);
  if (ids.length > 1) parts.push(Prisma.sql`c.assignee_id = any(${ids}::uuid[])`);
  if (values.includes("none")) parts.push(Prisma.sql`c.assignee_id is null`);
  return Prisma.sql`(${Prisma.join(parts, " or ")})`;
}

function wasChangedByAnyOf(batches: string[]): Prisma.Sql {
  return Prisma.sql`(c.id in (select h.contact_id from contact_history h where h.batch_id = any(${batches}::uuid[])))`;
}

function textIsAnyOf(column: Prisma.Sql, values: string[]): Prisma.Sql {
  const given = values.filter((value) => value !== "");
  const parts: Prisma.Sql[] = [];
  // One value by "=": only that lets an index give the page order too.
  if (given.length === 1) parts.push(Prisma.sql`${column} = ${given[0]}`);
  if (given.length > 1) parts.push(Prisma.sql`${column} = any(${given}::text[])`);
  if (given.length < values.length) {
    parts.push(Prisma.sql`${column} is null`, Prisma.sql`${column} in ('', ${notSpecified})`);
  }
  return Prisma.sql`(${Prisma.join(parts, " or ")})`;
}

/** By containment on the column itself: the only question the GIN answers. */
function contains(part: object): Prisma.Sql {
  return Prisma.sql`c.document_insights @> ${JSON.stringify(part)}::jsonb`;
}

type InsightKey = Exclude<
  FieldKey,
  keyof typeof textColumns | keyof typeof documentColumns | "assignee" | "batch" | "snoozed" | "overdue"
>;

function insightIs(key: InsightKey, value: string): Prisma.Sql {
  if (key === "documents") {
    return value === ""
      ? Prisma.sql`${documentsNumber} = -1`
      : isWithin(documentsNumber, value, numberLimits.documents);
  }
  if (key === "complexity") {
    return value === ""
      ? Prisma.sql`${complexityNumber} is null`
      : isWithin(complexityNumber, value, numberLimits.complexity);
  }
  if (key === "insight") return insightMatches(value);
  if (key === "type") return value === "" ? hasNoType : contains({ document_types: [value] });
  if (key === "insights") return hasProblem(value);
  if (value === "") return Prisma.sql`${singleValues[key]} = ${value}`;
  if (key === "business") return isBusiness(value === "true");
  return contains({ content_analysis: { [key === "language" ? "primary_language" : "confidence_level"]: value } });
}

/** Malformed is missing too. It is asked for in the words that its index has (sql/0535). */
function hasProblem(value: string): Prisma.Sql {
  if (value !== "malformed") return Prisma.sql`(${insightsAreSound} is not true)`;
  return Prisma.sql`(c.document_insights <> '{}' and ${insightsProblem} = 'malformed')`;
}

/** The nested boolean, or the one at the top level where there is no nested one. */
function isBusiness(value: boolean): Prisma.Sql {
  const nested = contains({ content_analysis: { has_business_content: value } });
  const otherwise = contains({ content_analysis: { has_business_content: !value } });
  return Prisma.sql`(${nested} or (${contains({ has_business_content: value })} and not ${otherwise}))`;
}

/** Within a canonical range. A lower end is always asked for: -1 stands for "not given". */
function isWithin(expression: Prisma.Sql, value: string, limit: number): Prisma.Sql {
  const { least, most } = parseRange(value, limit) ?? { least: null, most: null };
  const from = Prisma.sql`${expression} >= ${least ?? "0"}::numeric`;
  return most === null ? Prisma.sql`(${from})` : Prisma.sql`(${from} and ${expression} <= ${most}::numeric)`;
}

function isTextField(key: FieldKey): key is keyof typeof textColumns {
  return Object.hasOwn(textColumns, key);
}

function isDocumentField(key: FieldKey): key is keyof typeof documentColumns {
  return Object.hasOwn(documentColumns, key);
}
