import "server-only";
import { Prisma } from "@/generated/prisma/client";
import { foldLetters, spellingsOf, type Word } from "../words";

/**
 * What words are looked for in, over the alias `c` = contact_submissions: name, e-mail, company and message as one text.
 * These are the texts of the indexes in sql/0260 and sql/0280, which serve only the identical expression. U+001F stands
 * between the four, so that a word without it is in the whole exactly where it is in one of them.
 */
const searched = Prisma.sql`(c.name || chr(31) || c.email || chr(31) || coalesce(c.company, '') || chr(31) || left(c.message, 20000))`;
const separator = "\u001f";

/** The condition of the index in sql/0560, in its words: the letters of foldLetters. */
const hasFoldingLetters = Prisma.sql`(strpos(${searched}, U&'\\0130') > 0 or strpos(${searched}, U&'\\212A') > 0)`;

/** The same text, but not that of the index of words, by which the contacts with such letters would not be found. */
const searchedByRow = Prisma.sql`(${searched} || '')`;

/** Each distinct letter beyond ASCII once or more. */
const lettersOf = (text: Prisma.Sql) =>
  Prisma.sql`string_to_array(regexp_replace(lower(${text}), '[[:ascii:]]+', '', 'g'), null)`;

/**
 * Every word in any of the four, any case, accents in either spelling; `%`, `_` and `\` are themselves. Never null where a word is left out. Those that
 * the indexes find are one condition together, so that the index of words is asked once for what has all of them: of
 * contacts with the one and contacts with the other it would otherwise read the fewer, which may be many.
 */
export function wordsMatch(words: Word[], rowByRow: boolean): Prisma.Sql[] {
  const found = words.filter((word) => !word.exclude && isIndexed(word));
  const others = words.filter((word) => !found.includes(word)).map(wordMatches);
  return found.length > 0 ? [indexed(found, rowByRow), ...others] : others;
}

/** No index finds what a word is left out of. */
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

/** ASCII, of which every database makes trigrams. */
const threeInARow = /[a-z0-9]{3}/i;

/**
 * Whether an index finds the word. Without three letters in a row there is no trigram, and asked for none the index would be
 * read from end to end.
 */
export function isIndexed({ text }: Word): boolean {
  return !text.includes(separator) && (threeInARow.test(text) || /\P{ASCII}/u.test(foldLetters(text)));
}

/** Whether only the index of letters beyond ASCII finds the word: to look for it in a row takes a text apart. */
export function isByLetters(word: Word): boolean {
  return isIndexed(word) && !threeInARow.test(word.text);
}

function anywhere(text: string): Prisma.Sql {
  const pattern = patternOf(text);
  return Prisma.sql`(c.name ilike ${pattern} or c.email ilike ${pattern}
    or c.company ilike ${pattern} or c.message ilike ${pattern})`;
}

/**
 * The same of every word, asked so that the indexes can answer. What a long message has beyond them is looked for in it (sql/0270),
 * and a word that a letter of another kind may be in, in the few contacts with such letters (sql/0560).
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
  // What it finds are rows that the first part is true of, too; only an index does not know it.
  const isHidden = !rowByRow && words.some(({ text }) => /[ik]/i.test(foldLetters(text)));
  const hidden = isHidden ? Prisma.sql`or (${hasFoldingLetters} and ${Prisma.join(byRow, " and ")})` : Prisma.empty;
  return Prisma.sql`((${Prisma.join(within, " and ")})
    or (octet_length(c.message) > 20000 and ${Prisma.join(inLong, " and ")}) ${hidden})`;
}

function inSearched(text: string): Prisma.Sql {
  const found = Prisma.sql`${searched} ilike ${patternOf(text)}`;
  if (threeInARow.test(text)) return found;
  // Of letters beyond ASCII a trigram may know nothing. Second, and only then, because taking a text apart costs ten times as much.
  return Prisma.sql`(${found} and ${lettersOf(searched)} @> ${lettersOf(Prisma.sql`${text}::text`)})`;
}
