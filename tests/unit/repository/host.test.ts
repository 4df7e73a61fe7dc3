import { afterEach, expect, test } from "vitest";
import { isLoopback, localAddresses, readHost, requirePort } from "@/scripts/command/port";

const given = process.env.HOST;
afterEach(() => {
  if (given === undefined) delete process.env.HOST;
  else process.env.HOST = given;
});

test("without HOST the desk with the sample listens for this machine, one with settings for all", () => {
  for (const host of ["", undefined]) {
    if (host === undefined) delete process.env.HOST;
    else process.env.HOST = host;
    expect(readHost(true)).toBe("127.0.0.1");
    expect(readHost(false)).toBeUndefined();
  }
});

test.each(["0.0.0.0", "::", "::1", "192.0.2.7", "2001:db8::7", "localhost", "desk-1.example"])(
  "HOST=%s is taken as told by both",
  (host) => {
    process.env.HOST = host;
    expect([readHost(true), readHost(false)]).toEqual([host, host]);
  },
);

test.each(["127.0.0.1:3000", "http://desk.example", "[::1]", "fe80::1%eth0", "-a", "desk example", "a/b", "*"])(
  "HOST=%s is one sentence",
  (host) => {
    process.env.HOST = host;
    expect(() => readHost(true)).toThrow(/^HOST must be an address or a name of this machine, .* without a port\.$/);
  },
);

test.each(["192.0.2.7", "nobody-has-this-name.invalid"])(
  "HOST=%s, which this machine is not, is one sentence",
  (host) => expect(requirePort(45_998, host)).rejects.toThrow(/^HOST is not an address or name of this machine: /),
);

test.each([
  ["127.0.0.1", true],
  ["127.8.0.1", true],
  ["::1", true],
  ["localhost", true],
  [undefined, false],
  ["0.0.0.0", false],
  ["::", false],
  ["192.0.2.7", false],
  ["127.example", false],
])("a desk on %s is reached by this machine alone: %s", (host, alone) => expect(isLoopback(host)).toBe(alone));

test.each([
  [undefined, "http://localhost:3000", "http://127.0.0.1:3000"],
  ["0.0.0.0", "http://localhost:3000", "http://127.0.0.1:3000"],
  ["127.0.0.1", "http://localhost:3000", "http://127.0.0.1:3000"],
  ["127.8.0.1", "http://127.8.0.1:3000", "http://127.8.0.1:3000"],
  ["::1", "http://localhost:3000", "http://[::1]:3000"],
  ["2001:db8::7", "http://[2001:db8::7]:3000", "http://[2001:db8::7]:3000"],
  ["desk-1.example", "http://desk-1.example:3000", "http://desk-1.example:3000"],
])("a desk on %s is at %s, and is asked at %s", (host, shown, asked) =>
  expect(localAddresses(host, 3000)).toEqual({ shown, asked }),
);
