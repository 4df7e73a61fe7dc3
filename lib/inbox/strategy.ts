import "server-only";
import { Prisma } from "@/generated/prisma/client";
import { queryRows } from "@/lib/database/query";
import type { FieldKey } from "@/lib/filter/fields";
import { asksOneThing, type ContactFilter, emptyFilter, hasConditions } from "@/lib/filter/filter";
import { predicate } from "@/lib/filter/sql/predicate";
import { documentColumns, textColumns } from "@/lib/filter/sql/values";
import { isByLetters, isIndexed } from "@/lib/filter/sql/words";
import type { Viewer } from "@/lib/filter/viewer";
import { parseWords, type Word } from "@/lib/filter/words";
import { orders } from "./sorts";

/** Rows of the order that are looked at before all rows of the filter are; of each section where it has several. */
export const nearRows = {
  fields: 6_000,
  section: 1_500,
  words: 4_000,
  letters: 1_500,
  wordsAndMore: 8_000,
  unindexedWords: 20_000,
} as const;

/** How many rows of the order to look at first; null where one index answers, or the planner may choose by itself. */
export function nearOf(filter: ContactFilter): number | null {
  if (looksThroughFirst(filter)) return nearRows.unindexedWords;
  // An index has the few there are, whatever else they must be, and the planner knows their number.
  if (filter.fields.insights?.any.join() === "malformed") return null;
  const words = wordsToFind(filter);
  if (words.length > 0) {
    if (words.every(isByLetters) && asksOneThing(filter)) return nearRows.letters;
    // All rows of a word are dearer still to put to other conditions: 365 ms, where twice as many near ones take 13.
    return asksOneThing(filter) ? nearRows.words : nearRows.wordsAndMore;
  }
  const lead = leadOf(filter);
  const rest = restOf(filter, lead);
  if (!hasConditions(rest)) return null;
  if (orders[filter.sort].sections.length > 2) return nearRows.section;
  // One condition besides days, by time: the planner knows how common it is.
  const alone = rest.words === "" && asksOneThing(rest) && Object.keys(lead.fields).length === 0;
  return alone && isByTime(filter) && !asksForTextNotGiven(rest) ? null : nearRows.fields;
}

/**
 * What part of a page must be among the first rows for more of them to be looked at, and how many times as many. Documents are
 * asked for contact by contact: there all rows of a filter cost more than a longer look.
 */
export function widerOf({ fields }: ContactFilter): { part: number; times: number } {
  const asksDocuments = Object.keys(documentColumns).some((key) => key in fields);
  return asksDocuments ? { part: 5, times: 6 } : { part: 2, times: 3 };
}

/** Up to so many contacts the days of a filter are the best there is to find its rows by, whatever else it asks. */
export const fewInDays = 10_000;

/** The days of a filter that its order has no index for; null where it has none, or words, which have an index of their own. */
export function daysBesides(filter: ContactFilter): ContactFilter | null {
  const { from, to, words } = filter;
  const lead = leadOf(filter);
  return (from || to) && !lead.from && !lead.to && words === "" ? { ...emptyFilter, from, to } : null;
}

/**
 * Whether only the first rows of the order are looked through: no index finds a word of one or two letters, and of all
 * contacts it would take seconds. List, its count and its facets stop there alike, and say so; whoever wants all of them, as
 * exports, charts and an exact count do, waits for it.
 */
export function looksThroughFirst(filter: ContactFilter): boolean {
  const words = wordsToFind(filter);
  return words.length > 0 && !words.some(isIndexed);
}

/** The first contacts of a filter's order as `(…) c`, to select from; the newest, where the order is one of several sections. */
export function firstContacts(
  filter: ContactFilter,
  viewer: Viewer,
  most: number = nearRows.unindexedWords,
): Prisma.Sql {
  const sort = orders[filter.sort].sections.length === 1 ? filter.sort : emptyFilter.sort;
  const { keys, descending } = orders[sort];
  const direction = descending ? Prisma.sql`desc` : Prisma.sql`asc`;
  const by = keys.map(({ expression }) => Prisma.sql`${expression} ${direction}`);
  return Prisma.sql`(
    select * from contact_submissions c where ${predicate(leadOf({ ...filter, sort }), viewer)}
    order by ${Prisma.join(by)}, c.id ${direction} limit ${most}::int) c`;
}

/**
 * Whether the first rows that are looked through are all there are.
 * @throws DatabaseError
 */
export async function areFirstAll(filter: ContactFilter, viewer: Viewer): Promise<boolean> {
  const most = nearRows.unindexedWords;
  const [found] = await queryRows<{ count: number }>(Prisma.sql`
    select count(*)::int as count
    from (select from contact_submissions c where ${predicate(leadOf(filter), viewer)} limit ${most + 1}::int) c`);
  return (found?.count ?? 0) <= most;
}

function wordsToFind(filter: ContactFilter): Word[] {
  return parseWords(filter.words).filter(({ exclude }) => !exclude);
}

function isByTime({ sort }: ContactFilter): boolean {
  return sort === "-timestamp" || sort === "timestamp";
}

/** A text that is not given is several stored values. No stretch of an index has them in order, and all may be old. */
function asksForTextNotGiven({ fields }: ContactFilter): boolean {
  return Object.keys(textColumns).some((key) => fields[key as keyof typeof textColumns]?.any.includes(""));
}

/** Fields with an index in the order of time, the least evenly spread over it first. */
const ledByTime = ["assignee", "source", "status", "service"] as const satisfies FieldKey[];

/** The part of a filter that the index of its order answers too. */
export function leadOf(filter: ContactFilter): ContactFilter {
  const days = { ...emptyFilter, from: filter.from, to: filter.to };
  switch (filter.sort) {
    case "timestamp":
    case "-timestamp":
      return withLead(days, filter, ledByTime);
    case "status":
    case "-status":
      return days;
    case "documents":
    case "-documents":
      return withLead(emptyFilter, filter, ["documents"]);
    default:
      return emptyFilter;
  }
}

/** `lead` with what the filter asks of the first of the fields of which it asks for one value. */
function withLead(lead: ContactFilter, { fields }: ContactFilter, keys: readonly FieldKey[]): ContactFilter {
  const key = keys.find((each) => {
    const { any, none } = fields[each] ?? { any: [], none: [] };
    // A text that is not given is several stored values, and so no one stretch of an index.
    const isStretch = each === "documents" || (any[0] !== "" && any[0] !== "none");
    return any.length === 1 && none.length === 0 && isStretch;
  });
  return key ? { ...lead, fields: { [key]: fields[key] } } : lead;
}

function restOf(filter: ContactFilter, lead: ContactFilter): ContactFilter {
  const fields = Object.fromEntries(Object.entries(filter.fields).filter(([key]) => !(key in lead.fields)));
  return { ...filter, from: lead.from ? null : filter.from, to: lead.to ? null : filter.to, fields };
}
