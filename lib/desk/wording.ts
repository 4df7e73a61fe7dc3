/** A whole number with separators: "1,284". */
export function formatCount(count: number): string {
  return count.toLocaleString("en");
}

/** "1 contact", "1,284 contacts". */
export function countOf(count: number, noun: string): string {
  return `${formatCount(count)} ${noun}${count === 1 ? "" : "s"}`;
}

const conjunction = new Intl.ListFormat("en-GB", { type: "conjunction" });

/** "Ada", "Ada and Milo", "Ada, Milo and Tomo". */
export function joinWords(words: Iterable<string>): string {
  return conjunction.format(words);
}
