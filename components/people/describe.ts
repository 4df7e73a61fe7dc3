import { countOf, joinWords } from "@/lib/desk/wording";
import type { PersonCounts } from "@/lib/people/person";

/** What each number counts, in the order in which it is listed. */
const nouns: [keyof PersonCounts, string][] = [
  ["contacts", "contact"],
  ["documents", "document"],
  ["files", "file"],
  ["notes", "note"],
  ["history", "row of history"],
  ["events", "website event"],
  ["views", "saved view"],
  ["mentions", "mention in others' records"],
];

const plurals: Partial<Record<keyof PersonCounts, string>> = {
  history: "rows of history",
  mentions: "mentions in others' records",
};

function say(key: keyof PersonCounts, noun: string, count: number): string {
  const plural = plurals[key];
  return plural && count !== 1 ? countOf(count, noun).replace(`${noun}s`, plural) : countOf(count, noun);
}

/** "2 contacts, 1 document and 3 notes"; "nothing" if all numbers are 0. */
export function describeCounts(counts: Partial<PersonCounts>): string {
  const parts = nouns.filter(([key]) => (counts[key] ?? 0) > 0).map(([key, noun]) => say(key, noun, counts[key] ?? 0));
  const emptied = counts.blanked ? ` (${countOf(counts.blanked, "contact")} emptied, not deleted)` : "";
  return (parts.length > 0 ? joinWords(parts) : "Nothing") + emptied;
}

/** Each number with what it counts, one a line. */
export function listCounts(counts: PersonCounts): string[] {
  return nouns.map(([key, noun]) => say(key, noun, counts[key]));
}
