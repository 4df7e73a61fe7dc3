import { foldLetters, parseWords, spellingsOf } from "./words";

/** Matches beyond this are not marked: nobody counts them, and each is an element of the page. */
const mostMatches = 500;

/** Characters before a match beyond which a line in the list may end before it, and those that are left then. */
const farIn = 60;
const lead = 30;

/** The texts that a search looks for, in each spelling, without those it leaves out. */
export function findSought(words: string): string[] {
  return parseWords(words)
    .filter(({ exclude }) => !exclude)
    .flatMap(({ text }) => spellingsOf(text));
}

/**
 * Where a text has any of those that are sought, in its order, in UTF-16 units; what overlaps or touches is one.
 * Case does not count, letter by letter, as in the predicate: "STRASSE" is not found in "Straße".
 */
export function findMatches(text: string, sought: string[]): { start: number; end: number }[] {
  const folded = foldCase(text);
  const found: { start: number; end: number }[] = [];
  for (const one of sought) {
    const wanted = foldCase(one);
    if (wanted === "") continue;
    let matches = 0;
    for (
      let at = folded.indexOf(wanted);
      at >= 0 && matches < mostMatches;
      at = folded.indexOf(wanted, at + wanted.length)
    ) {
      found.push({ start: at, end: at + wanted.length });
      matches++;
    }
  }
  const joined: { start: number; end: number }[] = [];
  for (const match of found.sort((one, other) => one.start - other.start)) {
    const last = joined.at(-1);
    if (last && match.start <= last.end) last.end = Math.max(last.end, match.end);
    else joined.push({ ...match });
  }
  return joined.slice(0, mostMatches);
}

/** A text that begins shortly before its first match, so that a line that is cut off shows it; as it is without one. */
export function cutBefore(text: string, sought: string[]): string {
  const first = findMatches(text, sought)[0]?.start ?? 0;
  if (first < farIn) return text;
  const space = text.indexOf(" ", first - lead);
  // Where there is no space, it is cut at the match: anywhere else could be within a character.
  const near = space >= 0 && space < first ? space + 1 : first;
  return `… ${text.slice(near)}`;
}

/** In lower case, each character by itself and of the same length, so that places in it are places in the text. */
function foldCase(text: string): string {
  return foldLetters(text).replace(/\p{Changes_When_Lowercased}/gu, (character) => {
    const lower = character.toLowerCase();
    return lower.length === character.length ? lower : character;
  });
}
