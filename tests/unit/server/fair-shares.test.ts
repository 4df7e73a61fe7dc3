import { once } from "node:events";
import { Agent, createServer, get, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import { afterEach, describe, expect, test } from "vitest";
import { createShares, kindOf, type Shares, shareLimits, shareOf } from "@/lib/server/shares/fair-shares";

describe("what a request takes a share of", () => {
  test.each([
    ["/contacts", "page"],
    ["/contacts/documents/", "page"],
    ["/", "page"],
    ["/api/auth/session", "page"],
    ["/api/healthy", "page"],
    ["/api/live", "stream"],
    ["/export/contacts", "stream"],
    ["/documents/00000000-0000-4000-8000-000000000000", "stream"],
    ["/api/health", null],
    ["/api/health/ready", null],
    ["/api/metrics", null],
    ["/api/metrics/other", "page"],
    ["/_next/static/chunks/a.js", null],
    ["/pdfjs/pdf.worker.mjs", null],
    ["/icon.svg", null],
  ])("%s is a %s", (path, kind) => {
    expect(kindOf(path)).toBe(kind);
  });

  test("a person has one share, whatever the session and the address", () => {
    const of = (sessionId: string, staffId: string | null, address: string) => shareOf({ sessionId, staffId }, address);
    expect(of("first", "ada", "192.0.2.1")).toBe(of("second", "ada", "192.0.2.2"));
    expect(of("third", "milo", "192.0.2.1")).not.toBe(of("first", "ada", "192.0.2.1"));
    // A cookie from before the person's name was in it.
    expect(of("first", null, "192.0.2.1")).toBe(of("first", null, "192.0.2.2"));
    expect(of("first", null, "192.0.2.1")).not.toBe(of("second", null, "192.0.2.1"));
    expect(of("first", null, "192.0.2.1")).not.toBe(shareOf(null, "192.0.2.1"));
  });

  test("the signed-out have one for their network", () => {
    expect(shareOf(null, "192.0.2.1")).toBe(shareOf(null, "::ffff:192.0.2.1"));
    expect(shareOf(null, "192.0.2.1")).not.toBe(shareOf(null, "192.0.2.2"));
    expect(shareOf(null, "2001:db8::1")).toBe(shareOf(null, "2001:DB8:0:0:ffff::2"));
    expect(shareOf(null, "2001:db8:0:1::1")).not.toBe(shareOf(null, "2001:db8::1"));
    expect(shareOf(null, null)).not.toBe(shareOf(null, "192.0.2.1"));
  });
});

let server: Server | undefined;
afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

/** A server that shares its thread by `x-share`, and what it began and ended, in order. Each answer takes 5 ms of the thread. */
async function serve(shares: Shares) {
  const log: { event: "came" | "began" | "ended"; share: string }[] = [];
  server = createServer(async (request, response) => {
    const share = String(request.headers["x-share"]);
    const gone = new AbortController();
    response.once("close", () => gone.abort());
    log.push({ event: "came", share });
    const admission = await shares.admit(kindOf(request.url ?? ""), share, gone.signal);
    if (!admission.ok) {
      response.writeHead(503, { "retry-after": String(admission.retryAfter) }).end("busy");
      return;
    }
    log.push({ event: "began", share });
    await pause(2);
    for (const until = performance.now() + 5; performance.now() < until; );
    await pause(2);
    log.push({ event: "ended", share });
    admission.release();
    response.end("done");
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const agent = new Agent({ keepAlive: true });
  const ask = (share: string, path = "/contacts") =>
    new Promise<number>((resolve, reject) => {
      get(`${base}${path}`, { agent, headers: { "x-share": share } }, (response) => {
        response.resume().once("end", () => resolve(response.statusCode ?? 0));
      }).once("error", reject);
    });
  return { log, ask };
}

describe("beside somebody who asks for 64 pages at once, over and over", () => {
  test("a colleague is never refused, and waits for no more of theirs than one may have at once", async () => {
    const { log, ask } = await serve(createShares({ ...shareLimits, refusal: 100 }));
    let going = true;
    const greedy: number[] = [];
    const asking = Array.from({ length: 64 }, async () => {
      while (going) greedy.push(await ask("greedy"));
    });
    const colleague: number[] = [];
    for (let each = 0; each < 12; each++) colleague.push(await ask("colleague"));
    going = false;
    await Promise.all(asking);
    expect(new Set(colleague)).toEqual(new Set([200]));
    expect(greedy.filter((status) => status === 503).length).toBeGreaterThan(0);
    expect(greedy.filter((status) => status === 200).length).toBeGreaterThan(0);
    const own = log.flatMap(({ event, share }, at) => (share === "colleague" ? [{ event, at }] : []));
    for (let each = 0; each < own.length; each += 3) {
      const [came, began, ended] = own.slice(each, each + 3).map(({ at }) => at);
      const during = (from = 0, to = 0) =>
        log.slice(from, to).filter(({ event, share }) => event === "began" && share === "greedy").length;
      expect(during(came, began)).toBe(0);
      // Those that run, and for each the next when it has ended.
      if (each > 0) expect(during(began, ended)).toBeLessThanOrEqual(2 * shareLimits.working.shared);
    }
  });

  test("what costs nothing is never refused, to whoever asks", async () => {
    const { ask } = await serve(createShares());
    const asking = Array.from({ length: 64 }, () => ask("greedy"));
    expect(await Promise.all(Array.from({ length: 64 }, () => ask("greedy", "/api/health")))).toEqual(
      Array(64).fill(200),
    );
    await Promise.all(asking);
  });
});

test("while the thread has nothing to do the next page begins, up to as many as one may have under way", async () => {
  const shares = createShares({
    ...shareLimits,
    working: { ...shareLimits.working, idle: 20 },
    patience: 300,
    refusal: 0,
  });
  await shares.admit("page", "other").then((other) => other.ok && other.release());
  const begun = Array.from({ length: shareLimits.pages + 1 }, () => shares.admit("page", "slow"));
  expect((await Promise.all(begun)).map(({ ok }) => ok)).toEqual([...Array(shareLimits.pages).fill(true), false]);
});

test("while the thread is busy it does not", async () => {
  const shares = createShares({
    ...shareLimits,
    working: { ...shareLimits.working, shared: 1, idle: 20 },
    patience: 1_000,
    refusal: 0,
  });
  await shares.admit("page", "other").then((other) => other.ok && other.release());
  await shares.admit("page", "one");
  let begun = false;
  const next = shares.admit("page", "one").then(() => {
    begun = true;
  });
  for (let turn = 0; turn < 20; turn++) {
    for (const until = performance.now() + 10; performance.now() < until; );
    await new Promise(setImmediate);
  }
  expect(begun).toBe(false);
  await next;
  expect(begun).toBe(true);
});

test("who leaves while waiting takes nothing", async () => {
  const shares = createShares({ ...shareLimits, working: { alone: 1, shared: 1, total: 1, idle: 60_000 } });
  const first = await shares.admit("page", "one");
  const leaving = new AbortController();
  const waiting = shares.admit("page", "one", leaving.signal);
  const next = shares.admit("page", "other");
  leaving.abort();
  expect((await waiting).ok).toBe(false);
  if (first.ok) first.release();
  expect((await next).ok).toBe(true);
});

test("what a page uses of the thread after it gave its turn back makes its person wait beside others as well", async () => {
  let used = 0;
  const shares = createShares({ ...shareLimits, working: { ...shareLimits.working, idle: 1_500 } }, () => used);
  const first = await shares.admit("page", "greedy");
  // Waits for the database; its turn is over.
  await pause(1_600);
  used += shareLimits.yields.above + 1;
  if (first.ok) first.release();
  const colleague = await shares.admit("page", "colleague");
  const begun: string[] = [];
  const asked = ["one", "two"].map((name) => shares.admit("page", "greedy").then(() => begun.push(name)));
  await Promise.race(asked);
  await pause(0);
  expect(begun).toEqual(["one"]);
  expect(colleague.ok).toBe(true);
});
