import "server-only";
import { Prisma } from "@/generated/prisma/client";
import { type FacetKey, type FieldKey, fields, listedValues } from "@/lib/filter/fields";
import { type ContactFilter, type FieldValues, withoutField } from "@/lib/filter/filter";
import { histogramOf } from "@/lib/filter/histograms";
import { parseRange } from "@/lib/filter/ranges";
import type { FacetSql } from "@/lib/filter/sql/field-kinds";
import { fieldSql } from "@/lib/filter/sql/fields";
import { matchingContacts } from "@/lib/filter/sql/matching";
import { predicate } from "@/lib/filter/sql/predicate";
import type { Viewer } from "@/lib/filter/viewer";
import { firstContacts, looksThroughFirst, nearRows } from "./strategy";

/** How many contacts have a value; under the key "matching", how many were counted in all. */
export type FacetRow = { key: FieldKey | "matching"; value: string; count: number };

/** Counts several fields in one scan of the contacts that match without them, at most `most` + 1. */
export function facetsSql(filter: ContactFilter, keys: FacetKey[], viewer: Viewer, most: number): Prisma.Sql {
  const [only] = keys;
  const condition = keys.length === 1 && only ? withoutField(filter, only) : filter;
  const columns = keys.flatMap((key) => {
    const { column } = fieldSql[key].facet;
    return column ? [Prisma.sql`, ${column.value(viewer)} as ${column.name}`] : [];
  });
  const counts = keys.map((key) => Prisma.sql`(${countsOf(key, filter.fields[key])})`);
  return Prisma.sql`
    with matching as materialized (
      select c.id ${columns.length > 0 ? Prisma.join(columns, "") : Prisma.empty}
      from (${matchingSql(condition, viewer, most + 1)}) c)
    select 'matching' as key, '' as value, count(*)::int as count from matching
    union all
    ${Prisma.join(counts, " union all ")}`;
}

/**
 * The contacts that are counted. First come those that match among the newest. If they are too few, others that match
 * follow in any order, up to `most`. Even of very many contacts, counting some old ones says more than counting none.
 */
function matchingSql(filter: ContactFilter, viewer: Viewer, most: number): Prisma.Sql {
  const isCutShort = looksThroughFirst(filter);
  const first = firstContacts(filter, viewer, isCutShort ? nearRows.unindexedWords : nearRows.fields);
  const near = Prisma.sql`select c.* from ${first} where ${predicate(filter, viewer)} limit ${most}::int`;
  if (isCutShort) return near;
  const besides = { condition: Prisma.sql`(select count(*) from near) < ${most}::int`, has: {} };
  return Prisma.sql`
    with near as materialized (${near}),
    far as materialized (select c.* from ${matchingContacts(filter, viewer, besides)} limit ${most}::int)
    select * from near
    union all
    select * from far where far.id not in (select near.id from near)`;
}

function countsOf(key: FacetKey, asked: FieldValues | undefined): Prisma.Sql {
  const facet = fieldSql[key].facet;
  return facet.by === "ranges" ? rangeCounts(key, facet, asked) : valueCounts(key, facet, asked);
}

type FacetBy<By extends FacetSql["by"]> = Extract<FacetSql, { by: By }>;

/** The selected values, then the commonest. */
function valueCounts(key: FacetKey, facet: FacetBy<"values">, asked: FieldValues | undefined): Prisma.Sql {
  const { any = [], none = [], all = [] } = asked ?? {};
  const selected = [...any, ...none, ...all];
  const shown = fields[key].facet;
  const most = facet.most ?? (shown && "commonest" in shown ? shown.commonest : listedValues(key).length);
  return Prisma.sql`
    select ${key}::text as key, counted.value, counted.count from (${facet.counts}) counted
    order by (counted.value = any(${selected}::text[])) desc, counted.count desc, counted.value
    limit ${most + selected.length}::int`;
}

/**
 * Counts by number first, because there are few distinct numbers, then by range. The ranges are the facet's own, the
 * selected ones and the bars of its histogram.
 */
function rangeCounts(key: FacetKey, { column, limit }: FacetBy<"ranges">, asked: FieldValues | undefined): Prisma.Sql {
  const bars = histogramOf(key)?.bars ?? [];
  const ranges = new Set([...listedValues(key), ...(asked?.any ?? []), ...(asked?.none ?? []), ...bars]);
  const rows = [...ranges].map((value) => {
    const { least, most } = parseRange(value, limit) ?? { least: "-1", most: "-1" };
    return Prisma.sql`(${value}::text, ${least ?? "0"}::numeric, ${most ?? String(limit)}::numeric)`;
  });
  return Prisma.sql`
    select ${key}::text as key, ranges.value, sum(numbers.count)::int as count
    from (select ${column.name} as number, count(*) as count from matching group by 1) numbers
    join (values ${Prisma.join(rows)}) as ranges (value, least, most)
      on numbers.number between ranges.least and ranges.most
    group by ranges.value`;
}
