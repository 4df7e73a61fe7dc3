import "server-only";
import { Prisma } from "@/generated/prisma/client";
import type { Word } from "./words";

/**
 * What words are looked for in, over the alias `c` = contact_submissions: name, e-mail, company and message as one text.
 * These are the texts of the indexes in sql/0260 and sql/0280, which serve only the identical expression. U+001F stands
 * between the four, so that a word without it is in the whole exactly where it is in one of them.
 */
const searched = Prisma.sql`(c.name || chr(31) || c.email || chr(31) || coalesce(c.company, '') || chr(31) || left(c.message, 20000))`;
const separator = "\u001f";

/** Each distinct letter beyond ASCII once or more. */
const lettersOf = (text: Prisma.Sql) =>
  Prisma.sql`string_to_array(regexp_replace(lower(${text}), '[[:ascii:]]+', '', 'g'), null)`;

/** Each word in any of the four, any case; `%`, `_` and `\` are themselves. Never null where a word is left out. */
export function wordMatches(word: Word): Prisma.Sql {
  const { text, exclude } = word;
  const pattern = `%${text.replace(/[\\%_]/g, "\\$&")}%`;
  const found = isIndexed(word) ? indexed(text, pattern) : anywhere(pattern);
  return exclude ? Prisma.sql`${found} is not true` : found;
}

/** ASCII, of which every database makes trigrams. */
const threeInARow = /[a-z0-9]{3}/i;

/**
 * Whether an index finds the word. Without three letters in a row there is no trigram, and asked for none the index would be
 * read from end to end.
 */
export function isIndexed({ text }: Word): boolean {
  return !text.includes(separator) && (threeInARow.test(text) || /\P{ASCII}/u.test(text));
}

function anywhere(pattern: string): Prisma.Sql {
  return Prisma.sql`(c.name ilike ${pattern} or c.email ilike ${pattern}
    or c.company ilike ${pattern} or c.message ilike ${pattern})`;
}

/** The same, asked so that the indexes can answer. What a long message has beyond them is looked for in it (sql/0270). */
function indexed(text: string, pattern: string): Prisma.Sql {
  const parts = [Prisma.sql`${searched} ilike ${pattern}`];
  // Of letters beyond ASCII a trigram may know nothing. Second, and only then, because taking a text apart costs ten times as much.
  if (!threeInARow.test(text)) {
    parts.push(Prisma.sql`${lettersOf(searched)} @> ${lettersOf(Prisma.sql`${text}::text`)}`);
  }
  return Prisma.sql`((${Prisma.join(parts, " and ")})
    or (octet_length(c.message) > 20000 and c.message ilike ${pattern}))`;
}
