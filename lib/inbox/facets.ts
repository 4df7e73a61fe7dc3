import "server-only";
import { Prisma } from "@/generated/prisma/client";
import { numberLimits } from "@/lib/contact/insight-limits";
import { givenOrEmpty } from "@/lib/database/not-given-sql";
import { queryRows } from "@/lib/database/query";
import { type FieldKey, fieldKeys, fields, inFacetOrder, parseFieldValue } from "@/lib/filter/fields";
import { type ContactFilter, emptyFilter, type FieldValues, hasConditions, withoutField } from "@/lib/filter/filter";
import { parseRange } from "@/lib/filter/ranges";
import { matchingContacts } from "@/lib/filter/sql/matching";
import { isOverdue } from "@/lib/filter/sql/overdue";
import { predicate } from "@/lib/filter/sql/predicate";
import { complexityNumber, documentColumns, documentsNumber, singleValues, typeRows } from "@/lib/filter/sql/values";
import type { Viewer } from "@/lib/filter/viewer";
import { createAnswerMemo } from "@/lib/server/memo";
import { workFor } from "@/lib/server/requester";
import { listColleagues } from "@/lib/staff/queries";
import type { Colleague } from "@/lib/staff/staff";
import { countAllContacts, countLimit } from "./counts";
import { purposeOf } from "./purpose";
import { areFirstAll, firstContacts, looksThroughFirst, nearRows } from "./strategy";

/** A value of a facet: how many contacts have it under the rest of the filter, and whether the filter asks for it. */
export type FacetValue = { value: string; label: string; count: number; selected: boolean; excluded: boolean };

/**
 * The values of one field under everything the filter asks of the others. Where it is not exact, more contacts match than
 * are counted, and each number is of those that are, the newest among them: there are at least as many.
 */
export type Facet = { key: FieldKey; label: string; values: FacetValue[]; exact: boolean };

/** Fields that have a facet: all but those of whose values there is no end. */
type FacetKey = Exclude<FieldKey, "insight" | "batch">;
const facetKeys = fieldKeys.filter((key): key is FacetKey => fields[key].facet !== null);

/**
 * Contacts that facets count at most, on a desk that has more than are counted exactly (counts.ts): taking insights apart costs
 * up to 80 µs each. On a smaller one all are counted.
 */
export const facetLimit = 3_000;

/** The facets of every contact: every opening of the inbox asks for them. */
const everything = createAnswerMemo<Facet[]>({ milliseconds: 10_000, most: 1 });

/** Statements at once: facets must leave connections for the rows of other people. */
const atOnce = 2;

/**
 * Every facet of a filter, each counted under the filter minus what it asks of that field: the list behind a value alone
 * has exactly that many rows. Values that the filter asks for are always there, with 0 where no contact has them.
 * @throws DatabaseError
 */
export async function listFacets(filter: ContactFilter, viewer: Viewer): Promise<Facet[]> {
  const facets = await (hasConditions(filter) ? countFacets(filter, viewer) : countEverything(filter, viewer));
  return facets.map((facet) => (facet.key === "assignee" ? toAssignees(facet, filter, viewer) : facet));
}

/** The facets of every contact, which are the same whoever asks: so they are nobody's work, and no one's being busy fails them. */
function countEverything(filter: ContactFilter, viewer: Viewer): Promise<Facet[]> {
  return everything.answer("", () => workFor(null, () => countFacets(filter, viewer)));
}

/**
 * The viewer first, as `me`, then nobody, then those with the most contacts. Whoever is asked for stays, and so does the
 * viewer: one's own are always a click away.
 */
function toAssignees(facet: Facet, { fields: { assignee } }: ContactFilter, { staffId }: Viewer): Facet {
  const asked = (value: string) => assignee?.any.includes(value) || assignee?.none.includes(value);
  const find = (value: string) => facet.values.find((each) => each.value === value);
  const me = {
    value: "me",
    label: fields.assignee.labelOf("me"),
    count: find(staffId)?.count ?? 0,
    selected: assignee?.any.includes("me") ?? false,
    excluded: assignee?.none.includes("me") ?? false,
  };
  const { facet: shown } = fields.assignee;
  const most = shown && "commonest" in shown ? shown.commonest : 0;
  const others = facet.values
    .filter(({ value }) => !["me", "none"].includes(value) && (value !== staffId || asked(value)))
    .filter(({ value }, place) => place < most || asked(value));
  return { ...facet, values: [me, find("none"), ...others].filter((each) => each !== undefined) };
}

async function countFacets(asked: ContactFilter, viewer: Viewer): Promise<Facet[]> {
  // Facets have no order: what is looked through first is the newest.
  const filter = { ...asked, sort: emptyFilter.sort };
  const cutShort = looksThroughFirst(filter) && !(await areFirstAll(filter, viewer));
  const most = (await countAllContacts()).exact ? countLimit : facetLimit;
  // Fields of which nothing is asked share one condition, and so one scan.
  const shared = facetKeys.filter((key) => !filter.fields[key]);
  const own = facetKeys.filter((key) => filter.fields[key]);
  const groups = [...(shared.length > 0 ? [shared] : []), ...own.map((key) => [key])];
  const jobs = groups.map((keys) => async () => {
    const rows = await queryRows<FacetRow>(facetsSql(filter, keys, viewer, most), purposeOf(filter), "aside");
    const people = keys.includes("assignee") ? await listColleagues() : [];
    return keys.map((key) => toFacet(key, filter.fields[key], rows, people, most));
  });
  const facets = (await runBounded(jobs)).flat();
  return facets
    .map((facet) => ({ ...facet, exact: facet.exact && !cutShort }))
    .sort((a, b) => fieldKeys.indexOf(a.key) - fieldKeys.indexOf(b.key));
}

/** How many contacts have a value; under the key "matching", how many were counted at all. */
type FacetRow = { key: FieldKey | "matching"; value: string; count: number };

async function runBounded<T>(jobs: (() => Promise<T>)[]): Promise<T[]> {
  const results: T[] = [];
  const waiting = jobs.entries();
  const work = async () => {
    for (const [index, job] of waiting) results[index] = await job();
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return results;
}

function toFacet(
  key: FieldKey,
  asked: FieldValues | undefined,
  rows: FacetRow[],
  people: Colleague[],
  most: number,
): Facet {
  const selected = [...(asked?.any ?? []), ...(asked?.all ?? [])];
  const excluded = asked?.none ?? [];
  const counts = new Map<string, number>();
  for (const value of [...selected, ...excluded]) counts.set(value, 0);
  for (const row of rows) {
    // A stored value that no URL carries (a page_url of 1 MB) is nothing one could click.
    if (row.key === key && isLinkable(key, row.value)) counts.set(row.value, row.count);
  }
  const byCount = [...counts.keys()].sort((a, b) => (counts.get(b) ?? 0) - (counts.get(a) ?? 0) || (a < b ? -1 : 1));
  const values = inFacetOrder(key, byCount).map((value) => ({
    value,
    label: fields[key].labelOf(value, people),
    count: counts.get(value) ?? 0,
    selected: selected.includes(value),
    excluded: excluded.includes(value),
  }));
  const exact = (rows.find((row) => row.key === "matching")?.count ?? 0) <= most;
  return { key, label: fields[key].label, values, exact };
}

function isLinkable(key: FieldKey, value: string): boolean {
  return parseFieldValue(key, value) === value;
}

/** The counts of several fields from one scan of the contacts that match without them. */
function facetsSql(filter: ContactFilter, keys: FacetKey[], viewer: Viewer, most: number): Prisma.Sql {
  const [only] = keys;
  const condition = keys.length === 1 && only ? withoutField(filter, only) : filter;
  const columns = keys.flatMap((key) => {
    const expression = columnOf(key, viewer);
    return expression ? [Prisma.sql`, ${expression} as ${columnNames[key]}`] : [];
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
 * The contacts that are counted: those that match among the newest, and unless they are enough, of all that match as many as
 * can be counted. In any order then: of very many that are not near, some old ones beside the newest tell more than nothing.
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

const columnNames: Record<FacetKey, Prisma.Sql> = {
  status: Prisma.sql`status`,
  assignee: Prisma.sql`assignee`,
  snoozed: Prisma.sql`snoozed`,
  overdue: Prisma.sql`overdue`,
  service: Prisma.sql`service`,
  source: Prisma.sql`source`,
  company: Prisma.sql`company`,
  page: Prisma.sql`page`,
  type: Prisma.sql`types`,
  language: Prisma.sql`language`,
  confidence: Prisma.sql`confidence`,
  business: Prisma.sql`business`,
  documents: Prisma.sql`documents`,
  complexity: Prisma.sql`complexity`,
  insights: Prisma.sql`insights`,
  "document.type": Prisma.empty,
  "document.status": Prisma.empty,
};

/** What the scan keeps of each contact for a field. */
function columnOf(key: FacetKey, viewer: Viewer): Prisma.Sql | null {
  if (key === "overdue") return Prisma.sql`(${isOverdue(viewer)})::text`;
  if (key === "type") return Prisma.sql`array${typeRows}`;
  if (key === "documents") return documentsNumber;
  if (key === "complexity") return Prisma.sql`coalesce(${complexityNumber}, -1)`;
  return key === "document.type" || key === "document.status" ? null : singleValues[key];
}

function countsOf(key: FacetKey, asked: FieldValues | undefined): Prisma.Sql {
  const name = columnNames[key];
  if (key === "documents" || key === "complexity") return rangeCounts(key, asked);
  const selected = [...(asked?.any ?? []), ...(asked?.none ?? []), ...(asked?.all ?? [])];
  const { facet } = fields[key];
  // Of the assignees all, of whom there are few: the viewer must be among them.
  const most =
    key === "assignee" ? 1_000 : facet && "commonest" in facet ? facet.commonest : (facet?.listed.length ?? 0);
  let values = Prisma.sql`select ${name} as value, count(*)::int as count from matching group by 1`;
  if (key === "insights") {
    // What is malformed is missing too.
    values = Prisma.sql`
      select found.value, count(*)::int as count
      from matching, unnest(array[insights, case when insights = 'malformed' then 'missing' end]) as found (value)
      where found.value <> '' group by 1`;
  } else if (key === "type") {
    values = Prisma.sql`
      select coalesce(found.value, '') as value, count(*)::int as count
      from matching left join lateral unnest(types) as found (value) on true group by 1`;
  } else if (key === "document.type" || key === "document.status") {
    values = Prisma.sql`
      select ${givenOrEmpty(documentColumns[key])} as value, count(distinct d.contact_id)::int as count
      from matching join documents d on d.contact_id = matching.id group by 1`;
  }
  return Prisma.sql`
    select ${key}::text as key, counted.value, counted.count from (${values}) counted
    order by (counted.value = any(${selected}::text[])) desc, counted.count desc, counted.value
    limit ${most + selected.length}::int`;
}

/** Counts by number first, of which there are few, then by range. Ranges are those of the facet and those asked for. */
function rangeCounts(key: "documents" | "complexity", asked: FieldValues | undefined): Prisma.Sql {
  const { facet } = fields[key];
  const listed = facet && "listed" in facet ? facet.listed : [];
  const ranges = new Set([...listed, ...(asked?.any ?? []), ...(asked?.none ?? [])]);
  const rows = [...ranges].map((value) => {
    const { least, most } = parseRange(value, numberLimits[key]) ?? { least: "-1", most: "-1" };
    return Prisma.sql`(${value}::text, ${least ?? "0"}::numeric, ${most ?? String(numberLimits[key])}::numeric)`;
  });
  return Prisma.sql`
    select ${key}::text as key, ranges.value, sum(numbers.count)::int as count
    from (select ${columnNames[key]} as number, count(*) as count from matching group by 1) numbers
    join (values ${Prisma.join(rows)}) as ranges (value, least, most)
      on numbers.number between ranges.least and ranges.most
    group by ranges.value`;
}
