import "server-only";
import { queryRows } from "@/lib/database/query";
import {
  type FacetKey,
  type FieldKey,
  facetKeys,
  fields,
  inFacetOrder,
  listedValues,
  parseFieldValue,
} from "@/lib/filter/fields";
import { type ContactFilter, emptyFilter, type FieldValues, hasConditions } from "@/lib/filter/filter";
import { histogramOf } from "@/lib/filter/histograms";
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
 * The values of one field, counted under the filter's conditions on all other fields. If it is not `exact`, more
 * contacts match than are counted. The numbers then cover only counted contacts, the newest among them, so they are
 * lower bounds. `bars` are the contacts in each bar of the field's histogram, if it has one.
 */
export type Facet = { key: FieldKey; label: string; values: FacetValue[]; bars?: number[]; exact: boolean };

/**
 * The most contacts that facets count, if the desk has more than are counted exactly (counts.ts). Taking insights apart
 * costs up to 80 µs per contact. On a smaller desk all are counted.
 */
export const facetLimit = 3_000;

/** Keeps the facets of all contacts for 10 seconds, because every visit to the inbox needs them. */
const everything = createAnswerMemo<Facet[]>({ milliseconds: 10_000, most: 1 });

/** The most statements at once, because facets must leave connections for other people's lists. */
const atOnce = 2;

/**
 * Every facet of a filter, each counted without the filter's condition on its own field. So the list under one value
 * alone has exactly that many rows. Selected values are always listed, with 0 if no contact has them.
 * @throws DatabaseError
 */
export async function listFacets(filter: ContactFilter, viewer: Viewer): Promise<Facet[]> {
  const facets = await (hasConditions(filter) ? countFacets(filter, viewer) : countEverything(filter, viewer));
  return facets.map((facet) => (isOfPeople(facet.key) ? viewerFirst(facet, filter, viewer) : facet));
}

/**
 * The facets of all contacts are the same for everybody. So they count as nobody's work, and cannot fail because one
 * person is busy.
 */
function countEverything(filter: ContactFilter, viewer: Viewer): Promise<Facet[]> {
  return everything.answer("", () => workFor(null, () => countFacets(filter, viewer)));
}

function isOfPeople(key: FieldKey): boolean {
  return fields[key].kind === "person";
}

/**
 * The facet with the viewer first (as `me`), then nobody, then the people with the most contacts. Selected people and
 * the viewer are always listed, so that one's own contacts are always a click away.
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
  // Facets have no order, so a limited search looks through the newest contacts.
  const filter = { ...asked, sort: emptyFilter.sort };
  const cutShort = looksThroughFirst(filter) && !(await areFirstAll(filter, viewer));
  const most = (await countAllContacts()).exact ? countLimit : facetLimit;
  // Fields without a condition share one condition, and so one scan.
  const shared = facetKeys.filter((key) => !filter.fields[key]);
  const own = facetKeys.filter((key) => filter.fields[key]);
  const groups: FacetKey[][] = [...(shared.length > 0 ? [shared] : []), ...own.map((key) => [key])];
  const jobs = groups.map((keys) => async () => {
    const rows = await queryRows<FacetRow>(facetsSql(filter, keys, viewer, most), purposeOf(filter), "aside");
    const people = keys.some(isOfPeople) ? await listColleagues() : [];
    return keys.map((key) => toFacet(key, filter.fields[key], rows, people, most));
  });
  const facets = (await runBounded(jobs)).flat();
  const rank = new Map<FieldKey, number>(facetKeys.map((key, index) => [key, index]));
  return facets
    .map((facet) => ({ ...facet, exact: facet.exact && !cutShort }))
    .sort((a, b) => (rank.get(a.key) ?? 0) - (rank.get(b.key) ?? 0));
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
  const found = new Map(rows.filter((row) => row.key === key).map(({ value, count }) => [value, count]));
  const histogram = histogramOf(key);
  for (const [value, count] of found) {
    // A bar that is no value of its own is not one of the facet's.
    const isBar = histogram !== null && !listedValues(key).includes(value) && !counts.has(value);
    // A stored value that no URL can carry (such as a page_url of 1 MB) cannot be clicked, so it is left out.
    if (!isBar && isLinkable(key, value)) counts.set(value, count);
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
  const bars = histogram?.bars.map((bar) => found.get(bar) ?? 0);
  return { key, label: fields[key].label, values, ...(bars ? { bars } : {}), exact };
}

function isLinkable(key: FieldKey, value: string): boolean {
  return parseFieldValue(key, value) === value;
}
