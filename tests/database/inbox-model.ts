import { isFieldKey } from "@/lib/filter/fields";
import type { ContactFilter } from "@/lib/filter/filter";
import { fieldModel } from "./field-model";
import type { TestContact } from "./inbox-rows";

/** What a filter means, in plain TypeScript that uses none of the product's code. Its SQL is compared with this. */
export function matches(contact: TestContact, filter: ContactFilter, timeZone: string): boolean {
  const day = dayOf(contact.timestamp, timeZone);
  if (filter.from && day < filter.from) return false;
  if (filter.to && day > filter.to) return false;
  if (!wordsMatch(contact, filter.words)) return false;
  return Object.entries(filter.fields).every(([key, { any, none, all }]) => {
    if (!isFieldKey(key)) throw new Error(`There is no field "${key}".`);
    const has = (value: string) => fieldModel[key].has(contact, value);
    return (any.length === 0 || any.some(has)) && !none.some(has) && all.every(has);
  });
}

const formats = new Map<string, Intl.DateTimeFormat>();

function dayOf(instant: string, timeZone: string): string {
  const options = { timeZone, year: "numeric", month: "2-digit", day: "2-digit" } as const;
  const format = formats.get(timeZone) ?? new Intl.DateTimeFormat("sv-SE", options);
  formats.set(timeZone, format);
  // Truncated to milliseconds, because rounding up the last microsecond of a day would move it into the next.
  return format.format(new Date(instant.replace(/(\.\d{3})\d+/, "$1").replace("+00", "Z")));
}

function wordsMatch(contact: TestContact, words: string): boolean {
  // In JavaScript the lower case of İ is two characters; in the database it is an i.
  const lower = (text: string) => text.replaceAll("\u0130", "i").toLowerCase();
  const texts = [contact.name, contact.email, contact.company ?? "", contact.message].map(lower);
  const found = (word: string) =>
    [word, word.normalize("NFC"), word.normalize("NFD")].some((one) => texts.some((text) => text.includes(lower(one))));
  let rest = words;
  while (rest.trim() !== "") {
    rest = rest.trimStart();
    const minus = rest.startsWith("-") && rest.length > 1 && !/^\s/.test(rest[1] ?? "");
    const body = minus ? rest.slice(1) : rest;
    let word: string;
    if (body.startsWith('"')) {
      const end = body.indexOf('"', 1);
      word = body.slice(1, end < 0 ? undefined : end);
      rest = end < 0 ? "" : body.slice(end + 1);
    } else {
      word = body.split(/\s/)[0] ?? "";
      rest = body.slice(word.length);
    }
    if (word.trim() !== "" && found(word) === minus) return false;
  }
  return true;
}
