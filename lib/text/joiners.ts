/** Scripts whose letters join, so that a non-joiner between two of them changes their shape (UAX #31, 2.3, A1). */
const cursive = ["Arab", "Syrc", "Mand", "Mong", "Nkoo", "Phag", "Adlm", "Rohg", "Mani", "Sogd"]
  .map((script) => String.raw`\p{Script_Extensions=${script}}`)
  .join("");

/** The sign that removes a letter's vowel, in each script that has one (canonical combining class 9). */
const virama = String.raw`[\u094d\u09cd\u0a4d\u0acd\u0b4d\u0bcd\u0c4d\u0ccd\u0d3b\u0d3c\u0d4d\u0dca\u0f84\u1039\u103a\u1714\u1734\u17d2\u1a60\u1b44\u1baa\u1bab\u1bf2\u1bf3\ua806\ua82c\ua8c4\ua953\ua9c0\uaaf6\uabed]`;

const pictograph = String.raw`\p{Extended_Pictographic}(?:\ufe0f|\p{Emoji_Modifier})?`;

/**
 * The source of a pattern (flag u) for the invisible characters that a script or an emoji needs: without them a text
 * would be another one.
 */
export const neededJoiners = [
  // UAX #31, 2.3, A1: a non-joiner between letters that would join.
  String.raw`(?<=[${cursive}])\u200c(?=[${cursive}])`,
  // A2 and B: a joiner or non-joiner beside a virama. Bengali has it before one, too.
  String.raw`(?<=[\p{L}\p{M}]${virama})[\u200c\u200d]`,
  String.raw`(?<=\p{L})[\u200c\u200d](?=${virama})`,
  // UTS #51, ED-16: a joiner between two pictures.
  String.raw`(?<=${pictograph})\u200d(?=\p{Extended_Pictographic})`,
  // ED-9a and ED-14a: the choice of a plain or colourful form, and the letters of a region's flag.
  String.raw`(?<=\p{Emoji})[\ufe0e\ufe0f]`,
  String.raw`(?<=\p{Script=Han})[\u{e0100}-\u{e01ef}]`,
  String.raw`(?<=\u{1f3f4})[\u{e0030}-\u{e0039}\u{e0061}-\u{e007a}]{1,6}\u{e007f}`,
].join("|");
