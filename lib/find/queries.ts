import "server-only";
import { Prisma } from "@/generated/prisma/client";
import { queryRows } from "@/lib/database/query";
import { indexedParts, isIndexed, textBegins, textMatches, whoMatches, wordsMatch } from "@/lib/filter/sql/words";
import type { Word } from "@/lib/filter/words";
import { foldPlain } from "@/lib/text/fold";
import { contactsWithDocuments, type FoundContact, type FoundDocument, mostFound } from "./found";

/** Rows that a search reads at most, in each of its ways to find some. */
export const findLimits = {
  /** Of the newest contacts. Only their narrow columns are read. */
  near: 3_000,
  /** Of the names, addresses or companies that begin with what was typed. */
  begun: 2_000,
  /** Of the contacts that have the words anywhere, message included. */
  anywhere: 2_000,
  /** If more of so many of the newest contacts may have the words anywhere, all that may are too many to read. */
  sample: { of: 1_000, most: 1 },
  /** Parts of the words that the sample is asked for. More would only cost more. */
  parts: 12,
} as const;

/** In desk_people, as in every collation of CLDR, U+FFFF sorts after all other characters. */
const afterAll = "\uffff";

/**
 * The newest few contacts whose name, address or company has every word: first those whose name begins with what was
 * typed, then those with such a word in their name, then the others.
 *
 * No index has only these three texts, so they are found in stages. Each reads a bounded number of rows:
 * 1. near: the newest contacts. Common names end here.
 * 2. begun: names, companies and addresses that begin with what was typed, by the indexes of the list's orders.
 * 3. anywhere: what the index of words finds, checked again. It has messages too, so this is left out if several of the
 *    newest contacts may have the words. Then an old name that only contains them may be missed.
 * @throws DatabaseError
 */
export function findContacts(words: Word[]): Promise<FoundContact[]> {
  const typed = typedAs(words);
  if (typed === "") return Promise.resolve([]);
  const matches = whoMatches(words);
  const rank = Prisma.sql`(case when ${textBegins(Prisma.sql`c.name`, typed)} then 0
    when ${textBegins(Prisma.sql`c.name`, typed, true)} then 1 else 2 end)`;
  const narrow = Prisma.sql`c.id, c.name, c.email, c.company, c."timestamp"`;
  const best = (contacts: Prisma.Sql) => Prisma.sql`
    select c.id, ${rank} as rank, c."timestamp" from (${contacts}) c where ${matches}
    order by rank, c."timestamp" desc, c.id desc limit ${mostFound}::int`;
  const near = Prisma.sql`
    select ${narrow} from contact_submissions c order by c."timestamp" desc, c.id desc limit ${findLimits.near}::int`;
  const begin = (key: Prisma.Sql, collation: Prisma.Sql) => Prisma.sql`(
    select ${narrow} from contact_submissions c
    where ${key} >= ${foldPlain(typed)}::text ${collation} and ${key} <= ${foldPlain(typed) + afterAll}::text ${collation}
      and (select count(*) from near where rank = 0) < ${mostFound}::int
    order by ${key} limit ${findLimits.begun}::int)`;
  const people = Prisma.sql`collate desk_people`;
  const begun = Prisma.join(
    [
      begin(Prisma.sql`c.name collate desk_people`, people),
      begin(Prisma.sql`coalesce(c.company, '') collate desk_people`, people),
      // In the database's own order, which need not be this one. Whoever is missed here is found anywhere.
      begin(Prisma.sql`lower(left(c.email, 255))`, Prisma.empty),
    ],
    " union all ",
  );
  return queryRows<FoundContact>(Prisma.sql`
    with near as materialized (${best(near)}),
    begun as materialized (${best(begun)}),
    ${anywhereSql(words, narrow)}
    last as materialized (${best(Prisma.sql`select * from anywhere limit ${findLimits.anywhere}::int`)}),
    found as (
      select id, min(rank) as rank from (
        select * from near union all select * from begun union all select * from last) f
      group by id)
    select c.id, c.name, c.email, c.company, to_json(c."timestamp") #>> '{}' as at
    from found f join contact_submissions c using (id)
    order by f.rank, c."timestamp" desc, c.id desc
    limit ${mostFound}::int`);
}

/**
 * The contacts that have the words anywhere, if the stages before have found too few and the words are rare. It has no
 * limit of its own, because the planner would then read the table in hope of many. Only as many rows are read of it as
 * are asked for.
 */
function anywhereSql(words: Word[], narrow: Prisma.Sql): Prisma.Sql {
  const sought = words.filter(({ exclude }) => !exclude);
  if (!sought.some(isIndexed)) {
    return Prisma.sql`anywhere as materialized (select ${narrow} from contact_submissions c where false),`;
  }
  const { of, most } = findLimits.sample;
  const parts = sought.flatMap(indexedParts).slice(0, findLimits.parts);
  return Prisma.sql`
    sample as materialized (
      select from (
        select * from contact_submissions c order by c."timestamp" desc, c.id desc limit ${of}::int) c
      where ${Prisma.join(wordsMatch(parts, true), " and ")}),
    anywhere as materialized (
      select ${narrow} from contact_submissions c
      where ${Prisma.join(wordsMatch(sought, false), " and ")}
        and case when (select count(*) from (select id from near union select id from begun) f) < ${mostFound}::int
          then (select count(*) from sample) <= ${most}::int else false end),`;
}

/**
 * The documents whose file name has every word, of the newest contacts that have any: no index has their names.
 * @throws DatabaseError
 */
export function findDocuments(words: Word[]): Promise<FoundDocument[]> {
  if (typedAs(words) === "") return Promise.resolve([]);
  return queryRows<FoundDocument>(Prisma.sql`
    select d.id, d.filename, c.id as contact, c.name, to_json(d.upload_timestamp) #>> '{}' as at
    from (
      select c.id, c.name, c."timestamp" from contact_submissions c
      order by c."timestamp" desc, c.id desc limit ${contactsWithDocuments}::int) c
    cross join lateral (
      select d.id, d.filename, d.upload_timestamp from documents d
      where d.contact_id = c.id and ${textMatches(Prisma.sql`d.filename`, words)}
      -- Without it the planner might read all documents instead of those of these contacts.
      offset 0) d
    order by c."timestamp" desc, c.id desc, d.upload_timestamp desc, d.id
    limit ${mostFound}::int`);
}

/** The words as they were typed, without the excluded ones. */
function typedAs(words: Word[]): string {
  return words
    .filter(({ exclude }) => !exclude)
    .map(({ text }) => text)
    .join(" ");
}
