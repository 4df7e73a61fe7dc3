import { createServer, request as httpRequest } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, expect, test, vi } from "vitest";
import { readAddress, withPeerAddress } from "@/lib/staff/address";
import { cookieOptions, isSecure } from "@/lib/staff/session/token";

afterEach(() => vi.unstubAllEnvs());

const given = (headers: Record<string, string>) => new Headers(headers);

test("without TRUST_PROXY a forwarded address is never believed", () => {
  vi.stubEnv("TRUST_PROXY", "");
  expect(readAddress(given({ "x-forwarded-for": "192.0.2.1" }))).toBeNull();
});

test.each([
  ["1", "192.0.2.1", "192.0.2.1"],
  ["yes", "203.0.113.9, 192.0.2.1", "192.0.2.1"],
  ["2", "forged, 203.0.113.9, 10.0.0.1", "203.0.113.9"],
  ["1", "2001:db8::7", "2001:db8::7"],
  ["1", "::ffff:192.0.2.1", "192.0.2.1"],
  ["1", "not an address", null],
  ["1", "", null],
])("with TRUST_PROXY=%s the address in %j is %s", (proxies, header, address) => {
  vi.stubEnv("TRUST_PROXY", proxies);
  expect(readAddress(given(header ? { "x-forwarded-for": header } : {}))).toBe(address);
});

test("the socket's address is known during its request, on every request of a connection, and not outside", async () => {
  vi.stubEnv("TRUST_PROXY", "");
  const server = createServer((request, response) =>
    withPeerAddress(request.socket.remoteAddress, async () => {
      await new Promise((resolve) => setImmediate(resolve));
      response.end(readAddress(given({ "x-forwarded-for": "6.6.6.6" })));
    }),
  );
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const ask = () =>
    new Promise<string>((resolve) => {
      httpRequest({ port, host: "127.0.0.1" }, (answer) => {
        let text = "";
        answer.on("data", (chunk) => {
          text += chunk;
        });
        answer.on("end", () => resolve(text));
      }).end();
    });
  expect([await ask(), await ask()]).toEqual(["127.0.0.1", "127.0.0.1"]);
  expect(readAddress(given({}))).toBeNull();
  await new Promise((resolve) => server.close(resolve));
});

test("cookies are Secure on https: by NEXTAUTH_URL, or by the protocol a trusted proxy reports", () => {
  const https = given({ "x-forwarded-proto": "https" });
  vi.stubEnv("NEXTAUTH_URL", "https://desk.example");
  expect(isSecure(given({}))).toBe(true);
  vi.stubEnv("NEXTAUTH_URL", "");
  expect(isSecure(https)).toBe(false);
  vi.stubEnv("TRUST_PROXY", "1");
  expect(isSecure(https)).toBe(true);
  expect(isSecure(given({ "x-forwarded-proto": "http" }))).toBe(false);
  expect(cookieOptions(true, 60)).toEqual({ httpOnly: true, sameSite: "lax", secure: true, path: "/", maxAge: 60 });
});
