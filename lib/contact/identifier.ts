import { z } from "zod";
import { isStorable } from "@/lib/database/values";

/**
 * The contact's id from a path segment or parameter as it arrived, percent-encoded.
 * @returns null where it cannot be an id: a malformed escape, empty, longer than the column, or no text that can be stored
 */
export function parseContactId(segment: string): string | null {
  try {
    return checkContactId(decodeURIComponent(segment));
  } catch {
    return null;
  }
}

/** The same for an id that is already decoded, as query parameters are. */
export function checkContactId(id: string): string | null {
  return isContactId(id) ? id : null;
}

/** The schema of an id that a browser sends. */
export const contactIdSchema = z.string().refine(isContactId, "not an id that can be stored");

function isContactId(id: string): boolean {
  return id !== "" && isStorable(id) && [...id].length <= 255;
}
