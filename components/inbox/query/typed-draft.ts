import { type ContactFilter, withWords } from "@/lib/filter/filter";
import { parseQueryText } from "@/lib/filter/query/text";
import { printFilter } from "@/lib/filter/url";

/** Text typed into the query bar and not committed, with the filters for which it is still valid. */
type Typed = { staffId: string; filters: string[]; draft: string };

const storageKey = "typed query";

/**
 * Keeps what is being typed while the tab is open. So it is still there after signing in again, or after coming back
 * from a contact. Its words may be in the address by then, so it is kept for the filter with and without them.
 */
export function keepTyped(staffId: string, filter: ContactFilter, draft: string | null): void {
  if (draft === null) {
    sessionStorage.removeItem(storageKey);
    return;
  }
  const { words } = parseQueryText(draft).filter;
  const filters = [filter, withWords(filter, words)].map((each) => String(printFilter(each)));
  sessionStorage.setItem(storageKey, JSON.stringify({ staffId, filters, draft } satisfies Typed));
}

/** The text that this person was typing for this filter; null if there is none. */
export function recallTyped(staffId: string, filter: ContactFilter): string | null {
  try {
    const typed: Partial<Typed> | null = JSON.parse(sessionStorage.getItem(storageKey) ?? "null");
    const same = typed?.staffId === staffId && typed.filters?.includes(String(printFilter(filter)));
    return same && typeof typed.draft === "string" ? typed.draft : null;
  } catch {
    return null;
  }
}
