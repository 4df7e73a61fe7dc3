import { given } from "@/lib/contact/given";
import type { Person } from "./person";

/**
 * What is taken out of others' records: the person's address, their contacts' ids, and with `withNames` their names that consist of
 * several words. One word alone is too often somebody else, or no name at all; a short id is too often a number. None of these can
 * stand in JSON but in a string.
 */
export function listWords({ address, names, contacts }: Omit<Person, "contact">, withNames: boolean): string[] {
  const words = address?.includes("@") ? [address] : [];
  if (withNames) words.push(...names.flatMap((name) => given(name) ?? []).filter((name) => /\S\s+\S/.test(name)));
  words.push(...contacts.filter((id) => id.length >= 12 && /\p{L}/u.test(id)));
  return words;
}

/** The same words in every form in which they are stored, the longest first: as typed, in a URL, and in JSON. */
export function listForms(words: string[]): string[] {
  const forms = words.flatMap((word) => [
    word,
    encodeURIComponent(word),
    new URLSearchParams([["", word]]).toString().slice(1),
    JSON.stringify(word).slice(1, -1),
  ]);
  return [...new Set(forms)].sort((a, b) => b.length - a.length);
}

/** A pattern for LIKE that finds a text anywhere. */
export function likePattern(text: string): string {
  return `%${text.replaceAll(/[\\%_]/g, "\\$&")}%`;
}
