import "server-only";
import { Prisma } from "@/generated/prisma/client";
import type { Word } from "../words";
import { folded, searched, textBegins, toSought } from "./words";

/** In desk_people, as in every collation of CLDR, U+FFFF sorts after all other characters. */
const afterAll = "\uffff";

/**
 * The condition that a contact's name begins with one of the words, folded as `wordsMatch` finds them. Never null. A word
 * that begins with neither a letter nor a digit begins no name.
 */
export function nameBegins(words: Word[]): Prisma.Sql {
  return anyOf(words.flatMap((word) => rangesOf(word).map((range) => Prisma.sql`(${range} and ${begins(word)})`)));
}

/** The part of it that the index of names (sql/0150) answers alone. Few other names are there. */
export function nameInOrder(words: Word[]): Prisma.Sql {
  return anyOf(words.flatMap(rangesOf));
}

const begins = (word: Word) => textBegins(Prisma.sql`c.name`, word.text);

function anyOf(conditions: Prisma.Sql[]): Prisma.Sql {
  return conditions.length > 0 ? Prisma.sql`(${Prisma.join(conditions, " or ")})` : Prisma.sql`false`;
}

function rangesOf(word: Word): Prisma.Sql[] {
  return startsInOrder(word).map(
    (start) => Prisma.sql`(c.name collate desk_people >= ${start}::text collate desk_people
      and c.name collate desk_people <= ${start + afterAll}::text collate desk_people)`,
  );
}

const wordStart = /^([\p{L}\p{M}\p{N}]+)('?)([\p{L}\p{M}\p{N}]*)/u;

/**
 * How names that begin with a word begin in people's order, in which case, accents and width stand together. Signs do
 * not, so a word ends at its first one, except at an apostrophe, which names have in two forms.
 */
function startsInOrder(word: Word): string[] {
  const [, start = "", apostrophe, rest = ""] = wordStart.exec(toSought(word).plain) ?? [];
  if (start === "") return [];
  return apostrophe ? ["'", "\u2019"].map((mark) => start + mark + rest) : [start];
}

/**
 * The condition that every word stands somewhere as a whole, between characters that are neither letters nor digits. It
 * looks at the beginning of a long message only (`searched`). No index serves it, so it is for contacts at hand.
 */
export function wordsAreWhole(words: Word[]): Prisma.Sql {
  const whole = words.map((word) => {
    const { plain, accented } = toSought(word);
    const text = accented === null ? folded : Prisma.sql`fold_text(${searched})`;
    // With ICU's root, letters are the same in every database.
    return Prisma.sql`${text} collate desk_people ~ ${wholePattern(accented ?? plain)}::text`;
  });
  return whole.length > 0 ? Prisma.sql`(${Prisma.join(whole, " and ")})` : Prisma.sql`true`;
}

const isLetterOrDigit = /^[\p{L}\p{Nd}]$/u;

/** A regular expression for a folded word that is whole. A sign at its end needs nothing beside it. */
function wholePattern(sought: string): string {
  const characters = [...sought];
  const before = isLetterOrDigit.test(characters.at(0) ?? "") ? "(^|[^[:alnum:]])" : "";
  const after = isLetterOrDigit.test(characters.at(-1) ?? "") ? "([^[:alnum:]]|$)" : "";
  return before + sought.replace(/[!-/:-@[-`{-~]/g, "\\$&") + after;
}
