/** One word or phrase to look for, or to leave out. */
export type Word = { text: string; exclude: boolean };

/** The spellings of a text: as given, and with its accents composed (NFC) and decomposed (NFD), if those differ. */
export function spellingsOf(text: string): string[] {
  return [...new Set([text, text.normalize("NFC"), text.normalize("NFD")].map(foldLetters))];
}

/** Replaces İ and the kelvin sign by i and k: the database folds these two letters beyond ASCII to ASCII. */
export function foldLetters(text: string): string {
  return text.replaceAll("\u0130", "i").replaceAll("\u212a", "k");
}

/** Limits of a search; beyond them the words are malformed. */
export const wordLimits = { characters: 500, words: 20 } as const;

/**
 * Splits a search into words in any order, "quoted phrases", and -word or -"phrase" to exclude. An unclosed quote
 * reaches to the end; a lone "-" is a word. Every other character stands for itself.
 */
export function parseWords(words: string): Word[] {
  const found: Word[] = [];
  for (const [whole, minus, phrase] of words.matchAll(/(-?)"([^"]*)"?|\S+/g)) {
    const exclude = phrase === undefined ? whole.length > 1 && whole.startsWith("-") : minus === "-";
    const text = phrase ?? (exclude ? whole.slice(1) : whole);
    if (text.trim() !== "") found.push({ text, exclude });
  }
  return found;
}
