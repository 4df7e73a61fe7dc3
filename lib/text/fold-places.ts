import { dropAccents, foldText } from "./fold";

/** A folded text. Its unit at `place` comes from the original text's units from `starts[place]` to `ends[place]`. */
export type PlacedFolding = { folded: string; starts: number[]; ends: number[] };

/**
 * Folds a text and keeps the place of every unit, in UTF-16 units, so that what is found in the folded text can be
 * shown in the original. The folded text is exactly that of foldText, or of foldPlain if `plain`.
 */
export function foldWithPlaces(text: string, plain: boolean): PlacedFolding {
  const starts: number[] = [];
  const ends: number[] = [];
  const pieces: string[] = [];
  let afterBlank = false;
  for (const { 0: piece, index } of text.matchAll(togetherOnly)) {
    const whole = plain ? dropAccents(foldText(piece)) : foldText(piece);
    // A run of blanks is one blank. It may come from several pieces.
    const folded: string = afterBlank && whole.startsWith(" ") ? whole.slice(1) : whole;
    if (folded === "") continue;
    pieces.push(folded);
    for (let unit = 0; unit < folded.length; unit++) {
      starts.push(index);
      ends.push(index + piece.length);
    }
    afterBlank = folded.endsWith(" ");
  }
  return { folded: pieces.join(""), starts, ends };
}

/**
 * What must be folded together: a character with the marks after it, and the parts of Hangul. Folded alone, each such
 * piece gives what it gives within the text.
 */
const ignorable = String.raw`\p{Default_Ignorable_Code_Point}`;
const hangulPart = String.raw`[\u1100-\u11ff\u3131-\u318e\u3200-\u321e\u3260-\u327e\ua960-\ua97f\ud7b0-\ud7ff\uffa0-\uffdc]`;
const togetherOnly = new RegExp(
  String.raw`(?:[\uac00-\ud7a3]?(?:[\p{M}${ignorable}]*${hangulPart})+|[^])[\p{M}${ignorable}\uff9e\uff9f]*`,
  "gu",
);
