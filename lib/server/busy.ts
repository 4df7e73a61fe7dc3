import type { IncomingMessage } from "node:http";
import { busyWords } from "./busy-words";
import type { Refusal } from "./request-guard";
import { readerOf } from "./request-headers";

/** What somebody hears who has more under way than their share: a page in a browser's window, else the sentence alone. */
export function refuseBusy(request: IncomingMessage, retryAfter: number): Refusal {
  const known = readerOf(request.headers);
  const inWindow =
    request.method === "GET" && known.get("rsc") === null && /text\/html/.test(known.get("accept") ?? "");
  return {
    status: 503,
    reason: "too much at once",
    message: inWindow ? busyPage : busyWords,
    headers: { "retry-after": String(retryAfter), ...(inWindow ? pageHeaders : {}) },
  };
}

const pageHeaders = {
  "content-type": "text/html; charset=utf-8",
  "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
};

/** It is made of nothing else, so that it costs nothing. The link leads to the page itself. */
const busyPage = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>The desk is busy</title>
<style>
body { font: 14px/1.5 system-ui, sans-serif; max-width: 30rem; margin: 20vh auto 0; padding: 0 1rem }
h1 { font-size: 1.25rem }
</style>
<main role="alert">
<h1>The desk is busy</h1>
<p>${busyWords}</p>
<p><a href="">Try again</a></p>
</main>
</html>
`;
