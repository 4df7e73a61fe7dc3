/** A range of numbers, both ends included; null where it is open. */
export type NumberRange = { least: string | null; most: string | null };

const number = /^(?:\d{1,7})(?:\.\d{1,6})?$/;

/**
 * Reads `3-`, `1-3`, `-2` or `3` (exactly three), with up to six decimals, and ends within 0…`limit`.
 * Gives null for anything else, a reversed range included.
 */
export function parseRange(text: string, limit: number): NumberRange | null {
  const parts = text.split("-");
  if (parts.length > 2) return null;
  const [first = "", second = first] = parts;
  const least = parseBound(first, limit);
  const most = parseBound(second, limit);
  if (least === undefined || most === undefined || (least === null && most === null)) return null;
  if (least !== null && most !== null && Number(least) > Number(most)) return null;
  return { least, most };
}

/** The one way to write a range: `3-`, `1-3`, `-2`, and `3` for from three to three. */
export function printRange({ least, most }: NumberRange): string {
  return least === most ? (least ?? "") : `${least ?? ""}-${most ?? ""}`;
}

/**
 * A range in words: "3 or more", "1 to 3", "up to 2". `0.2-0.399999` is "0.2 to under 0.4", because numbers have six
 * decimals.
 */
export function describeRange({ least, most }: NumberRange): string {
  if (least === most) return least ?? "";
  if (most === null) return `${least} or more`;
  const above = String(Number((Number(most) + 1e-6).toFixed(6)));
  const upTo = /\.\d{6}$/.test(most) && above.length < most.length - 3 ? `under ${above}` : most;
  if (least === null) return upTo === most ? `up to ${most}` : upTo;
  return `${least} to ${upTo}`;
}

/** The bound in its canonical form, null if it is open, undefined if it is malformed. */
function parseBound(text: string, limit: number): string | null | undefined {
  if (text === "") return null;
  if (!number.test(text) || Number(text) > limit) return undefined;
  return String(Number(text)).includes("e") ? Number(text).toFixed(6) : String(Number(text));
}
