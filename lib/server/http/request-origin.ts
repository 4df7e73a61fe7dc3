import type { IncomingHttpHeaders } from "node:http";
import { readSetting } from "@/lib/settings/settings";

/**
 * Whether a request that changes something was sent by a page of this desk (OWASP, Cross-Site Request Forgery Prevention:
 * origin check and Fetch Metadata). Every browser names the origin of a POST; one that does not, or names no host, is refused.
 */
export function isFromOwnPage(headers: IncomingHttpHeaders): boolean {
  const site = headers["sec-fetch-site"];
  if (site !== undefined && site !== "same-origin") return false;
  const { origin } = headers;
  return origin !== undefined && isOwnOrigin(origin, headers);
}

/**
 * Whether another site made the browser ask for something that no other site should: a file to take away, a stream. A typed
 * address and a program without these headers are no other site.
 */
export function isFromOtherSite(headers: IncomingHttpHeaders): boolean {
  const site = headers["sec-fetch-site"];
  if (site !== undefined) return site !== "same-origin" && site !== "none";
  const from = headers.origin ?? headers.referer;
  return from !== undefined && !isOwnOrigin(from, headers);
}

/** The hosts people may know this desk by: what the request says, and the configured address. */
function isOwnOrigin(value: string, headers: IncomingHttpHeaders): boolean {
  if (!/^https?:\/\//i.test(value) || !URL.canParse(value)) return false;
  const origin = new URL(value);
  const forwarded = readSetting("TRUST_PROXY") > 0 ? headers["x-forwarded-host"] : undefined;
  const own = [headers.host, typeof forwarded === "string" ? forwarded : undefined].some(
    (host) => host !== undefined && hostOf(`${origin.protocol}//${host}`) === origin.host,
  );
  return own || hostOf(readSetting("NEXTAUTH_URL") ?? "") === origin.host;
}

/** Without the port where it is the scheme's own. */
function hostOf(url: string): string | null {
  return URL.canParse(url) ? new URL(url).host : null;
}
