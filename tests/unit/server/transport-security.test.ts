import { afterEach, expect, test } from "vitest";
import { transportSecurity } from "@/lib/server/http/transport-security";

const given = process.env.NEXTAUTH_URL;
afterEach(() => {
  if (given === undefined) delete process.env.NEXTAUTH_URL;
  else process.env.NEXTAUTH_URL = given;
});

test.each([
  ["https://desk.example", true],
  ["https://desk.example:8443/", true],
  ["https://127.0.0.1:8443", true],
  ["http://desk.example", false],
  ["https://localhost:3000", false],
  ["https://desk.localhost", false],
  ["", false],
])("a desk at %j keeps browsers on https: %s", (address, kept) => {
  process.env.NEXTAUTH_URL = address;
  const [name, value] = transportSecurity() ?? [];
  expect(name).toBe(kept ? "strict-transport-security" : undefined);
  // No word for the hosts below its name.
  expect(value).toBe(kept ? "max-age=63072000" : undefined);
});
