import "server-only";
import { queryRows } from "@/lib/database/query";
import { type FacetKey, type FieldKey, facetKeys, fields, inFacetOrder, parseFieldValue } from "@/lib/filter/fields";
import { type ContactFilter, emptyFilter, type FieldValues, hasConditions } from "@/lib/filter/filter";
import type { Viewer } from "@/lib/filter/viewer";
import { createAnswerMemo } from "@/lib/runtime/memo";
import { workFor } from "@/lib/runtime/requester";
import { listColleagues } from "@/lib/staff/queries";
import type { Colleague } from "@/lib/staff/staff";
import { countAllContacts, countLimit } from "./counts";
import { type FacetRow, facetsSql } from "./facets-sql";
import { purposeOf } from "./purpose";
import { areFirstAll, looksThroughFirst } from "./strategy";

/** A value of a facet: how many contacts have it under the rest of the filter, and whether the filter asks for it. */
export type FacetValue = { value: string; label: string; count: number; selected: boolean; excluded: boolean };

/**
 * The values of one field under everything that the filter asks of the others. Where it is not exact, more contacts match
 * than are counted. Each number is then of those that are counted, the newest among them, so there are at least as many.
 */
export type Facet = { key: FieldKey; label: string; values: FacetValue[]; exact: boolean };

/**
 * Contacts that facets count at most on a desk that has more than are counted exactly (counts.ts), because taking insights
 * apart costs up to 80 µs each. On a smaller desk all are counted.
 */
export const facetLimit = 3_000;

/** The facets of every contact: every opening of the inbox asks for them. */
const everything = createAnswerMemo<Facet[]>({ milliseconds: 10_000, most: 1 });

/** Statements at once: facets must leave connections for the rows of other people. */
const atOnce = 2;

/**
 * Every facet of a filter, each counted under the filter minus what it asks of that field. So the list behind a value alone
 * has exactly that many rows. Values that the filter asks for are always there, with 0 where no contact has them.
 * @throws DatabaseError
 */
export async function listFacets(filter: ContactFilter, viewer: Viewer): Promise<Facet[]> {
  const facets = await (hasConditions(filter) ? countFacets(filter, viewer) : countEverything(filter, viewer));
  return facets.map((facet) => (isOfPeople(facet.key) ? viewerFirst(facet, filter, viewer) : facet));
}

/** The facets of every contact are the same whoever asks. So they are nobody's work, and no one's being busy fails them. */
function countEverything(filter: ContactFilter, viewer: Viewer): Promise<Facet[]> {
  return everything.answer("", () => workFor(null, () => countFacets(filter, viewer)));
}

function isOfPeople(key: FieldKey): boolean {
  return fields[key].kind === "person";
}

/**
 * The facet with the viewer first, as `me`, then nobody, then those with the most contacts. Whoever is asked for stays, and
 * so does the viewer: one's own contacts are always a click away.
 */
function viewerFirst(facet: Facet, filter: ContactFilter, { staffId }: Viewer): Facet {
  const { any = [], none = [] } = filter.fields[facet.key] ?? {};
  const isAsked = (value: string) => any.includes(value) || none.includes(value);
  const find = (value: string) => facet.values.find((each) => each.value === value);
  const me = {
    value: "me",
    label: fields[facet.key].labelOf("me"),
    count: find(staffId)?.count ?? 0,
    selected: any.includes("me"),
    excluded: none.includes("me"),
  };
  const shown = fields[facet.key].facet;
  const most = shown && "commonest" in shown ? shown.commonest : 0;
  const others = facet.values
    .filter(({ value }) => !["me", "none"].includes(value) && (value !== staffId || isAsked(value)))
    .filter(({ value }, index) => index < most || isAsked(value));
  return { ...facet, values: [me, find("none"), ...others].filter((each) => each !== undefined) };
}

async function countFacets(asked: ContactFilter, viewer: Viewer): Promise<Facet[]> {
  // Facets have no order, so what is looked through first is the newest.
  const filter = { ...asked, sort: emptyFilter.sort };
  const cutShort = looksThroughFirst(filter) && !(await areFirstAll(filter, viewer));
  const most = (await countAllContacts()).exact ? countLimit : facetLimit;
  // Fields of which nothing is asked share one condition, and so one scan.
  const shared = facetKeys.filter((key) => !filter.fields[key]);
  const own = facetKeys.filter((key) => filter.fields[key]);
  const groups: FacetKey[][] = [...(shared.length > 0 ? [shared] : []), ...own.map((key) => [key])];
  const jobs = groups.map((keys) => async () => {
    const rows = await queryRows<FacetRow>(facetsSql(filter, keys, viewer, most), purposeOf(filter), "aside");
    const people = keys.some(isOfPeople) ? await listColleagues() : [];
    return keys.map((key) => toFacet(key, filter.fields[key], rows, people, most));
  });
  const facets = (await runBounded(jobs)).flat();
  const places = new Map<FieldKey, number>(facetKeys.map((key, index) => [key, index]));
  return facets
    .map((facet) => ({ ...facet, exact: facet.exact && !cutShort }))
    .sort((a, b) => (places.get(a.key) ?? 0) - (places.get(b.key) ?? 0));
}

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
