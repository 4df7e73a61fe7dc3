import { neededJoiners } from "./joiners";

/**
 * Characters that show nothing, as the inside of a character class: Unicode's White_Space and
 * Default_Ignorable_Code_Point, the control characters, and the empty Braille pattern, which looks like a space.
 * sql/0920 has the same list, and a test compares the two over every code point.
 */
const invisible = String.raw`\0-\x20\x7f-\xa0\xad\u034f\u061c\u115f\u1160\u1680\u17b4\u17b5\u180b-\u180f\u2000-\u200f\u2028-\u202f\u205f-\u206f\u2800\u3000\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufff8\u{1bca0}-\u{1bca3}\u{1d173}-\u{1d17a}\u{e0000}-\u{e0fff}`;

/** Those that change how the letter or emoji before them looks: variation selectors, the joiner, the tags of flags. */
const attached = String.raw`\u180b-\u180d\u180f\u200d\ufe00-\ufe0f\u{e0020}-\u{e007f}\u{e0100}-\u{e01ef}`;

const visiblePart = new RegExp(
  `(?=[^${invisible}]).*(?:[^${invisible}\\x21-\\x7e][${attached}]+|[^${invisible}])`,
  "su",
);

/**
 * A text without the blanks and invisible characters around it, of every kind that Unicode has. What belongs to its
 * last letter or emoji stays. "" if nothing of it can be seen. SQL's trim_text (sql/0920) gives the same.
 */
export function trimText(text: string): string {
  return visiblePart.exec(text)?.[0] ?? "";
}

/** Whether nothing of a text can be seen. */
export function isBlank(text: string): boolean {
  return !visiblePart.test(text);
}

const lineEnd = /\r\n|[\r\v\f\u0085\u2028\u2029]/g;

/**
 * A text whose lines all end in "\n", for showing it. Unicode's other mandatory breaks (UAX 14: CR, NEL, VT, FF, LS,
 * PS) do not break a line in every browser.
 */
export function breakLines(text: string): string {
  return text.replace(lineEnd, "\n");
}

/** A text on one line: each run of blanks and line ends is one space. */
export function onOneLine(text: string): string {
  return text.replace(/[\s\u0085]+/g, " ").trim();
}

const hidden = new RegExp(`[${invisible}]`, "u");
const needed = new RegExp(neededJoiners, "gu");

const names: Record<string, string> = {
  "\u00a0": "NBSP",
  "\u00ad": "SHY",
  "\u061c": "ALM",
  "\u200b": "ZWSP",
  "\u200c": "ZWNJ",
  "\u200d": "ZWJ",
  "\u200e": "LRM",
  "\u200f": "RLM",
  "\u202a": "LRE",
  "\u202b": "RLE",
  "\u202c": "PDF",
  "\u202d": "LRO",
  "\u202e": "RLO",
  "\u2060": "WJ",
  "\u2066": "LRI",
  "\u2067": "RLI",
  "\u2068": "FSI",
  "\u2069": "PDI",
  "\ufeff": "BOM",
};

/**
 * A text with what cannot be seen of it replaced. Spaces stay, and so do joiners and variation selectors that a script
 * or an emoji needs.
 */
export function replaceHidden(text: string, replace: (character: string) => string): string {
  // Plain texts are by far the most common ones, and every facet and chip asks.
  if (/^[ -~]*$/.test(text)) return text;
  const kept = new Set<number>();
  for (const { 0: found, index } of text.matchAll(needed)) {
    for (let unit = index; unit < index + found.length; unit++) kept.add(unit);
  }
  let shown = "";
  let at = 0;
  for (const character of text) {
    const isShown = character === " " || !hidden.test(character) || kept.has(at);
    shown += isShown ? character : replace(character);
    at += character.length;
  }
  return shown;
}

/**
 * A stored value as a label that looks different from every other value's. Most are shown as they are. Spaces that
 * nobody would see are "␣", other invisible characters have their name, and so has a text whose accents are stored
 * apart from their letters.
 */
export function markHidden(value: string): string {
  const label = replaceHidden(value, markOf)
    // A browser shows no spaces at the ends, and one of several.
    .replace(/^ +| +$| {2,}/g, (spaces) => "␣".repeat(spaces.length))
    .replace(/(␣|⇥|↵|‹[^›]+›)\1{3,}/gu, (run: string, one: string) => `${one}×${run.length / one.length}`);
  return value === value.normalize("NFC") ? label : `${label} ‹letters stored apart›`;
}

function markOf(character: string): string {
  return marks[character] ?? `‹${nameHidden(character)}›`;
}

const marks: Record<string, string> = { "\t": "⇥", "\n": "↵" };

/** What an invisible character is called: its usual abbreviation, or its number. */
export function nameHidden(character: string): string {
  return names[character] ?? `U+${hexOf(character)}`;
}

/** A character's code point as Unicode prints it: "200B". */
export function hexOf(character: string): string {
  return (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0");
}
