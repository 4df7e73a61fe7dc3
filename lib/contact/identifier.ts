/**
 * The contact's id from a path segment or parameter as it arrived, percent-encoded.
 * @returns null where it cannot be an id: a malformed escape, a NUL, empty or longer than the column
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
  return id === "" || id.includes("\0") || [...id].length > 255 ? null : id;
}
