/** Deeper levels are not indented further: 3,000 levels would be megabytes of spaces. */
const deepestIndent = 24;

/**
 * JSON laid out over lines without parsing it. So numbers, escapes and order stay as stored, also 1e400 or 12,000
 * digits. Never throws, and works on a part of a value as well. Ends after `limit` characters of output.
 * @param text JSON as PostgreSQL prints it
 */
export function layOutJson(text: string, limit = Number.POSITIVE_INFINITY): { text: string; complete: boolean } {
  const pieces: string[] = [];
  let depth = 0;
  let length = 0;
  const put = (piece: string) => {
    pieces.push(piece);
    length += piece.length;
  };
  const breakLine = () => put(`\n${"  ".repeat(Math.min(Math.max(depth, 0), deepestIndent))}`);
  // A token is a string, closed or cut off; a bracket, comma or colon; or a run of anything else.
  const tokens = /"(?:[^"\\]|\\.)*(?:"|\\?$)|[[\]{},:]|[^\s[\]{},:"]+/gs;
  let previous = "";
  for (const [token] of text.matchAll(tokens)) {
    if (length >= limit) return { text: cutText(pieces.join(""), limit), complete: false };
    if (token === "]" || token === "}") {
      depth -= 1;
      if (previous !== "[" && previous !== "{") breakLine();
    } else if (previous === "[" || previous === "{" || previous === ",") {
      breakLine();
    }
    put(token === ":" ? ": " : token);
    if (token === "[" || token === "{") depth += 1;
    previous = token;
  }
  const laidOut = pieces.join("");
  return laidOut.length > limit
    ? { text: cutText(laidOut, limit), complete: false }
    : { text: laidOut, complete: true };
}

/** At most `limit` UTF-16 units of a text, never half a character. */
export function cutText(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const last = text.charCodeAt(limit - 1);
  return text.slice(0, last >= 0xd800 && last <= 0xdbff ? limit - 1 : limit);
}
