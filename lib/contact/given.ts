import { isNotGiven } from "@/lib/database/not-given";
import { trimText } from "@/lib/text/visible-text";

/** A stored text without the spaces around it; null where the visitor left it out, or nothing of it can be seen. */
export function given(stored: string | null): string | null {
  return stored === null || isNotGiven(trimText(stored)) ? null : stored.trim();
}

/**
 * A stored page address as a link: only http and https, never script or data. Null for anything else, a site path
 * included.
 */
export function pageHref(stored: string): string | null {
  if (!/^https?:\/\//i.test(stored) || !URL.canParse(stored)) return null;
  const url = new URL(stored);
  return url.username || url.password ? null : url.href;
}
