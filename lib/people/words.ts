import { given } from "@/lib/contact/given";
import type { Person } from "./person";

/**
 * The words to remove from others' records: the person's address, their contacts' ids and, with `withNames`, their
 * names. Visitors choose their name and address themselves. So only what can hardly be anything else counts as one
 * (`isName`, `isAddress`). Short ids are left out, because they are too often a number. In JSON these words can occur
 * only in strings.
 */
export function listWords({ address, names, contacts }: Omit<Person, "contact">, withNames: boolean): string[] {
  const words = address && isAddress(address) ? [address] : [];
  if (withNames) words.push(...names.flatMap((name) => given(name) ?? []).filter(isName));
  words.push(...contacts.filter((id) => id.length >= 12 && /\p{L}/u.test(id) && !/["\\,\s]/.test(id)));
  return words;
}

/** Whether a text is exactly one address. */
function isAddress(text: string): boolean {
  return /^[^\s"\\,@]+@[^\s"\\,@]+\.[^\s"\\,@]+$/.test(text);
}

/**
 * Whether a text can be a person's name: only letters, with at least two words. In scripts with capitals, two words
 * must begin with one. "of the" or a single word would be removed from everybody's records.
 */
function isName(text: string): boolean {
  if (!/^[\p{L}\p{M}.'’ -]+$/u.test(text)) return false;
  const words = text.split(" ").filter((word) => (word.match(/\p{L}/gu)?.length ?? 0) >= 2);
  const capitals = words.filter((word) => /^[\p{Lu}\p{Lt}]/u.test(word));
  const withoutCase = words.filter((word) => (word.match(/\p{Lo}/gu)?.length ?? 0) >= 2);
  return capitals.length >= 2 || withoutCase.length >= 2;
}

/** The words in every form in which they are stored, longest first: as typed, in a URL, and in JSON. */
export function listForms(words: string[]): string[] {
  const forms = words.flatMap((word) => [
    word,
    encodeURIComponent(word),
    new URLSearchParams([["", word]]).toString().slice(1),
    JSON.stringify(word).slice(1, -1),
  ]);
  return [...new Set(forms)].sort((a, b) => b.length - a.length);
}
