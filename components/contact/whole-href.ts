import type { ContactFilter } from "@/lib/filter/filter";
import { contactHref } from "@/lib/filter/url";

/** A contact's own page with the full text of a part that other pages cut off. */
export function wholeHref(id: string, filter: ContactFilter, part: "message" | "insights"): string {
  const href = contactHref(id, filter);
  return `${href}${href.includes("?") ? "&" : "?"}show=${part}`;
}
