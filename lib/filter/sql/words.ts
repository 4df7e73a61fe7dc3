import "server-only";
import { Prisma } from "@/generated/prisma/client";
import { foldLetters, spellingsOf, type Word } from "../words";

/**
 * The text that words are looked for in, over the alias `c` = contact_submissions: name, e-mail, company and message as one.
 * The indexes in sql/0260 and sql/0280 have this text, and serve only the identical expression. U+001F separates the four.
 * So a word without it is in the whole text exactly where it is in one of the four.
 */
const searched = Prisma.sql`(c.name || chr(31) || c.email || chr(31) || coalesce(c.company, '') || chr(31) || left(c.message, 20000))`;
const separator = "\u001f";

/** Whether a contact has one of the letters of foldLetters. The condition of the index in sql/0560, word for word. */
const hasFoldingLetters = Prisma.sql`(strpos(${searched}, U&'\\0130') > 0 or strpos(${searched}, U&'\\212A') > 0)`;

/** The same text written otherwise, so that the index of words is not used: it does not find contacts with such letters. */
const searchedByRow = Prisma.sql`(${searched} || '')`;

/** The letters of a text beyond ASCII, each at least once. */
const lettersOf = (text: Prisma.Sql) =>
  Prisma.sql`string_to_array(regexp_replace(lower(${text}), '[[:ascii:]]+', '', 'g'), null)`;

/**
 * Every word in any of the four, in any case, with accents in either spelling; `%`, `_` and `\` are themselves. Never null
 * where a word is left out. Words that the indexes find are one condition, so that the index of words is asked once, for
 * contacts with all of them. Asked one by one it would read all contacts with the rarest word, which may be many.
 */
export function wordsMatch(words: Word[], rowByRow: boolean): Prisma.Sql[] {
  const found = words.filter((word) => !word.exclude && isIndexed(word));
  const others = words.filter((word) => !found.includes(word)).map(wordMatches);
  return found.length > 0 ? [indexed(found, rowByRow), ...others] : others;
}

/** A word that no index is asked for: one that is left out, or that none finds. */
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

/** Letters of ASCII, because every database makes trigrams of those. */
const threeInARow = /[a-z0-9]{3}/i;

/**
 * Whether an index finds the word. Without three letters in a row there is no trigram to ask for, and the index would be read
 * from end to end.
 */
export function isIndexed({ text }: Word): boolean {
  return !text.includes(separator) && (threeInARow.test(text) || /\P{ASCII}/u.test(foldLetters(text)));
}

/** Whether only the index of letters beyond ASCII finds the word. To look for it in a row costs more: the text is taken apart. */
export function isByLetters(word: Word): boolean {
  return isIndexed(word) && !threeInARow.test(word.text);
}

function anywhere(text: string): Prisma.Sql {
  const pattern = patternOf(text);
  return Prisma.sql`(c.name ilike ${pattern} or c.email ilike ${pattern}
    or c.company ilike ${pattern} or c.message ilike ${pattern})`;
}

/**
 * Every word, asked so that the indexes can answer. They hold only the beginning of a long message, so the rest is looked
 * through (sql/0270). A word with an i or a k may be written with a letter that they do not fold, so the few contacts with
 * such letters are looked through too (sql/0560).
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
  // Of those rows the first part is true as well; only the index does not know it.
  const isHidden = !rowByRow && words.some(({ text }) => /[ik]/i.test(foldLetters(text)));
  const hidden = isHidden ? Prisma.sql`or (${hasFoldingLetters} and ${Prisma.join(byRow, " and ")})` : Prisma.empty;
  return Prisma.sql`((${Prisma.join(within, " and ")})
    or (octet_length(c.message) > 20000 and ${Prisma.join(inLong, " and ")}) ${hidden})`;
}

function inSearched(text: string): Prisma.Sql {
  const found = Prisma.sql`${searched} ilike ${patternOf(text)}`;
  if (threeInARow.test(text)) return found;
  // There may be no trigrams of letters beyond ASCII. Asked second, and only then, because this costs ten times as much.
  return Prisma.sql`(${found} and ${lettersOf(searched)} @> ${lettersOf(Prisma.sql`${text}::text`)})`;
}
