import "server-only";
import { Prisma } from "@/generated/prisma/client";
import { queryRows } from "@/lib/database/query";
import { createAnswerMemo } from "@/lib/runtime/memo";
import { workFor } from "@/lib/runtime/requester";
import { collectPaths, type InsightPath } from "./path-collector";

/** The paths that occur in the insights of this installation, from a sample of its contacts. */
export type InsightPaths = {
  /** The commonest first. */
  paths: InsightPath[];
  /** How many contacts were looked at, and whether that was all of them. */
  sampled: number;
  whole: boolean;
};

/** Contacts looked at: half of them the newest, half from anywhere in the table. */
export const sampleSize = 5_000;

/**
 * Insights with more stored bytes than this (compressed or not) are left out of a sample, because reading them is
 * expensive.
 */
const mostBytes = 4_000;

/** Keeps one sample for five minutes, because paths change with the pipeline, not with a contact. */
const samples = createAnswerMemo<InsightPaths>({ milliseconds: 5 * 60_000, most: 1 });

/**
 * The paths, sampled at most once in five minutes by this process, however many people ask. A failure is not kept.
 * @throws DatabaseError
 */
export function listInsightPaths(): Promise<InsightPaths> {
  return samples.answer("", () => workFor(null, sampleInsightPaths));
}

type SampledRow = { insights: string };
type SampleCount = { whole: boolean; share: number };

/**
 * Reads a new sample.
 * @throws DatabaseError
 */
export async function sampleInsightPaths(): Promise<InsightPaths> {
  const [size] = await queryRows<SampleCount>(Prisma.sql`
    with estimate as (
      select greatest(reltuples, ${sampleSize}::int) as contacts, relpages
      from pg_class where oid = 'contact_submissions'::regclass)
    select
      (select count(*) from (select from contact_submissions limit ${sampleSize + 1}::int) found) <= ${sampleSize}::int as whole,
      least(100, 100.0 * ${sampleSize / 2}::int / contacts)::float8 as share
    from estimate`);
  const { whole, share } = size ?? { whole: true, share: 100 };
  const rows = await queryRows<SampledRow>(whole ? everyRow() : someRows(share));
  return { paths: collectPaths(rows.map(({ insights }) => insights)), sampled: rows.length, whole };
}

/**
 * Selected as text, because odd values must be read tolerantly, not by the driver. Insights that are too large count as
 * empty.
 */
const insights = Prisma.sql`case
  when pg_column_size(c.document_insights) > ${mostBytes}::int then '{}'
  else coalesce(c.document_insights::text, '{}') end as insights`;

function everyRow(): Prisma.Sql {
  return Prisma.sql`select ${insights} from contact_submissions c`;
}

/**
 * Half of the sample are the newest contacts. The other half are whole blocks of the table, so that no more of it is
 * read than is needed.
 */
function someRows(share: number): Prisma.Sql {
  const half = sampleSize / 2;
  return Prisma.sql`
    with newest as materialized (
      select c.id, ${insights} from contact_submissions c
      order by c."timestamp" desc, c.id desc limit ${half}::int),
    anywhere as materialized (
      select c.id, ${insights} from contact_submissions c tablesample system (${share}::float8) limit ${half}::int)
    select insights from newest
    union all
    select anywhere.insights from anywhere where anywhere.id not in (select newest.id from newest)`;
}
