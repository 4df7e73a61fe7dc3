import "server-only";
import { Prisma } from "@/generated/prisma/client";
import { dropAccents, foldText } from "@/lib/text/fold";
import type { Word } from "../words";

/**
 * The text in which words are searched, over the alias `c` = contact_submissions: name, e-mail, company and message as
 * one. U+001F separates the four. So a word without it is in the whole text exactly if it is in one of the four. The
 * index in sql/0915 has this text and serves only the identical expression.
 */
export const searched = Prisma.sql`(c.name || chr(31) || c.email || chr(31) || coalesce(c.company, '') || chr(31) || left(c.message, 20000))`;
const separator = "\u001f";

/** Each contact is in one of two indexes of words: in sql/0915 if all of its text is ASCII, else in sql/0910. */
const isAscii = Prisma.sql`${searched} !~ '[^\\u0001-\\u007f]'`;
const isBeyondAscii = Prisma.sql`${searched} ~ '[^\\u0001-\\u007f]'`;

/** The same text folded, without accents (sql/0905), and its letters beyond ASCII. */
export const folded = Prisma.sql`contact_words(c.name, c.email, c.company, c.message)`;
const letters = Prisma.sql`contact_letters(c.name, c.email, c.company, c.message)`;

/** A word as it is looked for: folded without accents, and with them if it was typed with some. */
type Sought = { plain: string; accented: string | null };

/** What a word looks for. */
export function toSought({ text }: Word): Sought {
  const accented = foldText(text);
  const plain = dropAccents(accented);
  return { plain, accented: accented === plain ? null : accented };
}

/**
 * Finds every word in any of the four, folded (lib/text/fold.ts): typed without accents it is found with them too. `%`,
 * `_` and `\` match themselves. The condition for an excluded word is never null. Words that the indexes find are one
 * condition, so that one index scan finds the contacts with all of them. Separate scans would read all contacts with
 * the rarest word, which may be many. `rowByRow` is for rows that are at hand: it costs less for each of them, and no
 * index serves it.
 */
export function wordsMatch(words: Word[], rowByRow: boolean): Prisma.Sql[] {
  const found = words.filter((word) => !word.exclude && isIndexed(word));
  const others = words.filter((word) => rowByRow || !found.includes(word)).map(wordMatches);
  return found.length > 0 && !rowByRow ? [indexed(found.map(toSought)), ...others] : others;
}

function wordMatches(word: Word): Prisma.Sql {
  const found = inRow(toSought(word));
  return word.exclude ? Prisma.sql`${found} is not true` : found;
}

/** A pattern for LIKE that finds a text anywhere. */
export function patternOf(text: string): string {
  return `%${escapePattern(text)}%`;
}

function escapePattern(text: string): string {
  return text.replace(/[\\%_]/g, "\\$&");
}

/**
 * The condition that a text has every word, and none of the excluded ones, folded as `wordsMatch` finds them. No index
 * serves it, so it is for texts that are at hand. The text must not be null.
 */
export function textMatches(text: Prisma.Sql, words: Word[]): Prisma.Sql {
  return shortTextMatches(text, words, plainOf(text));
}

/** The same for a contact's name, e-mail and company. */
export function whoMatches(words: Word[]): Prisma.Sql {
  const who = Prisma.sql`(c.name || chr(31) || c.email || chr(31) || coalesce(c.company, ''))`;
  // contact_words folds texts in Latin letters in a third of the time.
  return shortTextMatches(who, words, Prisma.sql`contact_words(c.name, c.email, c.company, '')`);
}

function shortTextMatches(text: Prisma.Sql, words: Word[], plainText: Prisma.Sql): Prisma.Sql {
  const conditions = words.map((word) => {
    const found = inShortText(text, toSought(word), plainText);
    return word.exclude ? Prisma.sql`not ${found}` : found;
  });
  return conditions.length > 0 ? all(conditions) : Prisma.sql`true`;
}

/** The condition that a text begins with what was typed, or that one of its words does; folded. */
export function textBegins(text: Prisma.Sql, typed: string, anyWord = false): Prisma.Sql {
  const before = anyWord ? "% " : "";
  const pattern = (sought: string) => `${before}${escapePattern(sought)}%`;
  return inShortText(text, toSought({ text: typed, exclude: false }), plainOf(text), pattern);
}

/** ASCII only, because every database makes trigrams of ASCII letters and digits. */
const threeInARow = /[a-z0-9]{3}/;

/**
 * Whether an index finds the word. Without three letters in a row there is no trigram to look up, and the index would
 * be read from end to end.
 */
export function isIndexed(word: Word): boolean {
  const { plain } = toSought(word);
  return !plain.includes(separator) && (threeInARow.test(plain) || /\P{ASCII}/u.test(plain));
}

/**
 * What the indexes know of a word, as words: its trigrams, or its letters beyond ASCII if it has none. Every contact
 * that has all of them must be read to find those with the word.
 */
export function indexedParts(word: Word): Word[] {
  const { plain } = toSought(word);
  const runs = plain.match(/[a-z0-9]{3,}/g) ?? [];
  const trigrams = runs.flatMap((run) => Array.from({ length: run.length - 2 }, (_none, at) => run.slice(at, at + 3)));
  const parts = trigrams.length > 0 ? trigrams : [...plain.replace(/\p{ASCII}+/gu, "")];
  return [...new Set(parts)].map((text) => ({ text, exclude: false }));
}

/**
 * Whether only the index of letters beyond ASCII (sql/0912) finds the word. Checking a row for it costs more, because
 * such a row must be folded.
 */
export function isByLetters(word: Word): boolean {
  return isIndexed(word) && !threeInARow.test(toSought(word).plain);
}

/**
 * Finds every word by the indexes. They hold only the beginning of a long message, so the rest of it is searched row by
 * row (sql/0270).
 */
function indexed(words: Sought[]): Prisma.Sql {
  const inAscii = words.map(inAsciiText);
  const ascii = inAscii.includes(null) ? [] : [Prisma.sql`(${isAscii} and ${all(inAscii)})`];
  const beyond = Prisma.sql`(${isBeyondAscii} and ${all(words.map(inFoldedText))})`;
  const inLong =
    words.length === 1
      ? words.map(inMessage)
      : words.map((word) => Prisma.sql`(${inFoldedText(word)} or ${inMessage(word)})`);
  const long = Prisma.sql`(octet_length(c.message) > 20000 and ${all(inLong)})`;
  return Prisma.sql`(${Prisma.join([...ascii, beyond, long], " or ")})`;
}

/** The condition for a word in a row that is at hand: first what costs least, and decides most rows. */
function inRow(word: Sought): Prisma.Sql {
  if (word.plain.includes(separator)) {
    const columns = [Prisma.sql`c.name`, Prisma.sql`c.email`, Prisma.sql`c.company`, Prisma.sql`c.message`];
    return Prisma.sql`(${Prisma.join(
      columns.map((column) => inText(column, word)),
      " or ",
    )})`;
  }
  const inAscii = inAsciiText(word);
  const ascii = inAscii === null ? [] : [isOnePart(word) ? inAscii : Prisma.sql`(${isAscii} and ${inAscii})`];
  const beyond = Prisma.sql`(${isBeyondAscii} and ${inFoldedText(word)})`;
  const long = Prisma.sql`(octet_length(c.message) > 20000 and ${inMessage(word)})`;
  return Prisma.sql`(${Prisma.join([...ascii, beyond, long], " or ")})`;
}

/**
 * Whether ILIKE finds the word wherever a text in ASCII has it: it has no blanks and quotes, of which there are
 * several.
 */
function isOnePart({ plain, accented }: Sought): boolean {
  return accented === null && !/[ ']|\P{ASCII}/u.test(plain);
}

/** The condition for a word in a text that is ASCII; null if such a text cannot have it. */
function inAsciiText(word: Sought): Prisma.Sql | null {
  const { plain, accented } = word;
  if (accented !== null || /\P{ASCII}/u.test(plain)) return null;
  if (isOnePart(word)) return Prisma.sql`${searched} ilike ${patternOf(plain)}`;
  const parts = plain.split(/[ ']+/).filter((part) => part !== "");
  return all([
    ...parts.map((part) => Prisma.sql`${searched} ilike ${patternOf(part)}`),
    Prisma.sql`${folded} like ${patternOf(plain)}`,
  ]);
}

/** The condition for a word in the folded text, which every contact has. */
function inFoldedText({ plain, accented }: Sought): Prisma.Sql {
  const beyond = [...new Set(plain.replace(/\p{ASCII}+/gu, ""))];
  return all([
    // A database may have no trigrams of letters beyond ASCII.
    ...(beyond.length > 0 && !threeInARow.test(plain) ? [Prisma.sql`${letters} @> ${beyond}::text[]`] : []),
    Prisma.sql`${folded} like ${patternOf(plain)}`,
    ...(accented === null ? [] : [Prisma.sql`fold_text(${searched}) like ${patternOf(accented)}`]),
  ]);
}

/** The condition for a word in all of the message. An endless one is folded only where it must be. */
function inMessage(word: Sought): Prisma.Sql {
  const found = inText(Prisma.sql`c.message`, word);
  if (!isOnePart(word)) return found;
  return Prisma.sql`(c.message ilike ${patternOf(word.plain)}
    or (c.message ~ '[^\\u0001-\\u007f]' and ${found}))`;
}

/** The condition for a word in a short text. Folding costs ten times what a comparison does, so most rows are not folded. */
function inShortText(text: Prisma.Sql, word: Sought, plainText: Prisma.Sql, pattern = patternOf): Prisma.Sql {
  const found = inText(text, word, plainText, pattern);
  const beyondAscii = Prisma.sql`${text} ~ '[^\\u0001-\\u007f]'`;
  if (word.accented !== null || /\P{ASCII}/u.test(word.plain)) return Prisma.sql`(${beyondAscii} and ${found})`;
  if (isOnePart(word)) return Prisma.sql`(${text} ilike ${pattern(word.plain)} or (${beyondAscii} and ${found}))`;
  const parts = word.plain.split(/[ ']+/).filter((part) => part !== "");
  const inAscii = parts.map((part) => Prisma.sql`${text} ilike ${patternOf(part)}`);
  return Prisma.sql`((${beyondAscii} or ${all([Prisma.sql`true`, ...inAscii])}) and ${found})`;
}

function inText(text: Prisma.Sql, word: Sought, plainText = plainOf(text), pattern = patternOf): Prisma.Sql {
  const { plain, accented } = word;
  return accented === null
    ? Prisma.sql`${plainText} like ${pattern(plain)}`
    : Prisma.sql`fold_text(${text}) like ${pattern(accented)}`;
}

/** A text folded and without accents. */
function plainOf(text: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`drop_accents(fold_text(${text}))`;
}

function all(conditions: (Prisma.Sql | null)[]): Prisma.Sql {
  return Prisma.join(
    conditions.filter((condition) => condition !== null),
    " and ",
  );
}
