import type { IncomingHttpHeaders } from "node:http";
import { readSetting } from "@/lib/settings/settings";

/**
 * Whether a request that changes something was sent by a page of this desk (OWASP, Cross-Site Request Forgery
 * Prevention: origin check and Fetch Metadata). Every browser sends the origin with a POST. A request without one, or
 * with one that names no host, is refused.
 */
export function isFromOwnPage(headers: IncomingHttpHeaders): boolean {
  const site = headers["sec-fetch-site"];
  if (site !== undefined && site !== "same-origin") return false;
  const { origin } = headers;
  return origin !== undefined && isOwnOrigin(origin, headers);
}

/**
 * Whether another site made the browser request what no other site should: a download or a stream. A typed address does
 * not count as another site, nor does a program without these headers.
 */
export function isFromOtherSite(headers: IncomingHttpHeaders): boolean {
  const site = headers["sec-fetch-site"];
  if (site !== undefined) return site !== "same-origin" && site !== "none";
  const from = headers.origin ?? headers.referer;
  return from !== undefined && !isOwnOrigin(from, headers);
}

/** Whether an address is on a host by which people know this desk: the request's own host, or the configured one. */
function isOwnOrigin(value: string, headers: IncomingHttpHeaders): boolean {
  if (!/^https?:\/\//i.test(value) || !URL.canParse(value)) return false;
  const origin = new URL(value);
  const forwarded = readSetting("TRUST_PROXY") > 0 ? headers["x-forwarded-host"] : undefined;
  const own = [headers.host, typeof forwarded === "string" ? forwarded : undefined].some(
    (host) => host !== undefined && hostOf(`${origin.protocol}//${host}`) === origin.host,
  );
  return own || hostOf(readSetting("NEXTAUTH_URL") ?? "") === origin.host;
}

/** The host, without the port where it is the scheme's default. */
function hostOf(url: string): string | null {
  return URL.canParse(url) ? new URL(url).host : null;
}
