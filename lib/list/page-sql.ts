import "server-only";
import { Prisma } from "@/generated/prisma/client";
import { asksOneThing, type ContactFilter } from "@/lib/filter/filter";
import { matchingContacts } from "@/lib/filter/sql/matching";
import { predicate } from "@/lib/filter/sql/predicate";
import type { Viewer } from "@/lib/filter/viewer";
import { parseWords } from "@/lib/filter/words";
import { rankedSql } from "./best-match";
import { byKeyNames, byKeys, keyName, keysetSql, type PageCut, positionColumns } from "./position-sql";
import { conditionOf, type Order, type Section } from "./sorts";
import { chooseStrategy, fewInDays, indexedRows, leadOf, type Strategy } from "./strategy";

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
 * With a `sample`, the near window is looked through only if enough of its first rows match.
 * If the order has no index for the filter's days and those days have few contacts, these are sorted instead.
 */
export function positionsSql(
  filter: ContactFilter,
  viewer: Viewer,
  order: Order,
  cut: PageCut,
  rows: number,
  complete = false,
): Prisma.Sql {
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
  if (!order.ranking) return inTurn(positions, rows);
  return Prisma.sql`
    with ranked as materialized (${rankedSql(filter, viewer, order.ranking)})
    select * from (${inTurn(positions, rows)}) positions`;
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
  const { strategy, order } = question;
  if (order.sections[section]?.ranked) return rankedSectionSql(question, section);
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
  const within = Prisma.sql`${sectionCondition(order, section)} and ${keysetSql(order, section, cut)}`;
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

/** Of the contacts that are ranked at once, those of a section. */
function rankedSectionSql({ order, cut, rows }: Question, section: number): Prisma.Sql {
  return Prisma.sql`
    select c.section, c.first_key, c.id from ranked c
    where c.section = ${section}::int and ${keysetSql(order, section, cut)}
    order by ${byKeyNames(order, cut)}
    limit ${rows}::int`;
}

function sectionCondition({ sections }: Order, section: number): Prisma.Sql {
  const found = sections[section];
  return found ? conditionOf(found) : Prisma.sql`false`;
}

function plainSql({ filter, viewer, order, cut, rows }: Question, section: number): Prisma.Sql {
  return Prisma.sql`
    select ${positionColumns(order, section)}
    from contact_submissions c
    where ${sectionCondition(order, section)} and ${predicate(filter, viewer)} and ${keysetSql(order, section, cut)}
    order by ${byKeys(order, cut)}
    limit ${rows}::int`;
}

/** The rows of a section that match among its first ones in an order's index, at most `limit`. */
function amongFirst(
  { filter, viewer, order, cut, lead }: Question,
  section: number,
  { most, limit, condition = Prisma.sql`true` }: { most: number; limit: number; condition?: Prisma.Sql },
): Prisma.Sql {
  const { condition: within, also = Prisma.sql`true` } = order.sections[section] ?? nothing;
  const names = Prisma.join(order.keys.map((_key, index) => keyName(index)));
  return Prisma.sql`
    select c.section, ${names}, c.id
    from (
      select c.*, ${positionColumns(order, section, false)}
      from contact_submissions c
      where ${within} and ${lead} and ${keysetSql(order, section, cut)}
      order by ${byKeys(order, cut)}
      limit ${most}::int) c
    where ${also} and ${predicate(filter, viewer, true)} and ${condition}
    order by ${byKeyNames(order, cut)}
    limit ${limit}::int`;
}

function windowsSql(question: Question, section: number, windows: Extract<Strategy, { by: "windows" }>): Prisma.Sql {
  const { filter, viewer, order, cut, rows, complete } = question;
  const { sample, near } = windows;
  if (windows.onlyNear && !complete) return amongFirst(question, section, { most: near, limit: rows });
  const found = order.sections[section] ?? nothing;
  if (found.indexed) return indexedSql(question, section, found.indexed);
  const least = Math.min(sample?.least ?? 0, rows);
  const first = sample
    ? Prisma.sql`sample as materialized (${amongFirst(question, section, { most: sample.of, limit: least })}),`
    : Prisma.empty;
  const isWorthIt = Prisma.sql`(select count(*) from sample) >= ${least}::int`;
  const inNear = Prisma.sql`(select count(*) from near)`;
  const inWider = Prisma.sql`(select count(*) from wider)`;
  const { part, times } = windows.wider;
  const isLikely = Prisma.sql`${inNear} * ${part}::int > ${rows}::int and ${inNear} < ${rows}::int`;
  const tooFew = Prisma.sql`${inNear} < ${rows}::int and ${inWider} < ${rows}::int`;
  const within = Prisma.sql`${conditionOf(found)} and ${keysetSql(order, section, cut)}`;
  const besides = { condition: Prisma.sql`${within} and ${tooFew}`, has: found.has };
  return Prisma.sql`
    with ${first}
    near as materialized (
      ${amongFirst(question, section, { most: near, limit: rows, condition: sample ? isWorthIt : undefined })}),
    wider as materialized (
      ${amongFirst(question, section, { most: times * near, limit: rows, condition: isLikely })}),
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

/**
 * The same for a section whose condition has an index and costs little to check. The index is asked how many rows there
 * are. One window is looked through if they are many, and all of them are read if they are few or the window had too few.
 */
function indexedSql(question: Question, section: number, indexed: Prisma.Sql): Prisma.Sql {
  const { filter, viewer, order, cut, rows } = question;
  const { many, near } = indexedRows;
  const inNear = Prisma.sql`(select count(*) from near)`;
  const areMany = Prisma.sql`(select contacts from index_of_section) > ${many}::int`;
  return Prisma.sql`
    with index_of_section as materialized (
      select count(*) as contacts from (
        select from contact_submissions c where ${indexed} limit ${many + 1}::int) c),
    near as materialized (${amongFirst(question, section, { most: near, limit: rows, condition: areMany })}),
    far as materialized (
      select * from (
        select ${positionColumns(order, section)} from contact_submissions c
        where ${sectionCondition(order, section)} and ${keysetSql(order, section, cut)} and ${inNear} < ${rows}::int
          and ${isImplied(filter) ? Prisma.sql`true` : predicate(filter, viewer, true)}
        offset 0) c
      order by ${byKeyNames(order, cut)}
      limit ${rows}::int)
    select * from near where ${inNear} >= ${rows}::int
    union all
    select * from far`;
}

/** Whether the filter is one word: whoever's name begins with it has it. */
function isImplied(filter: ContactFilter): boolean {
  return asksOneThing(filter) && parseWords(filter.words).length === 1;
}

/** A section that is not there. */
const nothing: Section = { condition: Prisma.sql`false`, has: {} };
