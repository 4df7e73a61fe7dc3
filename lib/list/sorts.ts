import "server-only";
import { Prisma } from "@/generated/prisma/client";
import { statusOrder } from "@/lib/contact/status";
import type { FieldKey } from "@/lib/filter/fields";
import type { Sort } from "@/lib/filter/filter";
import { documentsNumber } from "@/lib/filter/sql/insight-values";
import { isWaiting } from "@/lib/filter/sql/overdue";

/** One key of an order: its SQL over `c`, how a cursor's text becomes an SQL value, and which texts it accepts. */
export type SortKey = {
  expression: Prisma.Sql;
  value: (text: string) => Prisma.Sql;
  accepts: (text: string) => boolean;
};

/**
 * An order: its sections one after another. Within each, rows are sorted by the keys and then the id, all in one
 * direction.
 * Sections are for orders that no single index covers, such as "by status" and "unknown last". An index serves each
 * section, and a section is read only if those before it have not filled the page.
 */
export type Order = { sections: Section[]; keys: SortKey[]; descending: boolean; ranking?: Ranking };

/**
 * What "best match" ranks by. Whole words are told from parts in the contacts from `since` on, an instant as PostgreSQL
 * prints it.
 */
export type Ranking = { since: string; begins: Prisma.Sql; whole: Prisma.Sql };

/** Part of an order. */
export type Section = {
  /** Which contacts it has. An index that has the order answers this. */
  condition: Prisma.Sql;
  /** The rest of the condition, which such an index does not answer. */
  also?: Prisma.Sql;
  /** For a field, the one value that all its contacts share, if there is one. */
  has: Partial<Record<FieldKey, string>>;
  /** The part of `also` that has an index of its own, which finds its contacts better than those of the filter do. */
  indexed?: Prisma.Sql;
  /** Its contacts are those that "best match" ranks at once (best-match.ts). */
  ranked?: true;
};

const time: SortKey = {
  expression: Prisma.sql`c."timestamp"`,
  value: (text) => Prisma.sql`${text}::timestamptz`,
  accepts: isInstant,
};

/** The last write of anybody, the website's pipeline included. A new contact's is when it came in. */
const updated: SortKey = { ...time, expression: Prisma.sql`c.updated_at` };

const documents: SortKey = {
  expression: documentsNumber,
  value: (text) => Prisma.sql`${text}::numeric`,
  accepts: (text) => /^(?:-1|\d{1,7}(?:\.\d{1,6})?)$/.test(text),
};

const name = byPeople(Prisma.sql`c.name`);
const company = byPeople(Prisma.sql`coalesce(c.company, '')`);

const everything: Section[] = [{ condition: Prisma.sql`true`, has: {} }];
const waiting: Section = { condition: isWaiting, has: {} };
const notWaiting: Section = { condition: Prisma.sql`${isWaiting} is not true`, has: {} };
const documentsKnown: Section = { condition: Prisma.sql`${documentsNumber} >= 0`, has: {} };
const documentsUnknown: Section = { condition: Prisma.sql`${documentsNumber} = -1`, has: { documents: "" } };
const knownStatuses = statusOrder.map((status) => ({
  condition: Prisma.sql`c.status = ${status}`,
  has: { status },
}));
const otherStatuses: Section = { condition: isBetween(statusOrder.toSorted()), has: {} };

/**
 * Every order on offer. By status, the newest contacts come first within each status, and unknown statuses always last.
 * Contacts without a number of documents come last in both directions. In "waiting", those that wait for their first
 * response come before all others, the longest waiting first; docs/decisions/27 says why there is no order by due time.
 * "best" is newest first here: best-match.ts has its sections for the words of a filter.
 */
export const orders: Record<Sort, Order> = {
  "-timestamp": { sections: everything, keys: [time], descending: true },
  timestamp: { sections: everything, keys: [time], descending: false },
  best: { sections: everything, keys: [time], descending: true },
  waiting: { sections: [waiting, notWaiting], keys: [time], descending: false },
  "-updated": { sections: everything, keys: [updated], descending: true },
  name: { sections: everything, keys: [name], descending: false },
  "-name": { sections: everything, keys: [name], descending: true },
  company: { sections: everything, keys: [company], descending: false },
  "-company": { sections: everything, keys: [company], descending: true },
  status: { sections: [...knownStatuses, otherStatuses], keys: [time], descending: true },
  "-status": { sections: [...knownStatuses.toReversed(), otherStatuses], keys: [time], descending: true },
  documents: { sections: [documentsKnown, documentsUnknown], keys: [documents, time], descending: false },
  "-documents": { sections: everything, keys: [documents, time], descending: true },
};

/** The whole condition of a section. */
export function conditionOf({ condition, also }: Section): Prisma.Sql {
  return also ? Prisma.sql`(${condition} and ${also})` : condition;
}

/**
 * Any other status than these (sorted), as the ranges between them, because the index by status answers only ranges.
 * The statuses are lower-case ASCII letters and "_", which sort the same way in every collation.
 */
function isBetween(statuses: string[]): Prisma.Sql {
  const ranges = [...statuses, null].map((next, index) => {
    const last = statuses[index - 1];
    const from = last === undefined ? [] : [Prisma.sql`c.status > ${last}`];
    const to = next === null ? [] : [Prisma.sql`c.status < ${next}`];
    return Prisma.sql`(${Prisma.join([...from, ...to], " and ")})`;
  });
  return Prisma.sql`(c.status is null or ${Prisma.join(ranges, " or ")})`;
}

/** Sorts text as people expect: ICU's root order, the collation of sql/0080. */
function byPeople(column: Prisma.Sql): SortKey {
  return {
    expression: Prisma.sql`${column} collate desk_people`,
    value: (text) => Prisma.sql`${text}::text collate desk_people`,
    accepts: (text) => text.length <= 1_000,
  };
}

/**
 * Whether a text is an instant as PostgreSQL prints it in UTC, microseconds included, and so one that it reads back. A
 * column without a zone prints none.
 */
export function isInstant(text: string): boolean {
  if (text === "infinity" || text === "-infinity") return true;
  const match = /^(\d{4,6})-(\d\d)-(\d\d) (\d\d):(\d\d):(\d\d)(?:\.\d{1,6})?(?:\+00)?( BC)?$/.exec(text);
  if (!match) return false;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match.slice(1, 7).map(Number);
  if (hour > 23 || minute > 59 || second > 59) return false;
  if (year < 1 || year > (match[7] ? 4_713 : 294_275)) return false;
  // The year before 1 is 1 BC: astronomical years count it as 0.
  const date = new Date(Date.UTC(2000, 0, 1));
  date.setUTCFullYear(match[7] ? 1 - year : year, month - 1, day);
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}
