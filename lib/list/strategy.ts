import "server-only";
import { Prisma } from "@/generated/prisma/client";
import { queryRows } from "@/lib/database/query";
import { type FieldKey, fieldKeys } from "@/lib/filter/fields";
import { asksOneThing, type ContactFilter, emptyFilter, hasConditions } from "@/lib/filter/filter";
import { fieldSql } from "@/lib/filter/sql/fields";
import { predicate } from "@/lib/filter/sql/predicate";
import { isByLetters, isIndexed } from "@/lib/filter/sql/words";
import type { Viewer } from "@/lib/filter/viewer";
import { parseWords, type Word } from "@/lib/filter/words";
import { orders } from "./sorts";

/**
 * How the rows of a page are found; page-sql.ts turns it into SQL.
 * direct: one index answers the filter in its order, or the planner knows best.
 * windows: the first rows of the order are searched before all rows of the filter are.
 */
export type Strategy = { by: "direct" } | ({ by: "windows" } & Windows);

type Windows = {
  /** Rows of the order in the near window, or of each section if the order has several. */
  near: number;
  /**
   * If the near window has more than one in `part` of a page's rows, a window this many `times` larger is scanned. All
   * rows of the filter are the fallback.
   */
  wider: { part: number; times: number };
  /** The near window is looked through only if `least` of its first rows, so many `of` them, match; null for always. */
  sample: { of: number; least: number } | null;
  /** Only the near window is searched, because no index finds the words of the filter. */
  onlyNear: boolean;
  /** The days of the filter, if the order has no index for them; else null. */
  days: ContactFilter | null;
};

/** Rows in the near window, by what the filter asks. */
export const nearRows = {
  fields: 6_000,
  section: 1_500,
  // Folding a row takes several times as long as comparing it, so fewer rows are looked through for words.
  words: 1_500,
  letters: 1_500,
  wordsAndMore: 4_000,
  unindexedWords: 20_000,
} as const;

/**
 * If fewer than `least` of the first rows match, the words are too rare for a page to be near: two of 150 are 20 in the
 * near window. Their index then finds all rows in less time than it takes to look through the window. For letters beyond
 * ASCII it takes more: each row found must be folded. So only words that hardly any row has skip the window.
 */
const sampledRows = { words: { of: 150, least: 2 }, letters: { of: 300, least: 1 } } as const;

/** If a section has an index of its own and more than so `many` rows, so many rows of the order are looked through. */
export const indexedRows = { many: 3_000, near: 12_000 } as const;

/** At or below this many contacts, filter by date first: the date index is then the cheapest access path. */
export const fewInDays = 10_000;

/** The strategy for a filter in its order. */
export function chooseStrategy(filter: ContactFilter): Strategy {
  const near = nearWindow(filter);
  if (near === null) return { by: "direct" };
  return {
    by: "windows",
    near,
    wider: widerWindow(filter),
    sample: asksOneThing(filter) ? sampleOf(filter.words) : null,
    onlyNear: looksThroughFirst(filter),
    days: daysWithoutIndex(filter),
  };
}

/** The rows that say whether words are common; null without any. */
export function sampleOf(words: string): Windows["sample"] {
  const sought = wordsToFind(words);
  if (sought.length === 0) return null;
  return sought.every(isByLetters) ? sampledRows.letters : sampledRows.words;
}

/** Rows in the near window; null for the direct strategy. */
function nearWindow(filter: ContactFilter): number | null {
  if (looksThroughFirst(filter)) return nearRows.unindexedWords;
  // A rare value has its own index, and the planner knows how few rows that has, whatever the other conditions.
  if (asksForRareValue(filter)) return null;
  const words = wordsToFind(filter.words);
  if (words.length > 0) {
    if (words.every(isByLetters) && asksOneThing(filter)) return nearRows.letters;
    // Checking all rows of a word against other conditions costs more: 365 ms, against 13 ms for twice as many near
    // rows.
    return asksOneThing(filter) ? nearRows.words : nearRows.wordsAndMore;
  }
  const lead = leadOf(filter);
  const rest = restOf(filter, lead);
  if (!hasConditions(rest)) return null;
  if (orders[filter.sort].sections.length > 2) return nearRows.section;
  // With one condition besides the days, in the order of time, the planner knows how common it is.
  const alone = rest.words === "" && asksOneThing(rest) && Object.keys(lead.fields).length === 0;
  return alone && isByTime(filter) && !asksForTextNotGiven(rest) ? null : nearRows.fields;
}

/**
 * Document conditions are checked contact by contact, so reading all rows of a filter costs more than a larger window.
 */
function widerWindow({ fields }: ContactFilter): Windows["wider"] {
  const asksDocuments = fieldKeys.some((key) => key in fields && fieldSql[key].reads === "documents");
  return asksDocuments ? { part: 5, times: 6 } : { part: 2, times: 3 };
}

/**
 * The filter's days, if the order has no index for them. Null if there are words, because those have their own index.
 */
function daysWithoutIndex(filter: ContactFilter): ContactFilter | null {
  const { from, to, words } = filter;
  const lead = leadOf(filter);
  return (from || to) && !lead.from && !lead.to && words === "" ? { ...emptyFilter, from, to } : null;
}

/**
 * Whether only the first rows of the order are searched. No index finds a word of one or two letters, and searching all
 * contacts would take seconds. The list, its count and its facets all stop there, and say so. Exports, charts and an
 * exact count need all contacts, so they take that time.
 */
export function looksThroughFirst(filter: ContactFilter): boolean {
  const words = wordsToFind(filter.words);
  return words.length > 0 && !words.some(isIndexed);
}

/**
 * The first contacts of a filter's order as `(…) c`, to select from. If the order has several sections, the newest
 * contacts.
 */
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
 * Whether the first rows, which are searched, are all rows.
 * @throws DatabaseError
 */
export async function areFirstAll(filter: ContactFilter, viewer: Viewer): Promise<boolean> {
  const most = nearRows.unindexedWords;
  const [found] = await queryRows<{ count: number }>(Prisma.sql`
    select count(*)::int as count
    from (select from contact_submissions c where ${predicate(leadOf(filter), viewer)} limit ${most + 1}::int) c`);
  return (found?.count ?? 0) <= most;
}

/** The words of a search without the excluded ones. */
export function wordsToFind(words: string): Word[] {
  return parseWords(words).filter(({ exclude }) => !exclude);
}

function isByTime({ sort }: ContactFilter): boolean {
  return sort === "-timestamp" || sort === "timestamp" || sort === "best";
}

/** Whether the filter asks for the rare value of a field (lib/filter/sql/field-kinds.ts) and no other value of it. */
function asksForRareValue({ fields }: ContactFilter): boolean {
  return fieldKeys.some((key) => {
    const { any = [] } = fields[key] ?? {};
    return any.length === 1 && any[0] === fieldSql[key].rare;
  });
}

/**
 * Whether the filter asks for a text that is not given. Several stored values mean that. So no single range of an index
 * holds them in order, and all may be old.
 */
function asksForTextNotGiven({ fields }: ContactFilter): boolean {
  return fieldKeys.some((key) => fieldSql[key].reads === "text" && fields[key]?.any.includes(""));
}

/** Fields with an index in the order of time, those least evenly spread over time first. */
const ledByTime = ["assignee", "source", "status", "service"] as const satisfies FieldKey[];

/** The part of a filter that the index of its order can answer too. */
export function leadOf(filter: ContactFilter): ContactFilter {
  const days = { ...emptyFilter, from: filter.from, to: filter.to };
  switch (filter.sort) {
    case "timestamp":
    case "-timestamp":
    case "best":
      return withLead(days, filter, ledByTime);
    case "waiting":
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

/** `lead` with the condition on the first of these fields for which the filter asks for exactly one value. */
function withLead(lead: ContactFilter, { fields }: ContactFilter, keys: readonly FieldKey[]): ContactFilter {
  const key = keys.find((each) => {
    const { any, none } = fields[each] ?? { any: [], none: [] };
    // Several stored values mean that a text is not given, so they are not one range of an index.
    const isStretch = each === "documents" || (any[0] !== "" && any[0] !== "none");
    return any.length === 1 && none.length === 0 && isStretch;
  });
  return key ? { ...lead, fields: { [key]: fields[key] } } : lead;
}

function restOf(filter: ContactFilter, lead: ContactFilter): ContactFilter {
  const fields = Object.fromEntries(Object.entries(filter.fields).filter(([key]) => !(key in lead.fields)));
  return { ...filter, from: lead.from ? null : filter.from, to: lead.to ? null : filter.to, fields };
}
