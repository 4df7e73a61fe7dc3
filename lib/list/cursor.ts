import { z } from "zod";
import { isStorable } from "@/lib/database/values";
import type { ContactFilter, Sort } from "@/lib/filter/filter";
import { isRanked, orderSince } from "./best-match";
import { isInstant, orders } from "./sorts";

/**
 * The position of a row in an order. Keys are texts as PostgreSQL prints them: a JS Date loses microseconds. `since`: the
 * ranking of "best match" that the position belongs to.
 */
export type CursorPosition = { section: number; keys: string[]; id: string; since?: string };

const storable = z.string().max(1_000).refine(isStorable);

const shape = z.strictObject({
  sort: z.string(),
  section: z.number().int().nonnegative(),
  keys: z.array(storable).max(3),
  id: storable,
  since: storable.refine(isInstant).optional(),
});

/** A row's position as an opaque text for the URL, bound to the order it belongs to. */
export function printCursor(sort: Sort, { section, keys, id, since }: CursorPosition): string {
  return Buffer.from(JSON.stringify({ sort, section, keys, id, since })).toString("base64url");
}

/**
 * Reads a cursor of a filter's list back. If it is malformed or belongs to another order, gives a message for the page
 * instead. Never throws.
 */
export function parseCursor(
  filter: Pick<ContactFilter, "sort" | "words">,
  text: string,
): { position: CursorPosition } | { problem: string } {
  const parsed = shape.safeParse(readJson(text));
  if (!parsed.success)
    return { problem: "This link's position in the list could not be read, so this is the first page." };
  const { sort: own, ...position } = parsed.data;
  if (own !== filter.sort)
    return { problem: "This link's position belongs to another order, so this is the first page." };
  const { since } = position;
  const { keys, sections } = since === undefined ? orders[filter.sort] : orderSince(filter, since);
  const fits =
    isRanked(filter) === (since !== undefined) &&
    position.section < sections.length &&
    position.keys.length === keys.length &&
    keys.every((key, index) => key.accepts(position.keys[index] ?? ""));
  return fits
    ? { position }
    : { problem: "This link's position in the list could not be read, so this is the first page." };
}

function readJson(text: string): unknown {
  if (text.length > 6_000) return null;
  try {
    return JSON.parse(Buffer.from(text, "base64url").toString("utf8"));
  } catch {
    return null;
  }
}
