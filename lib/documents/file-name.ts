/**
 * What hides or reorders text: controls and formats (UAX #44, Cc and Cf), default-ignorable characters, line separators
 * and halves of pairs. With them, "offer<RLO>fdp.docx" looks like another type of file.
 */
const hiding = String.raw`[\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}\p{Zl}\p{Zp}\p{Cs}]`;

/** Scripts whose letters join, so that a non-joiner between two of them changes their shape (UAX #31, 2.3, A1). */
const cursive = ["Arab", "Syrc", "Mand", "Mong", "Nkoo", "Phag", "Adlm", "Rohg", "Mani", "Sogd"]
  .map((script) => String.raw`\p{Script_Extensions=${script}}`)
  .join("");

/** The sign that removes a letter's vowel, in each script that has one (canonical combining class 9). */
const virama = String.raw`[\u094d\u09cd\u0a4d\u0acd\u0b4d\u0bcd\u0c4d\u0ccd\u0d3b\u0d3c\u0d4d\u0dca\u0f84\u1039\u103a\u1714\u1734\u17d2\u1a60\u1b44\u1baa\u1bab\u1bf2\u1bf3\ua806\ua82c\ua8c4\ua953\ua9c0\uaaf6\uabed]`;

const pictograph = String.raw`\p{Extended_Pictographic}(?:\ufe0f|\p{Emoji_Modifier})?`;

/** Hiding characters that a script or an emoji needs. Without them the name would be another one. */
const needed = [
  // UAX #31, 2.3, A1: a non-joiner between letters that would join.
  String.raw`(?<=[${cursive}])\u200c(?=[${cursive}])`,
  // A2 and B: a joiner or non-joiner beside a virama. Bengali has it before one, too.
  String.raw`(?<=[\p{L}\p{M}]${virama})[\u200c\u200d]`,
  String.raw`(?<=\p{L})[\u200c\u200d](?=${virama})`,
  // UTS #51, ED-16: a joiner between two pictures.
  String.raw`(?<=${pictograph})\u200d(?=\p{Extended_Pictographic})`,
  // ED-9a and ED-14a: the choice of a colourful form, and the letters of a region's flag.
  String.raw`(?<=\p{Emoji}|\p{L})[\ufe00-\ufe0f]`,
  String.raw`(?<=\p{Script=Han})[\u{e0100}-\u{e01ef}]`,
  String.raw`(?<=\u{1f3f4})[\u{e0030}-\u{e0039}\u{e0061}-\u{e007a}]{1,6}\u{e007f}`,
].join("|");

const neededOrHiding = new RegExp(`(?:${needed})|(${hiding})`, "gu");

/** A part of a file's name: text, or one hiding character. */
export type NamePart = { text: string; hiding: boolean };

/** Splits a file's name at the characters that hide or reorder it. Those that a script or an emoji needs are text. */
export function splitFileName(name: string): NamePart[] {
  const parts: NamePart[] = [];
  let begun = 0;
  for (const match of name.matchAll(neededOrHiding)) {
    if (match[1] === undefined) continue;
    if (match.index > begun) parts.push({ text: name.slice(begun, match.index), hiding: false });
    parts.push({ text: match[1], hiding: true });
    begun = match.index + match[1].length;
  }
  if (begun < name.length) parts.push({ text: name.slice(begun), hiding: false });
  return parts;
}

/** A file's name without the characters that hide or reorder it. */
export function plainFileName(name: string): string {
  return name.replace(neededOrHiding, (character, hidden?: string) => (hidden === undefined ? character : ""));
}

const names: Record<string, string> = {
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

/** What a hiding character is called: its usual abbreviation, or its number. */
export function nameHiding(character: string): string {
  return names[character] ?? `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`;
}
