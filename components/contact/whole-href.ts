import type { ContactFilter } from "@/lib/filter/filter";
import { contactHref } from "@/lib/filter/url";

/** A contact's own page with all of a text of which others show the beginning. */
export function wholeHref(id: string, filter: ContactFilter, part: "message" | "insights"): string {
  const href = contactHref(id, filter);
  return `${href}${href.includes("?") ? "&" : "?"}show=${part}`;
}
