import "server-only";
import { Prisma } from "@/generated/prisma/client";
import { givenOrEmpty, notSpecified, notSpecifiedInPath } from "@/lib/database/not-given-sql";
import type { FieldKey } from "../fields";

/**
 * Where each field's value stands in the database, as SQL over the alias `c` = contact_submissions.
 * The texts of the two numbers are those of the indexes in sql/0190 and sql/0200, which serve only the identical expression.
 * Limits stand as literals for the same reason; fields.ts says them in TypeScript, and a test compares both.
 */

/** Plain columns, by field. */
export const textColumns = {
  status: Prisma.sql`c.status`,
  service: Prisma.sql`c.service`,
  source: Prisma.sql`c.source`,
  // As its index has it (sql/0160); the collation tells apart whatever differs by a byte, as "=" on the column does.
  company: Prisma.sql`coalesce(c.company, '') collate desk_people`,
  page: Prisma.sql`c.page_url`,
} as const;

/** Whether the contact is put off until later. Null where it never was. */
export const isSnoozed = Prisma.sql`c.snoozed_until > now()`;

/** Columns of a contact's document rows, over the alias `d`. */
export const documentColumns = {
  "document.type": Prisma.sql`d.document_type`,
  "document.status": Prisma.sql`d.processing_status`,
} as const;

/** The number of documents in the insights, -1 where it is absent or malformed, so that a sort puts it at one end. */
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

// Strict, because a lax path would look inside nested lists; asked only of lists, so that it cannot raise.
// A bound on the length by like_regex would cost six times the rest: 60 ms of 5,000 rows.
const isType = Prisma.sql`@.type() == "string" && @ != "" && @ != ${notSpecifiedInPath}`;
const hasSoundType = Prisma.sql`(jsonb_typeof(${types}) = 'array'
  and jsonb_path_exists(${types}, 'strict $[*] ? (${isType})', '{}', true))`;

const language = Prisma.sql`case when jsonb_typeof(${analysis} -> 'primary_language') = 'string'
    and length(${analysis} ->> 'primary_language') <= 100
    and ${analysis} ->> 'primary_language' <> ${notSpecified}
  then ${analysis} ->> 'primary_language' else '' end`;

const confidence = Prisma.sql`case when ${analysis} ->> 'confidence_level' in ('high', 'medium', 'low')
  then ${analysis} ->> 'confidence_level' else '' end`;

const business = Prisma.sql`case
  when jsonb_typeof(${analysis} -> 'has_business_content') = 'boolean' then ${analysis} ->> 'has_business_content'
  when jsonb_typeof(c.document_insights -> 'has_business_content') = 'boolean'
    then c.document_insights ->> 'has_business_content'
  else '' end`;

/** Whether every part of the insights is sound (sql/0530). Null is no. */
export const insightsAreSound = Prisma.sql`insights_are_sound(c.document_insights)`;

/** What is wrong with the insights, "missing" or "malformed" (sql/0530); null where every part is sound. */
export const insightsProblem = Prisma.sql`insights_problem(c.document_insights)`;

/** Fields of which a contact has exactly one value, "" (not given) included. Never null. */
export const singleValues = {
  status: givenOrEmpty(textColumns.status),
  assignee: Prisma.sql`coalesce(c.assignee_id::text, 'none')`,
  snoozed: Prisma.sql`(case when ${isSnoozed} then 'true' else 'false' end)`,
  service: givenOrEmpty(textColumns.service),
  source: givenOrEmpty(textColumns.source),
  company: givenOrEmpty(textColumns.company),
  page: givenOrEmpty(Prisma.sql`left(c.page_url, 2001)`),
  language: Prisma.sql`(${language})`,
  confidence: Prisma.sql`(${confidence})`,
  business: Prisma.sql`(${business})`,
  insights: Prisma.sql`coalesce(${insightsProblem}, '')`,
} satisfies Partial<Record<FieldKey, Prisma.Sql>>;

/** Whether the contact has no type at all. Never null. */
export const hasNoType = Prisma.sql`(${hasSoundType} is not true)`;

/**
 * A contact's types in the insights, each once, as rows with the column `value`; none where nothing in them is a type.
 * Cut one character beyond the longest that can be asked for, so that an absurd one stays apart from those and small.
 */
export const typeRows = Prisma.sql`(
  select distinct left(found.item #>> '{}', 101) as value
  from jsonb_array_elements(case when jsonb_typeof(${types}) = 'array' then ${types} else '[]' end) as found (item)
  where jsonb_typeof(found.item) = 'string' and found.item #>> '{}' not in ('', ${notSpecified}))`;
