import "server-only";
import { Prisma } from "@/generated/prisma/client";
import { notSpecified, notSpecifiedInPath } from "@/lib/database/not-given-sql";

/**
 * The parts of the insights as SQL over the alias `c` = contact_submissions.
 * The two numbers are written as in the indexes of sql/0190 and sql/0200, because those serve only the identical
 * expression. Limits are literals for the same reason. lib/contact/insight-limits.ts has them in TypeScript, and a test
 * compares both.
 */

/** The number of documents in the insights; -1 where it is absent or malformed, so that a sort puts it at one end. */
export const documentsNumber = Prisma.sql`coalesce(
  case when jsonb_typeof(c.document_insights -> 'total_documents') = 'number'
    and (c.document_insights -> 'total_documents')::numeric between 0 and 1000000
  then round((c.document_insights -> 'total_documents')::numeric, 6) end,
  -1)`;

/** The complexity in the insights, null where it is absent or malformed. */
export const complexityNumber = Prisma.sql`(
  case when jsonb_typeof(c.document_insights -> 'content_analysis' -> 'complexity_score') = 'number'
    and (c.document_insights -> 'content_analysis' -> 'complexity_score')::numeric between 0 and 1
  then round((c.document_insights -> 'content_analysis' -> 'complexity_score')::numeric, 6) end)`;

const types = Prisma.sql`c.document_insights -> 'document_types'`;
const analysis = Prisma.sql`c.document_insights -> 'content_analysis'`;

// Strict, because a lax path would look inside nested lists. It is applied only to lists, so that it cannot raise. It
// does not check the length: like_regex would cost six times the rest, 60 ms for 5,000 rows.
const isType = Prisma.sql`@.type() == "string" && @ != "" && @ != ${notSpecifiedInPath}`;
const hasSoundType = Prisma.sql`(jsonb_typeof(${types}) = 'array'
  and jsonb_path_exists(${types}, 'strict $[*] ? (${isType})', '{}', true))`;

/** Whether the contact has no document type at all. Never null. */
export const hasNoType = Prisma.sql`(${hasSoundType} is not true)`;

/**
 * A contact's distinct document types, as rows with the column `value`; no row if the insights hold no type. They are
 * cut one character beyond the longest type that a filter accepts. So an absurdly long one stays small, and cannot be
 * taken for an accepted one.
 */
export const typeRows = Prisma.sql`(
  select distinct left(found.item #>> '{}', 101) as value
  from jsonb_array_elements(case when jsonb_typeof(${types}) = 'array' then ${types} else '[]' end) as found (item)
  where jsonb_typeof(found.item) = 'string' and found.item #>> '{}' not in ('', ${notSpecified}))`;

/** The language, "" where it is absent or malformed. */
export const languageValue = Prisma.sql`(case when jsonb_typeof(${analysis} -> 'primary_language') = 'string'
    and length(${analysis} ->> 'primary_language') <= 100
    and ${analysis} ->> 'primary_language' <> ${notSpecified}
  then ${analysis} ->> 'primary_language' else '' end)`;

/** The confidence, "" where it is absent or malformed. */
export const confidenceValue = Prisma.sql`(case when ${analysis} ->> 'confidence_level' in ('high', 'medium', 'low')
  then ${analysis} ->> 'confidence_level' else '' end)`;

/** Whether there is business content, "true" or "false"; "" where neither place has a boolean. */
export const businessValue = Prisma.sql`(case
  when jsonb_typeof(${analysis} -> 'has_business_content') = 'boolean' then ${analysis} ->> 'has_business_content'
  when jsonb_typeof(c.document_insights -> 'has_business_content') = 'boolean'
    then c.document_insights ->> 'has_business_content'
  else '' end)`;

/** Whether every part of the insights is sound (sql/0530). Null counts as no. */
export const insightsAreSound = Prisma.sql`insights_are_sound(c.document_insights)`;

/** What is wrong with the insights, "missing" or "malformed" (sql/0530); null where every part is sound. */
export const insightsProblem = Prisma.sql`insights_problem(c.document_insights)`;

/** The same, with "" where every part is sound. */
export const problemValue = Prisma.sql`coalesce(${insightsProblem}, '')`;

/** Whether the insights contain a part: containment on the column itself, because the GIN index answers only that. */
export function insightsContain(part: object): Prisma.Sql {
  return Prisma.sql`c.document_insights @> ${JSON.stringify(part)}::jsonb`;
}
