import { foldText } from "@/lib/text/fold";

/** One word or phrase to look for, or to leave out. */
export type Word = { text: string; exclude: boolean };

/** Limits of a search; beyond them the words are malformed. */
export const wordLimits = { characters: 500, words: 20 } as const;

/** Quotation marks that a keyboard or a mail program makes of ". */
export const curlyQuotes = "“”„‟＂";

/**
 * Splits a search into words in any order, "quoted phrases", and -word or -"phrase" to exclude. “Curly quotes” are
 * quotes, but within straight ones they stand for themselves. An unclosed quote reaches to the end; a lone "-" is a
 * word. Every other character stands for itself.
 */
export function parseWords(words: string): Word[] {
  const found: Word[] = [];
  for (const [whole, minus, straight, curly] of words.matchAll(wordOrPhrase)) {
    const phrase = straight ?? curly;
    const exclude = phrase === undefined ? whole.length > 1 && whole.startsWith("-") : minus === "-";
    const text = phrase ?? (exclude ? whole.slice(1) : whole);
    if (foldText(text).trim() !== "") found.push({ text, exclude });
  }
  return found;
}

const wordOrPhrase = new RegExp(`(-?)(?:"([^"]*)"?|[${curlyQuotes}]([^"${curlyQuotes}]*)["${curlyQuotes}]?)|\\S+`, "g");
