import { createServer, request as httpRequest, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { findBodyProblem } from "@/lib/server/http/action-body";
import { bodyLimit, deepestNesting, signInBodyLimit } from "@/lib/server/http/http-limits";
import { guardRequest } from "@/lib/server/http/request-guard";
import { isFromOtherSite, isFromOwnPage } from "@/lib/server/http/request-origin";
import { printToken, sessionCookieName } from "@/lib/staff/session/token";

// A server that says what the guard decided, and what the application would read after it.
let server: Server;
let base: URL;
let cookie: string;
const large = new Map([["large", 4 * bodyLimit]]);

beforeAll(async () => {
  vi.stubEnv("NEXTAUTH_SECRET", "a secret of these tests alone, long enough");
  vi.stubEnv("NEXTAUTH_URL", "");
  vi.stubEnv("TRUST_PROXY", "");
  cookie = `other=1; ${sessionCookieName(false)}=${await printToken({ sessionId: "00000000-0000-4000-8000-000000000001", staffId: null })}`;
  server = createServer(async (request, response) => {
    const guarded = await guardRequest(request, large);
    const read = guarded.ok ? await text(guarded.request) : "";
    response.end(JSON.stringify(guarded.ok ? { ok: true, read } : guarded));
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  base = new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
});

afterAll(() => server.close());

async function text(message: IncomingMessage): Promise<string> {
  let all = "";
  for await (const chunk of message) all += chunk;
  return all;
}

type Asked = {
  method?: string;
  path?: string;
  headers?: Record<string, string | undefined>;
  body?: string;
  parts?: string[];
};

function ask({ method = "POST", path = "/contacts", headers = {}, body, parts }: Asked) {
  const whole = {
    origin: base.origin,
    cookie,
    "next-action": "x",
    "content-type": "text/plain;charset=UTF-8",
    ...headers,
  };
  const given = Object.fromEntries(Object.entries(whole).filter(([, value]) => value !== undefined));
  return new Promise<{
    ok: boolean;
    status?: number;
    reason?: string;
    read?: string;
    headers?: Record<string, string>;
  }>((resolve, reject) => {
    const sent = httpRequest(
      { host: base.hostname, port: base.port, agent: false, method, path, headers: given },
      (answer) => {
        text(answer).then((said) => resolve(JSON.parse(said)), reject);
      },
    );
    sent.on("error", reject);
    for (const part of parts ?? []) sent.write(part);
    sent.end(body);
  });
}

test("a call by somebody with a sealed session passes, and its body is read again as it was, in one piece or in many", async () => {
  const body = JSON.stringify([{ note: "Grüße 🚀" }]);
  expect(await ask({ body })).toEqual({ ok: true, read: body });
  expect(await ask({ parts: ["[", '"a"', ',"b"]'] })).toEqual({ ok: true, read: '["a","b"]' });
});

test("metrics are refused here without their token, and are no share of anybody's with it", async () => {
  const path = "/api/metrics?name=x";
  const refusing = async () => ({ status: 503 as const, reason: "busy", message: "" });
  const guard = (authorization?: string) =>
    guardRequest({ method: "GET", url: path, headers: { authorization } } as IncomingMessage, large, {
      admit: refusing,
    });
  expect(await guard("Bearer anything")).toMatchObject({ ok: false, status: 404 });
  vi.stubEnv("METRICS_TOKEN", "a token of these tests");
  expect(await guard()).toMatchObject({ ok: false, status: 401, headers: { "www-authenticate": "Bearer" } });
  expect(await guard("Bearer a token of these test")).toMatchObject({ ok: false, status: 401 });
  expect(await guard("Bearer a token of these tests")).toMatchObject({ ok: true });
  vi.stubEnv("METRICS_TOKEN", "");
});

test("who has no sealed session is refused before the body, whatever it is, and told where to sign in", async () => {
  const nested = "[".repeat(900_000);
  for (const forged of [undefined, "", `${sessionCookieName(false)}=eyJhbGciOiJub25lIn0.e30.`, cookie.slice(0, -4)]) {
    const refused = await ask({ path: "/contacts?q=a b".replace(" ", "+"), headers: { cookie: forged }, body: nested });
    expect(refused).toMatchObject({ ok: false, status: 401 });
    expect(refused.headers?.["x-action-redirect"]).toBe("/sign-in?next=%2Fcontacts%3Fq%3Da%2Bb;push");
  }
});

test.each([
  ["more than its action may have", 413, `["${"a".repeat(bodyLimit)}"]`],
  ["deeper than calls are", 400, "[".repeat(deepestNesting + 1) + "]".repeat(deepestNesting + 1)],
  ["brackets without end", 400, "[".repeat(bodyLimit - 1)],
  ["no JSON", 400, "[1,"],
  ["nothing", 400, ""],
  ["no arguments", 400, '{"0":1}'],
  ["a reference to a part", 400, '["$1"]'],
  ["a reference to a function", 400, '[{"a":["$F1"]}]'],
  ["a file", 400, '["$B1"]'],
  ["a lone reference", 400, '["$"]'],
])("a body that is %s is answered %i", async (_what, status, body) => {
  expect(await ask({ body })).toMatchObject({ ok: false, status });
});

test("a body is cut off at its limit where its length was not announced", async () => {
  const parts = Array.from({ length: 40 }, () => "a".repeat(4_096));
  expect(await ask({ parts })).toMatchObject({ ok: false, status: 413 });
});

test("an action that needs more may have more, and the sign-in needs no session", async () => {
  const body = JSON.stringify(["a".repeat(2 * bodyLimit)]);
  expect(await ask({ body, headers: { "next-action": "large" } })).toEqual({ ok: true, read: body });
  const form = { "content-type": "application/x-www-form-urlencoded", "next-action": undefined, cookie: undefined };
  const path = "/api/auth/callback/credentials";
  expect(await ask({ path, headers: form, body: "email=a" })).toEqual({ ok: true, read: "email=a" });
  const long = await ask({ path, headers: form, body: "a".repeat(signInBodyLimit + 1) });
  expect(long).toMatchObject({ ok: false, status: 413 });
});

test("what is no call of an action is refused, forms as browsers send them too", async () => {
  for (const type of [
    "multipart/form-data; boundary=x",
    "application/x-www-form-urlencoded",
    "application/json",
    undefined,
  ])
    expect(await ask({ headers: { "content-type": type }, body: "[]" })).toMatchObject({ status: 400 });
  expect(await ask({ headers: { "next-action": undefined }, body: "[]" })).toMatchObject({ status: 400 });
});

test.each(["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "PROPFIND"])("%s is not answered", async (method) => {
  expect(await ask({ method })).toMatchObject({ ok: false, status: 405 });
});

test.each(["*", "http://evil.example/contacts", "/\\evil.example"])("%s is no address", async (path) => {
  expect(await ask({ method: "GET", path })).toMatchObject({ ok: false, status: 400 });
});

test("a POST must come from a page of this desk; an export or a stream must not come from another site", async () => {
  const host = "desk.example";
  const own = (headers: Record<string, string>) => isFromOwnPage({ host, ...headers });
  expect(own({ origin: "https://desk.example" })).toBe(true);
  expect(own({ origin: "https://desk.example", "sec-fetch-site": "same-origin" })).toBe(true);
  expect(isFromOwnPage({ host: "desk.example:443", origin: "https://desk.example" })).toBe(true);
  for (const origin of [
    "https://desk.example.evil",
    "null",
    "file://",
    "https://desk.example:8443",
    "",
    "desk.example",
  ])
    expect(own({ origin })).toBe(false);
  expect(own({})).toBe(false);
  for (const site of ["cross-site", "same-site", "none", "anything"])
    expect(own({ origin: "https://desk.example", "sec-fetch-site": site })).toBe(false);

  const foreign = (headers: Record<string, string>) => isFromOtherSite({ host, ...headers });
  expect(foreign({ "sec-fetch-site": "cross-site" })).toBe(true);
  expect(foreign({ "sec-fetch-site": "same-site" })).toBe(true);
  expect(foreign({ referer: "https://evil.example/page" })).toBe(true);
  expect(foreign({ "sec-fetch-site": "none" })).toBe(false);
  expect(foreign({ referer: "https://desk.example/contacts" })).toBe(false);
  expect(foreign({})).toBe(false);
  const headers = { "sec-fetch-site": "cross-site" };
  expect(await ask({ method: "GET", path: "/export/contacts?q=a", headers })).toMatchObject({ status: 403 });
  expect(await ask({ method: "GET", path: "/api/live", headers })).toMatchObject({ status: 403 });
  expect(await ask({ method: "GET", path: "/contacts", headers })).toMatchObject({ ok: true });
});

test("the address people use is an own one, and a forwarded host only behind a proxy of ours", () => {
  const sent = { host: "10.0.0.7:3000", "x-forwarded-host": "desk.example", origin: "https://desk.example" };
  expect(isFromOwnPage(sent)).toBe(false);
  vi.stubEnv("TRUST_PROXY", "1");
  expect(isFromOwnPage(sent)).toBe(true);
  vi.stubEnv("TRUST_PROXY", "");
  vi.stubEnv("NEXTAUTH_URL", "https://desk.example");
  expect(isFromOwnPage(sent)).toBe(true);
  vi.stubEnv("NEXTAUTH_URL", "");
});

test("whatever plain values a call has, nested as deep as allowed, it is understood; no other bytes raise", () => {
  fc.assert(
    fc.property(fc.array(fc.jsonValue({ maxDepth: 6 }), { maxLength: 5 }), (values) => {
      // As the browser sends it: a leading `$` is doubled.
      const sent = JSON.stringify(values, (_key, value) =>
        typeof value === "string" && value.startsWith("$") ? `$${value}` : value,
      );
      expect(findBodyProblem(Buffer.from(sent))).toBeNull();
    }),
  );
  fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => void findBodyProblem(Buffer.from(bytes))));
});
