import { describe, expect, test } from "vitest";
import { formatAge, formatInstant, formatNear, formatRunningTime } from "@/lib/desk/time";

describe("an instant on the desk's clock", () => {
  const instant = new Date("2026-11-22T23:30:00Z");

  test("is cut in the desk's zone, not in the server's", () => {
    expect(formatInstant(instant, "UTC")).toBe("22 Nov 2026, 23:30 UTC");
    expect(formatInstant(instant, "Europe/Berlin")).toBe("23 Nov 2026, 00:30 Europe/Berlin");
    expect(formatInstant(instant, "Pacific/Apia")).toBe("23 Nov 2026, 12:30 Pacific/Apia");
  });

  test("keeps midnight as 00 and September as Sep", () => {
    expect(formatInstant(new Date("2026-09-01T00:05:00Z"), "UTC")).toBe("1 Sep 2026, 00:05 UTC");
  });

  test("says so when it is not one", () => {
    expect(formatInstant(new Date(Number.NaN), "UTC")).toBe("Unknown time");
  });
});

describe("an age", () => {
  const now = new Date("2026-11-22T12:00:00Z");
  const ago = (seconds: number) => formatAge(new Date(now.getTime() - seconds * 1000), now);

  test.each([
    [-5, "now"],
    [59, "now"],
    [60, "1 min"],
    [3_599, "59 min"],
    [3_600, "1 h"],
    [86_399, "23 h"],
    [86_400, "1 d"],
    [29 * 86_400, "29 d"],
    [30 * 86_400, "1 mo"],
    [364 * 86_400, "12 mo"],
    [365 * 86_400, "1 y"],
    [3 * 365 * 86_400, "3 y"],
  ])("of %i seconds is %s", (seconds, words) => {
    expect(ago(seconds)).toBe(words);
  });
});

describe("an instant that is near", () => {
  // The last of March in Berlin, some hours before clocks go forward.
  const now = new Date("2026-03-28T20:00:00Z");

  test.each([
    ["2026-03-28T15:30:00Z", "16:30"],
    ["2026-03-29T07:00:00Z", "tomorrow 09:00"],
    ["2026-03-27T08:00:00Z", "yesterday 09:00"],
    ["2026-04-03T07:00:00Z", "Fri 09:00"],
    ["2026-04-04T07:00:00Z", "4 Apr 2026, 09:00"],
    ["2027-01-03T08:00:00Z", "3 Jan 2027, 09:00"],
    ["2026-03-28T23:05:00Z", "tomorrow 00:05"],
  ])("%s is said as %s", (instant, words) => {
    expect(formatNear(new Date(instant), "Europe/Berlin", now)).toBe(words);
  });

  test("and is refused in a zone that does not exist", () => {
    expect(() => formatNear(now, "Mars/Olympus", now)).toThrow(RangeError);
  });
});

test("how long something runs is said in words, that it has just started too", () => {
  const now = new Date("2026-11-22T23:30:00Z");
  const since = (seconds: number) => formatRunningTime(new Date(now.getTime() - seconds * 1000), now);
  expect([-60, 20, 300, 3 * 86_400].map(since)).toEqual(["started just now", "started just now", "up 5 min", "up 3 d"]);
});
