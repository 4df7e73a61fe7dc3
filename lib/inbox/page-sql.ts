import "server-only";
import { Prisma } from "@/generated/prisma/client";
import type { FieldKey } from "@/lib/filter/fields";
import { type ContactFilter, emptyFilter, hasConditions } from "@/lib/filter/filter";
import { predicate } from "@/lib/filter/predicate";
import type { Viewer } from "@/lib/filter/viewer";
import { parseWords } from "@/lib/filter/words";
import { isIndexed } from "@/lib/filter/words-sql";
import type { Place } from "./cursor";
import { type Order, orders } from "./sorts";

/** Where a page begins, null for the start (or end) of the list, and which way it reads. */
export type PageCut = { place: Place | null; backward: boolean };

/** Rows of the order that are looked at before all rows of the filter are. */
const nearRows = { fields: 10_000, words: 4_000, unindexedWords: 40_000 } as const;

/**
 * The places (section, keys, id) of a page's rows, at most `rows`, as one select in no order.
 *
 * An order and a filter fight in the planner, which takes conditions to be independent of each other and of the order:
 * under a filter whose rows are all old it walks the order's whole index in hope of a new one. So a filter that no one
 * index answers in order is asked in two stages, in one statement:
 * 1. near: of the first rows of the order, those that match. A filter that many rows match ends here.
 * 2. far: only where those are less than a page, every row of the filter, by its own indexes, put in order afterwards.
 *    Then it is rare, or at least nowhere near. `offset 0` keeps the planner from thinking of the order there.
 */
export function placesSql(filter: ContactFilter, viewer: Viewer, cut: PageCut, rows: number): Prisma.Sql {
  const order = orders[filter.sort];
  const start = cut.place?.section ?? (cut.backward ? order.sections.length - 1 : 0);
  const lead = leadOf(filter);
  const question: Question = {
    order,
    cut,
    rows,
    condition: predicate(filter, viewer),
    lead: predicate(lead, viewer),
    near: nearOf(filter, restOf(filter, lead)),
  };
  return sectionsSql(question, start);
}

type Question = {
  order: Order;
  cut: PageCut;
  rows: number;
  condition: Prisma.Sql;
  lead: Prisma.Sql;
  near: number | null;
};

/** How many rows of the order to look at first; null where one index answers, or the planner may choose by itself. */
function nearOf(filter: ContactFilter, rest: ContactFilter): number | null {
  const words = parseWords(filter.words).filter((word) => !word.exclude);
  if (words.length > 0) return nearRows[words.some(isIndexed) ? "words" : "unindexedWords"];
  if (!hasConditions(rest)) return null;
  const values = Object.values(rest.fields).reduce(
    (sum, { any, none, all }) => sum + Math.min(any.length, 1) + none.length + all.length,
    0,
  );
  const alone = values === 1 && !hasConditions(leadOf({ ...filter, from: null, to: null })) && isByTime(filter);
  return alone ? null : nearRows.fields;
}

function isByTime({ sort }: ContactFilter): boolean {
  return sort === "-timestamp" || sort === "timestamp";
}

/** Fields with an index in the order of time, the least evenly spread over it first. */
const ledByTime = ["assignee", "source", "status", "service"] as const satisfies FieldKey[];

/** The part of a filter that one index answers in the filter's order. */
function leadOf(filter: ContactFilter): ContactFilter {
  if (!isByTime(filter)) return emptyFilter;
  const days = { ...emptyFilter, from: filter.from, to: filter.to };
  const key = ledByTime.find((each) => {
    const { any, none } = filter.fields[each] ?? { any: [], none: [] };
    return any.length === 1 && any[0] !== "" && any[0] !== "none" && none.length === 0;
  });
  return key ? { ...days, fields: { [key]: filter.fields[key] } } : days;
}

function restOf(filter: ContactFilter, lead: ContactFilter): ContactFilter {
  const fields = { ...filter.fields };
  for (const key of ledByTime) if (lead.fields[key]) delete fields[key];
  return { ...filter, from: lead.from ? null : filter.from, to: lead.to ? null : filter.to, fields };
}

/** The first places of a section and, unless they are enough, of those after it. */
function sectionsSql(question: Question, section: number): Prisma.Sql {
  const { order, cut, rows } = question;
  const here = question.near === null ? plainSql(question, section) : stagesSql(question, section, question.near);
  const next = section + (cut.backward ? -1 : 1);
  if (!order.sections[next]) return here;
  // Without columns of `rest` in it the condition is asked once, before `rest` is read at all.
  return Prisma.sql`
    with here as materialized (${here})
    select * from here
    union all
    select * from (${sectionsSql(question, next)}) rest where (select count(*) from here) < ${rows}::int`;
}

function plainSql({ order, cut, rows, condition }: Question, section: number): Prisma.Sql {
  return Prisma.sql`
    select ${placeColumns(order, section)}
    from contact_submissions c
    where ${order.sections[section]} and ${condition} and ${keysetSql(order, section, cut)}
    order by ${byKeys(order, cut)}
    limit ${rows}::int`;
}

function stagesSql({ order, cut, rows, condition, lead }: Question, section: number, nearest: number): Prisma.Sql {
  const keyset = keysetSql(order, section, cut);
  const names = Prisma.join(order.keys.map((_key, index) => keyName(index)));
  return Prisma.sql`
    with near as materialized (
      select c.section, ${names}, c.id
      from (
        select c.*, ${placeColumns(order, section, false)}
        from contact_submissions c
        where ${order.sections[section]} and ${lead} and ${keyset}
        order by ${byKeys(order, cut)}
        limit ${nearest}::int) c
      where ${condition}
      order by ${byKeyNames(order, cut)}
      limit ${rows}::int),
    far as materialized (
      select * from (
        select ${placeColumns(order, section)}
        from contact_submissions c
        where ${order.sections[section]} and ${condition} and ${keyset} and (select count(*) from near) < ${rows}::int
        offset 0) c
      order by ${byKeyNames(order, cut)}
      limit ${rows}::int)
    select * from near where (select count(*) from near) >= ${rows}::int
    union all
    select * from far`;
}

function placeColumns(order: Order, section: number, withId = true): Prisma.Sql {
  const keys = order.keys.map((key, index) => Prisma.sql`${key.expression} as ${keyName(index)}`);
  return Prisma.join([Prisma.sql`${section}::int as section`, ...keys, ...(withId ? [Prisma.sql`c.id`] : [])]);
}

function byKeys(order: Order, cut: PageCut): Prisma.Sql {
  const direction = directionOf(order, cut);
  return Prisma.sql`${Prisma.join(order.keys.map((key) => Prisma.sql`${key.expression} ${direction}`))}, c.id ${direction}`;
}

/** The same order over the names of the columns. */
export function byKeyNames(order: Order, cut: PageCut): Prisma.Sql {
  const direction = directionOf(order, cut);
  return Prisma.sql`${Prisma.join(order.keys.map((_key, index) => Prisma.sql`${keyName(index)} ${direction}`))}, c.id ${direction}`;
}

function directionOf(order: Order, cut: PageCut): Prisma.Sql {
  return order.descending !== cut.backward ? Prisma.sql`desc` : Prisma.sql`asc`;
}

/** Beyond the place, by one row comparison, which an index in this order answers by itself. */
function keysetSql(order: Order, section: number, { place, backward }: PageCut): Prisma.Sql {
  if (place?.section !== section) return Prisma.sql`true`;
  const comparison = order.descending !== backward ? Prisma.sql`<` : Prisma.sql`>`;
  const columns = order.keys.map((key) => key.expression);
  const values = order.keys.map((key, index) => key.value(place.keys[index] ?? ""));
  return Prisma.sql`(${Prisma.join(columns)}, c.id) ${comparison} (${Prisma.join(values)}, ${place.id})`;
}

/** What a key of the order is called among the columns of a place. */
export function keyName(index: number): Prisma.Sql {
  return index === 0 ? Prisma.sql`first_key` : Prisma.sql`second_key`;
}
