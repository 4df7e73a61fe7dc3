import { neededJoiners } from "@/lib/text/joiners";

/**
 * What hides or reorders text: controls and formats (UAX #44, Cc and Cf), default-ignorable characters, line separators
 * and halves of pairs. With them, "offer<RLO>fdp.docx" looks like another type of file.
 */
const hiding = String.raw`[\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}\p{Zl}\p{Zp}\p{Cs}]`;

const neededOrHiding = new RegExp(`(?:${neededJoiners})|(${hiding})`, "gu");

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
