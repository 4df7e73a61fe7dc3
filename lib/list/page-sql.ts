import "server-only";
import { Prisma } from "@/generated/prisma/client";
import type { ContactFilter } from "@/lib/filter/filter";
import { matchingContacts } from "@/lib/filter/sql/matching";
import { predicate } from "@/lib/filter/sql/predicate";
import type { Viewer } from "@/lib/filter/viewer";
import type { CursorPosition } from "./cursor";
import { type Order, orders, type Section } from "./sorts";
import { chooseStrategy, fewInDays, leadOf, type Strategy } from "./strategy";

/** Where a page begins and which way it reads. A null position is the start of the list, or its end if backward. */
export type PageCut = { position: CursorPosition | null; backward: boolean };

/**
 * The positions (section, keys, id) of a page's rows, at most `rows`, as one select without an order.
 *
 * The planner assumes that conditions are independent of each other and of the order. So if all rows of a filter are
 * old, it walks the order's whole index in hope of a new one. If no single index serves both the filter and its order,
 * the statement therefore tries windows (strategy.ts):
 * 1. near: the rows that match among the first rows of the order. A filter that many rows match ends here.
 * 2. wider: a larger window, if the near one had a good part of a page. The missing rows are then likely to come soon,
 *    and the filter may have very many rows.
 * 3. far: every row of the filter, found by its own indexes and then sorted. This runs only if the windows had too few
 *    rows: the filter is then rare, or its rows are old.
 * With the strategy `onlyNear`, the second and third are left out, unless the positions must be `complete`.
 * If the order has no index for the filter's days and those days have few contacts, these are sorted instead.
 */
export function positionsSql(
  filter: ContactFilter,
  viewer: Viewer,
  cut: PageCut,
  rows: number,
  complete = false,
): Prisma.Sql {
  const order = orders[filter.sort];
  const question = {
    filter,
    viewer,
    order,
    cut,
    rows,
    lead: predicate(leadOf(filter), viewer),
    strategy: chooseStrategy(filter),
    complete,
  };
  const positions = sectionsToRead(question).map((section) => sectionSql(question, section));
  return inTurn(positions, rows);
}

type Question = {
  filter: ContactFilter;
  viewer: Viewer;
  order: Order;
  cut: PageCut;
  rows: number;
  lead: Prisma.Sql;
  strategy: Strategy;
  complete: boolean;
};

/** The sections from the position on, without those that the filter's statuses rule out; at least one. */
function sectionsToRead({ filter, order: { sections }, cut: { position, backward } }: Question): number[] {
  const start = position?.section ?? (backward ? sections.length - 1 : 0);
  const onward = [...sections.keys()].filter((section) => (backward ? section <= start : section >= start));
  const wanted = onward.filter((section) => mayHave(filter, sections[section]));
  const read = wanted.length > 0 ? wanted : [start];
  return backward ? read.toReversed() : read;
}

function mayHave({ fields }: ContactFilter, section: Section | undefined): boolean {
  const status = section?.has.status;
  if (status === undefined || !fields.status) return true;
  const { any, none } = fields.status;
  return (any.length === 0 || any.includes(status)) && !none.includes(status);
}

/** The positions of the first section and, if those are not enough, of the next. */
function inTurn([first = Prisma.empty, ...others]: Prisma.Sql[], rows: number): Prisma.Sql {
  if (others.length === 0) return first;
  // The condition uses no column of `rest`, so PostgreSQL checks it once, before it reads `rest`.
  return Prisma.sql`
    with here as materialized (${first})
    select * from here
    union all
    select * from (${inTurn(others, rows)}) rest where (select count(*) from here) < ${rows}::int`;
}

function sectionSql(question: Question, section: number): Prisma.Sql {
  const { strategy } = question;
  if (strategy.by === "direct") return plainSql(question, section);
  const windows = windowsSql(question, section, strategy);
  return strategy.days ? fewDaysSql(question, section, strategy.days, windows) : windows;
}

/** The contacts of the filter's days, sorted, if they are few; else `otherwise`. */
function fewDaysSql(
  { filter, viewer, order, cut, rows }: Question,
  section: number,
  days: ContactFilter,
  otherwise: Prisma.Sql,
): Prisma.Sql {
  const ofDays = Prisma.sql`contact_submissions c where ${predicate(days, viewer)}`;
  const within = Prisma.sql`${order.sections[section]?.condition} and ${keysetSql(order, section, cut)}`;
  const areFew = Prisma.sql`(select contacts from days) <= ${fewInDays}::int`;
  return Prisma.sql`
    with days as materialized (
      select count(*) as contacts from (select from ${ofDays} limit ${fewInDays}::int + 1) c),
    few as materialized (
      select * from (
        select ${positionColumns(order, section)}
        from (select * from ${ofDays} and ${areFew} offset 0) c
        where ${within} and ${predicate(filter, viewer)}
        offset 0) c
      order by ${byKeyNames(order, cut)}
      limit ${rows}::int)
    select * from few
    union all
    select * from (${otherwise}) many where not ${areFew}`;
}

function plainSql({ filter, viewer, order, cut, rows }: Question, section: number): Prisma.Sql {
  return Prisma.sql`
    select ${positionColumns(order, section)}
    from contact_submissions c
    where ${order.sections[section]?.condition} and ${predicate(filter, viewer)} and ${keysetSql(order, section, cut)}
    order by ${byKeys(order, cut)}
    limit ${rows}::int`;
}

function windowsSql(
  { filter, viewer, order, cut, rows, lead, complete }: Question,
  section: number,
  windows: Extract<Strategy, { by: "windows" }>,
): Prisma.Sql {
  const { condition: within = Prisma.sql`true`, has = {} } = order.sections[section] ?? {};
  const keyset = keysetSql(order, section, cut);
  const names = Prisma.join(order.keys.map((_key, index) => keyName(index)));
  const amongFirst = (most: number, condition: Prisma.Sql) => Prisma.sql`
    select c.section, ${names}, c.id
    from (
      select c.*, ${positionColumns(order, section, false)}
      from contact_submissions c
      where ${within} and ${lead} and ${keyset}
      order by ${byKeys(order, cut)}
      limit ${most}::int) c
    where ${predicate(filter, viewer, true)} and ${condition}
    order by ${byKeyNames(order, cut)}
    limit ${rows}::int`;
  const near = amongFirst(windows.near, Prisma.sql`true`);
  if (windows.onlyNear && !complete) return near;
  const inNear = Prisma.sql`(select count(*) from near)`;
  const inWider = Prisma.sql`(select count(*) from wider)`;
  const { part, times } = windows.wider;
  const isLikely = Prisma.sql`${inNear} * ${part}::int > ${rows}::int and ${inNear} < ${rows}::int`;
  const tooFew = Prisma.sql`${inNear} < ${rows}::int and ${inWider} < ${rows}::int`;
  const besides = { condition: Prisma.sql`${within} and ${keyset} and ${tooFew}`, has };
  return Prisma.sql`
    with near as materialized (${near}),
    wider as materialized (${amongFirst(times * windows.near, isLikely)}),
    far as materialized (
      select * from (select ${positionColumns(order, section)} from ${matchingContacts(filter, viewer, besides)}) c
      order by ${byKeyNames(order, cut)}
      limit ${rows}::int)
    select * from near where ${inNear} >= ${rows}::int
    union all
    select * from wider where ${inWider} >= ${rows}::int
    union all
    select * from far`;
}

function positionColumns(order: Order, section: number, withId = true): Prisma.Sql {
  const keys = order.keys.map((key, index) => Prisma.sql`${key.expression} as ${keyName(index)}`);
  return Prisma.join([Prisma.sql`${section}::int as section`, ...keys, ...(withId ? [Prisma.sql`c.id`] : [])]);
}

function byKeys(order: Order, cut: PageCut): Prisma.Sql {
  const direction = directionOf(order, cut);
  return Prisma.sql`${Prisma.join(order.keys.map((key) => Prisma.sql`${key.expression} ${direction}`))}, c.id ${direction}`;
}

/** The same order, by the names of the position's columns. */
export function byKeyNames(order: Order, cut: PageCut): Prisma.Sql {
  const direction = directionOf(order, cut);
  return Prisma.sql`${Prisma.join(order.keys.map((_key, index) => Prisma.sql`${keyName(index)} ${direction}`))}, c.id ${direction}`;
}

function directionOf(order: Order, cut: PageCut): Prisma.Sql {
  return order.descending !== cut.backward ? Prisma.sql`desc` : Prisma.sql`asc`;
}

/**
 * Whether a row is beyond the position. It is one row comparison, because an index in this order answers that directly.
 */
function keysetSql(order: Order, section: number, { position, backward }: PageCut): Prisma.Sql {
  if (position?.section !== section) return Prisma.sql`true`;
  const comparison = order.descending !== backward ? Prisma.sql`<` : Prisma.sql`>`;
  const columns = order.keys.map((key) => key.expression);
  const values = order.keys.map((key, index) => key.value(position.keys[index] ?? ""));
  return Prisma.sql`(${Prisma.join(columns)}, c.id) ${comparison} (${Prisma.join(values)}, ${position.id})`;
}

/** The name of an order's key among the columns of a position. */
export function keyName(index: number): Prisma.Sql {
  return index === 0 ? Prisma.sql`first_key` : Prisma.sql`second_key`;
}
