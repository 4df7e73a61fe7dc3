import type { IncomingMessage } from "node:http";
import type { Refusal } from "./request-guard";
import { readerOf } from "./request-headers";

/** What is said instead of an answer. `retryAfter`: seconds after which to try again. */
type Said = { title: string; words: string; reason: string; retryAfter: number };

/**
 * "Not now" (503): a page in a browser's window, else only the sentence. The page is self-contained, so it costs almost
 * nothing and needs neither Next nor the database.
 */
export function refuseForNow(request: IncomingMessage, { title, words, reason, retryAfter }: Said): Refusal {
  const known = readerOf(request.headers);
  const inWindow =
    request.method === "GET" && known.get("rsc") === null && /text\/html/.test(known.get("accept") ?? "");
  return {
    status: 503,
    reason,
    message: inWindow ? printPage(title, words) : words,
    headers: { "retry-after": String(retryAfter), ...(inWindow ? pageHeaders : {}) },
  };
}

/** The headers of such a page. */
export const pageHeaders = {
  "content-type": "text/html; charset=utf-8",
  "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
};

/**
 * A page of one sentence. The words are ours, so nothing needs escaping. The link leads to the page itself by default.
 */
export function printPage(title: string, words: string, link = { href: "", label: "Try again" }): string {
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<style>
body { font: 14px/1.5 system-ui, sans-serif; max-width: 30rem; margin: 20vh auto 0; padding: 0 1rem }
h1 { font-size: 1.25rem }
</style>
<main role="alert">
<h1>${title}</h1>
<p>${words}</p>
<p><a href="${link.href}">${link.label}</a></p>
</main>
</html>
`;
}
