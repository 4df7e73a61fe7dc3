import { foldLetters, parseWords, spellingsOf } from "./words";

/** Matches beyond this are not marked: nobody counts them, and each is an element of the page. */
const mostMatches = 500;

/**
 * If a match begins after `farIn` characters, a line in the list might be cut off before it. So the line then begins
 * about `lead` characters before the match.
 */
const farIn = 60;
const lead = 30;

/** The texts that a search looks for, each in every spelling, without the excluded ones. */
export function findSought(words: string): string[] {
  return parseWords(words)
    .filter(({ exclude }) => !exclude)
    .flatMap(({ text }) => spellingsOf(text));
}

/**
 * The ranges of a text that match any of the sought texts, in order, in UTF-16 units. Those that overlap or touch are
 * joined. Case is ignored letter by letter, as in the predicate: "STRASSE" is not found in "Straße".
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

/**
 * The text from shortly before its first match, so that a line that is cut off still shows the match. It stays as it is
 * if the match is near its beginning, or if there is none.
 */
export function cutBefore(text: string, sought: string[]): string {
  const first = findMatches(text, sought)[0]?.start ?? 0;
  if (first < farIn) return text;
  const space = text.indexOf(" ", first - lead);
  // Without a space the text is cut at the match, because anywhere else could be within a character.
  const near = space >= 0 && space < first ? space + 1 : first;
  return `… ${text.slice(near)}`;
}

/** In lower case, each character by itself and only if it keeps its length, so that offsets are those of the text. */
function foldCase(text: string): string {
  return foldLetters(text).replace(/\p{Changes_When_Lowercased}/gu, (character) => {
    const lower = character.toLowerCase();
    return lower.length === character.length ? lower : character;
  });
}
