import { isFieldKey } from "@/lib/filter/fields";
import type { ContactFilter } from "@/lib/filter/filter";
import { foldPlain, foldText } from "@/lib/text/fold";
import { fieldModel } from "../filter/field-model";
import type { TestContact } from "./inbox-rows";

/** What a filter means, in plain TypeScript that uses none of the product's code but the folding, which fold.test.ts tests. */
export function matches(contact: TestContact, filter: ContactFilter, timeZone: string): boolean {
  const day = dayOf(contact.timestamp, timeZone);
  if (filter.from && day < daysMeant(filter.from)[0]) return false;
  if (filter.to && day > daysMeant(filter.to)[1]) return false;
  if (!wordsMatch(contact, filter.words)) return false;
  return Object.entries(filter.fields).every(([key, { any, none, all }]) => {
    if (!isFieldKey(key)) throw new Error(`There is no field "${key}".`);
    const has = (value: string) => fieldModel[key].has(contact, value);
    return (any.length === 0 || any.some(has)) && !none.some(has) && all.every(has);
  });
}

/** The first and the last day of each relative day, by the calendar of the test's today: Sunday, 22 November 2026. */
const meant: Record<string, [string, string]> = {
  today: ["2026-11-22", "2026-11-22"],
  yesterday: ["2026-11-21", "2026-11-21"],
  "-28d": ["2026-10-25", "2026-10-25"],
  "-4w": ["2026-10-25", "2026-10-25"],
  "-33m": ["2024-02-22", "2024-02-22"],
  "-15y": ["2011-11-22", "2011-11-22"],
  "this-week": ["2026-11-16", "2026-11-22"],
  "last-week": ["2026-11-09", "2026-11-15"],
  "this-month": ["2026-11-01", "2026-11-30"],
  "last-month": ["2026-10-01", "2026-10-31"],
  "this-quarter": ["2026-10-01", "2026-12-31"],
  "last-quarter": ["2026-07-01", "2026-09-30"],
  "this-year": ["2026-01-01", "2026-12-31"],
  "last-year": ["2025-01-01", "2025-12-31"],
};

/** The relative days that the model knows. */
export const relativeDays = Object.keys(meant);

const daysMeant = (day: string): [string, string] => meant[day] ?? [day, day];

const formats = new Map<string, Intl.DateTimeFormat>();

function dayOf(instant: string, timeZone: string): string {
  const options = { timeZone, year: "numeric", month: "2-digit", day: "2-digit" } as const;
  const format = formats.get(timeZone) ?? new Intl.DateTimeFormat("sv-SE", options);
  formats.set(timeZone, format);
  // Truncated to milliseconds, because rounding up the last microsecond of a day would move it into the next.
  return format.format(new Date(instant.replace(/(\.\d{3})\d+/, "$1").replace("+00", "Z")));
}

function wordsMatch(contact: TestContact, words: string): boolean {
  const texts = [contact.name, contact.email, contact.company ?? "", contact.message];
  // Typed without accents, a word is found with and without; an accent that was typed must be there.
  const found = (word: string) =>
    foldPlain(word) === foldText(word)
      ? texts.some((text) => foldPlain(text).includes(foldPlain(word)))
      : texts.some((text) => foldText(text).includes(foldText(word)));
  return splitWords(words).every(({ word, minus }) => found(word) !== minus);
}

/** The words and phrases of a search, and whether each is excluded. */
function splitWords(words: string): { word: string; minus: boolean }[] {
  const split: { word: string; minus: boolean }[] = [];
  let rest = words;
  while (rest.trim() !== "") {
    rest = rest.trimStart();
    const minus = rest.startsWith("-") && rest.length > 1 && !/^\s/.test(rest[1] ?? "");
    const body = minus ? rest.slice(1) : rest;
    let word: string;
    if (/^["“”„‟＂]/.test(body)) {
      // Within straight quotes, curly ones stand for themselves.
      const end = body.startsWith('"') ? body.indexOf('"', 1) : body.slice(1).search(/["“”„‟＂]/) + 1 || -1;
      word = body.slice(1, end < 0 ? undefined : end);
      rest = end < 0 ? "" : body.slice(end + 1);
    } else {
      word = body.split(/\s/)[0] ?? "";
      rest = body.slice(word.length);
    }
    if (foldText(word).trim() !== "") split.push({ word, minus });
  }
  return split;
}

/**
 * Where "best match" puts a contact: 0 if its name begins with one of the words, 1 if it has all of them as whole words,
 * else 2. Always 0 if no word has three letters or digits in a row, or a letter beyond them.
 * @param recent whether whole words are told from parts in it; without that, a contact is 3
 */
export function rankOf(contact: TestContact, words: string, recent = true): number {
  const sought = splitWords(words).flatMap(({ word, minus }) => (minus ? [] : [word]));
  if (!sought.some((word) => /[a-z0-9]{3}|[^\0-\x7f]/.test(foldPlain(word)))) return 0;
  const folding = (word: string) => (foldPlain(word) === foldText(word) ? foldPlain : foldText);
  const begins = (word: string) => folding(word)(contact.name).startsWith(folding(word)(word));
  if (sought.some((word) => isPartOfWord(foldPlain(word).charAt(0)) && begins(word))) return 0;
  if (!recent) return 3;
  const texts = [contact.name, contact.email, contact.company ?? "", contact.message];
  const isWhole = (word: string) => texts.some((text) => hasWhole(folding(word)(text), folding(word)(word)));
  return sought.every(isWhole) ? 1 : 2;
}

function hasWhole(text: string, word: string): boolean {
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
    const before = [...text.slice(0, at)].at(-1) ?? "";
    const after = [...text.slice(at + word.length)][0] ?? "";
    const joined = (outside: string, inside: string) => isPartOfWord(outside) && isPartOfWord(inside);
    if (!joined(before, [...word][0] ?? "") && !joined(after, [...word].at(-1) ?? "")) return true;
  }
  return false;
}

const isPartOfWord = (character: string) => /^[\p{L}\p{N}]$/u.test(character);
