import "server-only";
import { Prisma } from "@/generated/prisma/client";
import { queryRows, type RunQuery } from "@/lib/database/query";
import { asksOneThing, type ContactFilter } from "@/lib/filter/filter";
import { nameBegins, nameInOrder, wordsAreWhole } from "@/lib/filter/sql/best-match";
import { matchingContacts } from "@/lib/filter/sql/matching";
import { predicate } from "@/lib/filter/sql/predicate";
import { isIndexed } from "@/lib/filter/sql/words";
import type { Viewer } from "@/lib/filter/viewer";
import { purposeOf } from "./purpose";
import { type Order, orders, type Ranking } from "./sorts";
import { firstContacts, sampleOf, wordsToFind } from "./strategy";

/** How far "best match" tells whole words from parts. */
export const rankLimits = {
  /** If no more contacts than these match, in all of them. */
  matches: 400,
  /** Otherwise in so many of the newest contacts. */
  newest: 1_000,
} as const;

/** The `since` of a ranking of all contacts. */
const always = "-infinity";

type Asked = Pick<ContactFilter, "sort" | "words">;

/**
 * Whether "best match" ranks a filter's contacts. Without words, and for words that no index finds, it is newest first,
 * because a list searches only the newest contacts for those.
 */
export function isRanked({ sort, words }: Asked): boolean {
  return sort === "best" && wordsToFind(words).some(isIndexed);
}

/**
 * The order of a filter's list. For "best match" it depends on how many contacts match now, unless `since` of a cursor
 * says how the pages before were ranked. Then they fit together, whatever has arrived meanwhile.
 * @throws DatabaseError
 */
export async function findOrder(filter: ContactFilter, viewer: Viewer, since?: string, run?: RunQuery): Promise<Order> {
  if (!isRanked(filter)) return orders[filter.sort];
  return orderSince(filter, since ?? (await findSince(filter, viewer, run)));
}

/** The order of a filter's list that is ranked from an instant on. */
export function orderSince(filter: Asked, since: string): Order {
  if (!isRanked(filter)) return orders[filter.sort];
  const words = wordsToFind(filter.words);
  const ranking: Ranking = { since, begins: nameBegins(words), whole: wordsAreWhole(words) };
  const { begins, whole } = ranking;
  const all = since === always;
  const recent = Prisma.sql`c."timestamp" >= ${since}::timestamptz`;
  const older = Prisma.sql`c."timestamp" < ${since}::timestamptz`;
  return {
    ...orders.best,
    ranking,
    sections: [
      {
        condition: Prisma.sql`true`,
        also: begins,
        has: {},
        ...(all ? ({ ranked: true } as const) : { indexed: nameInOrder(words) }),
      },
      { condition: recent, also: Prisma.sql`not ${begins} and ${whole}`, has: {}, ranked: true },
      { condition: recent, also: Prisma.sql`not ${begins} and not ${whole}`, has: {}, ranked: true },
      ...(all ? [] : [{ condition: older, also: Prisma.sql`not ${begins}`, has: {} }]),
    ],
  };
}

/**
 * The instant from which on whole words are told from parts: that of the last of the newest contacts, or `always` if few
 * contacts match. The index is asked how many match only if a sample says that they are rare, because for common words
 * that takes as long as a page. And it is asked only for words alone: with other conditions it may take longer.
 */
async function findSince(
  filter: ContactFilter,
  viewer: Viewer,
  run: RunQuery = (sql) => queryRows(sql, purposeOf(filter)),
): Promise<string> {
  const { matches, newest } = rankLimits;
  const { of, least } = sampleOf(filter.words) ?? { of: 0, least: 0 };
  const [found] = await run<{ since: string }>(Prisma.sql`
    select (case
      when ${asksOneThing(filter)}::boolean
        and (select count(*) from (
          select from ${firstContacts(filter, viewer, of)}
          where ${predicate(filter, viewer, true)} limit ${least}::int) c) < ${least}::int
        and (select count(*) from (
          select from ${matchingContacts(filter, viewer)} limit ${matches + 1}::int) c) <= ${matches}::int
      then ${always}::timestamptz
      else (select min(c."timestamp") from ${firstContacts(filter, viewer, newest)}) end)::text as since`);
  return found?.since ?? always;
}

/**
 * The contacts of the ranked sections as `ranked`, with their section. All of them are found and ranked once, however
 * many of the sections a page has.
 */
export function rankedSql(filter: ContactFilter, viewer: Viewer, { since, begins, whole }: Ranking): Prisma.Sql {
  const contacts =
    since === always
      ? matchingContacts(filter, viewer)
      : Prisma.sql`(
        select * from contact_submissions c
        where c."timestamp" >= ${since}::timestamptz and ${predicate(filter, viewer, true)} offset 0) c`;
  return Prisma.sql`
    select case when ${begins} then 0 when ${whole} then 1 else 2 end as section, c."timestamp",
      c."timestamp" as first_key, c.id
    from ${contacts}`;
}
