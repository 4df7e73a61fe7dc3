import { z } from "zod";
import { isStorable } from "@/lib/database/values";
import { parseWords, type Word, wordLimits } from "@/lib/filter/words";
import { longestSought } from "./found";

const request = z.strictObject({
  q: z
    .string()
    .max(longestSought)
    .refine(isStorable)
    // Control characters separate words, as a tab between pasted words does.
    .overwrite((typed) => typed.replace(/\p{Cc}/gu, " ")),
});

/**
 * The words to look for, as the list's search reads them. None if nothing of what was typed can be seen, or if all of it
 * is excluded. Null for a request that the palette does not send.
 */
export function parseFind(params: URLSearchParams): Word[] | null {
  const given = [...params];
  const parsed = request.safeParse(Object.fromEntries(given));
  if (!parsed.success || given.length !== 1) return null;
  const words = parseWords(parsed.data.q);
  if (words.length > wordLimits.words) return null;
  return words.some(({ exclude }) => !exclude) ? words : [];
}
