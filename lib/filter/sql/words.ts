import "server-only";
import { Prisma } from "@/generated/prisma/client";
import { foldLetters, spellingsOf, type Word } from "../words";

/**
 * The text in which words are searched, over the alias `c` = contact_submissions: name, e-mail, company and message as
 * one. The indexes in sql/0260 and sql/0280 have this text, and serve only the identical expression. U+001F separates
 * the four. So a word without it is in the whole text exactly if it is in one of the four.
 */
const searched = Prisma.sql`(c.name || chr(31) || c.email || chr(31) || coalesce(c.company, '') || chr(31) || left(c.message, 20000))`;
const separator = "\u001f";

/**
 * Whether a contact has one of the letters that foldLetters replaces. Word for word the condition of the index in
 * sql/0560.
 */
const hasFoldingLetters = Prisma.sql`(strpos(${searched}, U&'\\0130') > 0 or strpos(${searched}, U&'\\212A') > 0)`;

/**
 * The same text, written differently so that the index of words is not used: it does not find contacts with such
 * letters.
 */
const searchedByRow = Prisma.sql`(${searched} || '')`;

/** The letters of a text that are not ASCII, each at least once. */
const lettersOf = (text: Prisma.Sql) =>
  Prisma.sql`string_to_array(regexp_replace(lower(${text}), '[[:ascii:]]+', '', 'g'), null)`;

/**
 * Finds every word in any of the four, in any case, with accents in either spelling; `%`, `_` and `\` match themselves.
 * The condition for an excluded word is never null. Words that the indexes find are one condition, so that one index
 * scan finds the contacts with all of them. Separate scans would read all contacts with the rarest word, which may be
 * many.
 */
export function wordsMatch(words: Word[], rowByRow: boolean): Prisma.Sql[] {
  const found = words.filter((word) => !word.exclude && isIndexed(word));
  const others = words.filter((word) => !found.includes(word)).map(wordMatches);
  return found.length > 0 ? [indexed(found, rowByRow), ...others] : others;
}

/** The condition for a word without an index: an excluded word, or one that no index finds. */
function wordMatches(word: Word): Prisma.Sql {
  const found = isIndexed(word) ? indexed([word], true) : inAnySpelling(word, anywhere);
  return word.exclude ? Prisma.sql`${found} is not true` : found;
}

function inAnySpelling({ text }: Word, match: (text: string) => Prisma.Sql): Prisma.Sql {
  const matches = spellingsOf(text).map(match);
  return matches.length === 1 ? Prisma.sql`${matches[0]}` : Prisma.sql`(${Prisma.join(matches, " or ")})`;
}

/** A pattern for LIKE that finds a text anywhere. */
export function patternOf(text: string): string {
  return `%${text.replace(/[\\%_]/g, "\\$&")}%`;
}

/** ASCII only, because every database makes trigrams of ASCII letters and digits. */
const threeInARow = /[a-z0-9]{3}/i;

/**
 * Whether an index finds the word. Without three letters in a row there is no trigram to look up, and the index would
 * be read from end to end.
 */
export function isIndexed({ text }: Word): boolean {
  return !text.includes(separator) && (threeInARow.test(text) || /\P{ASCII}/u.test(foldLetters(text)));
}

/**
 * Whether only the index of letters beyond ASCII finds the word. Checking a row for it costs more, because the text is
 * split into letters.
 */
export function isByLetters(word: Word): boolean {
  return isIndexed(word) && !threeInARow.test(word.text);
}

function anywhere(text: string): Prisma.Sql {
  const pattern = patternOf(text);
  return Prisma.sql`(c.name ilike ${pattern} or c.email ilike ${pattern}
    or c.company ilike ${pattern} or c.message ilike ${pattern})`;
}

/**
 * Finds every word by the indexes. They hold only the beginning of a long message, so the rest of it is searched row by
 * row (sql/0270). They do not fold İ and the kelvin sign to i and k. So for a word with an i or a k, the few contacts
 * with these letters are searched row by row too (sql/0560).
 */
function indexed(words: Word[], rowByRow: boolean): Prisma.Sql {
  const within = words.map((word) => inAnySpelling(word, inSearched));
  const inLong = words.map((word, index) => {
    const inMessage = inAnySpelling(word, (text) => Prisma.sql`c.message ilike ${patternOf(text)}`);
    return words.length === 1 ? inMessage : Prisma.sql`(${within[index]} or ${inMessage})`;
  });
  const byRow = words.map((word) =>
    inAnySpelling(word, (text) => Prisma.sql`${searchedByRow} ilike ${patternOf(text)}`),
  );
  // For those rows the first part is true as well, but the index does not find them.
  const isHidden = !rowByRow && words.some(({ text }) => /[ik]/i.test(foldLetters(text)));
  const hidden = isHidden ? Prisma.sql`or (${hasFoldingLetters} and ${Prisma.join(byRow, " and ")})` : Prisma.empty;
  return Prisma.sql`((${Prisma.join(within, " and ")})
    or (octet_length(c.message) > 20000 and ${Prisma.join(inLong, " and ")}) ${hidden})`;
}

function inSearched(text: string): Prisma.Sql {
  const found = Prisma.sql`${searched} ilike ${patternOf(text)}`;
  if (threeInARow.test(text)) return found;
  // A database may have no trigrams of letters beyond ASCII. So these letters are checked second, and only for such
  // words, because that costs ten times as much.
  return Prisma.sql`(${found} and ${lettersOf(searched)} @> ${lettersOf(Prisma.sql`${text}::text`)})`;
}
