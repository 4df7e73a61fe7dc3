import { dropAccents, foldPlain, foldText } from "@/lib/text/fold";
import { foldWithPlaces, type PlacedFolding } from "@/lib/text/fold-places";
import { parseWords } from "./words";

/** Matches beyond this are not marked: nobody counts them, and each is an element of the page. */
const mostMatches = 500;

/**
 * If a match begins after `farIn` characters, a line in the list might be cut off before it. So the line then begins
 * about `lead` characters before the match.
 */
const farIn = 60;
const lead = 30;

/** The texts that a search looks for, folded, without the excluded ones. */
export function findSought(words: string): string[] {
  return parseWords(words)
    .filter(({ exclude }) => !exclude)
    .map(({ text }) => foldText(text));
}

/**
 * The ranges of a text that match any of the sought texts, in order, in UTF-16 units. Those that overlap or touch are
 * joined. They are found as the predicate finds words: folded, and without accents unless the sought text has some.
 * What is folded together is marked together: the whole "ß" if "s" is sought.
 */
export function findMatches(text: string, sought: string[]): { start: number; end: number }[] {
  const found: { start: number; end: number }[] = [];
  const placed: { plain?: PlacedFolding; exact?: PlacedFolding } = {};
  for (const one of sought) {
    const isPlain = dropAccents(one) === one;
    if (one === "" || !(isPlain ? foldPlain(text) : foldText(text)).includes(one)) continue;
    const kind = isPlain ? "plain" : "exact";
    placed[kind] ??= foldWithPlaces(text, isPlain);
    const { folded, starts, ends } = placed[kind];
    let matches = 0;
    for (let at = folded.indexOf(one); at >= 0 && matches < mostMatches; at = folded.indexOf(one, at + one.length)) {
      found.push({ start: starts[at] ?? 0, end: ends[at + one.length - 1] ?? 0 });
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
