import { afterEach, describe, expect, test, vi } from "vitest";
import { createEventCounter, keysApart, linesEach } from "@/lib/staff/event-counter";
import { printToken, readSessionId, sessionCookieName } from "@/lib/staff/session/token";
import { deviceCookieName, listSurplusDevices, printDeviceCookie, readDevice } from "@/lib/staff/tries/device-cookie";
import { createMemory } from "@/lib/staff/tries/memory";
import { printWait } from "@/lib/staff/tries/wait";

afterEach(() => {
  vi.unstubAllEnvs();
  vi.useRealTimers();
});

describe("what a process remembers", () => {
  test("is how long a key waits, asked again after a minute at most", () => {
    let now = 0;
    const memory = createMemory(10, () => now);
    memory.rememberWait("a", 900);
    memory.rememberWait("b", 5);
    expect([memory.waitFor("a"), memory.waitFor("b"), memory.waitFor("c")]).toEqual([900, 5, 0]);
    now = 5_000;
    expect([memory.waitFor("a"), memory.waitFor("b")]).toEqual([895, 0]);
    now = 60_000;
    expect(memory.waitFor("a")).toBe(0);
  });

  test("is bounded: a million keys leave room for no more than it has", () => {
    const memory = createMemory(1_000);
    for (let n = 0; n < 1_000_000; n++) memory.rememberWait(`key ${n}`, 900);
    expect(memory.size).toBe(1_000);
    expect(memory.waitFor("key 999999")).toBeGreaterThan(0);
    expect(memory.waitFor("key 0")).toBe(0);
  });

  test("says of a network nothing it has not asked", () => {
    const memory = createMemory(10);
    memory.rememberFamiliar("192.0.2.0/24", true);
    memory.rememberFamiliar("198.51.100.0/24", false);
    expect(["192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24"].map((network) => memory.isFamiliar(network))).toEqual([
      true,
      false,
      null,
    ]);
  });
});

describe("a device's cookie", () => {
  const device = { staffId: "0b8e4f0e-3c44-4c39-8f0d-2d8f3d9f0a11", id: "7c1c0f0e-3c44-4c39-8f0d-2d8f3d9f0a22" };
  const jar = (cookies: Record<string, string>) => ({
    get: (name: string) => (cookies[name] === undefined ? undefined : { value: cookies[name] }),
  });

  test("opens for its own account, and says who and which browser, and no more", async () => {
    vi.stubEnv("NEXTAUTH_SECRET", "a secret for this test, long enough");
    const { name, value, ...options } = await printDeviceCookie("account a", device, true);
    expect(await readDevice(jar({ [name]: value }), "account a", true)).toEqual(device);
    expect(name).toMatch(/^__Secure-desk-device-[0-9a-f]{12}$/);
    expect(options).toEqual({
      httpOnly: true,
      sameSite: "lax",
      secure: true,
      path: "/api/auth/callback",
      maxAge: 180 * 24 * 60 * 60,
    });
    expect(value).not.toContain(Buffer.from(device.staffId).toString("base64url").slice(0, 20));
  });

  test("is worth nothing for another account, changed, forged, under another secret, or as a session", async () => {
    vi.stubEnv("NEXTAUTH_SECRET", "a secret for this test, long enough");
    const { value } = await printDeviceCookie("account a", device, false);
    const other = deviceCookieName("account b", false);
    const own = deviceCookieName("account a", false);
    expect(await readDevice(jar({ [other]: value }), "account b", false)).toBeNull();
    // In the middle: the last letters hold bits that say nothing, so another letter there may be the same cookie.
    const middle = value.length >> 1;
    const changed = value.slice(0, middle) + (value[middle] === "A" ? "B" : "A") + value.slice(middle + 1);
    expect(await readDevice(jar({ [own]: changed }), "account a", false)).toBeNull();
    expect(await readDevice(jar({ [own]: "eyJhbGciOiJub25lIn0.e30." }), "account a", false)).toBeNull();
    expect(
      await readDevice(
        jar({ [own]: await printToken({ sessionId: device.id, staffId: device.staffId }) }),
        "account a",
        false,
      ),
    ).toBeNull();
    const headers = new Headers();
    expect(await readSessionId(jar({ [sessionCookieName(false)]: value }), headers)).toBeNull();
    vi.stubEnv("NEXTAUTH_SECRET", "another secret, as long as the first");
    expect(await readDevice(jar({ [deviceCookieName("account a", false)]: value }), "account a", false)).toBeNull();
  });

  test("is one of eight at most that a shared browser keeps", () => {
    const names = Array.from({ length: 12 }, (_, n) => `desk-device-${n}`);
    expect(listSurplusDevices([...names, "theme"], "desk-device-11")).toEqual(names.slice(0, 4));
    expect(listSurplusDevices(["theme", "desk-device-1"], "desk-device-2")).toEqual([]);
  });
});

describe("events that happen again and again", () => {
  const event = (address: string) => ({ event: "sign_in_busy", address });

  test("are ten lines and one with the count of the rest, each minute and each address", () => {
    vi.useFakeTimers();
    const lines: object[] = [];
    const count = createEventCounter((line) => lines.push(line));
    for (let n = 0; n < 1_000; n++) count(event("a"));
    for (let n = 0; n < 3; n++) count(event("b"));
    expect(lines).toHaveLength(linesEach + 3);
    vi.advanceTimersByTime(60_000);
    expect(lines.slice(linesEach + 3)).toEqual([{ ...event("a"), count: 990, seconds: 60 }]);
    count(event("a"));
    expect(lines.at(-1)).toEqual(event("a"));
  });

  test("of ever new addresses have a bound too, and every one is counted", () => {
    vi.useFakeTimers();
    const lines: { count?: number }[] = [];
    const count = createEventCounter<ReturnType<typeof event>>((line) => lines.push(line));
    for (let n = 0; n < 100_000; n++) count(event(`address ${n}`));
    vi.advanceTimersByTime(60_000);
    expect(lines).toHaveLength(keysApart + linesEach + 1);
    expect(lines.reduce((sum, line) => sum + (line.count ?? 1), 0)).toBe(100_000);
  });
});

test.each([
  [1, "a minute"],
  [61, "2 minutes"],
  [15 * 60, "15 minutes"],
  [119 * 60, "119 minutes"],
  [2 * 3600 - 30, "2 hours"],
  [2 * 3600 + 1, "3 hours"],
])("a wait of %i seconds is said as %s", (seconds, words) => expect(printWait(seconds)).toBe(words));
