import { describe, expect, test } from "vitest";
import { dayIn, formatAge, formatDue, formatInstant, formatNear, formatRunningTime } from "@/lib/desk/time";

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

  test.each([
    // Clocks go back from 03:00 to 02:00, so each time between them comes twice.
    ["2026-10-24T23:59:00Z", "Europe/Berlin", "25 Oct 2026, 01:59 Europe/Berlin"],
    ["2026-10-25T00:00:00Z", "Europe/Berlin", "25 Oct 2026, 02:00 (UTC+2) Europe/Berlin"],
    ["2026-10-25T00:59:59Z", "Europe/Berlin", "25 Oct 2026, 02:59 (UTC+2) Europe/Berlin"],
    ["2026-10-25T01:00:00Z", "Europe/Berlin", "25 Oct 2026, 02:00 (UTC+1) Europe/Berlin"],
    ["2026-10-25T01:59:59Z", "Europe/Berlin", "25 Oct 2026, 02:59 (UTC+1) Europe/Berlin"],
    ["2026-10-25T02:00:00Z", "Europe/Berlin", "25 Oct 2026, 03:00 Europe/Berlin"],
    // In spring an hour is left out, and none comes twice.
    ["2026-03-29T00:59:00Z", "Europe/Berlin", "29 Mar 2026, 01:59 Europe/Berlin"],
    ["2026-03-29T01:00:00Z", "Europe/Berlin", "29 Mar 2026, 03:00 Europe/Berlin"],
    ["2026-11-01T05:00:00Z", "America/St_Johns", "1 Nov 2026, 01:30 (UTC-3:30) America/St_Johns"],
    ["2026-11-01T08:30:00Z", "America/Los_Angeles", "1 Nov 2026, 01:30 (UTC-7) America/Los_Angeles"],
    // Half an hour only, and two hours at once.
    ["2026-04-04T15:15:00Z", "Australia/Lord_Howe", "5 Apr 2026, 01:45 (UTC+10:30) Australia/Lord_Howe"],
    ["2026-04-04T14:45:00Z", "Australia/Lord_Howe", "5 Apr 2026, 01:45 (UTC+11) Australia/Lord_Howe"],
    ["2026-04-04T15:30:00Z", "Australia/Lord_Howe", "5 Apr 2026, 02:00 Australia/Lord_Howe"],
    ["2026-10-25T00:59:00Z", "Antarctica/Troll", "25 Oct 2026, 02:59 (UTC+2) Antarctica/Troll"],
    ["2026-10-25T01:00:00Z", "Antarctica/Troll", "25 Oct 2026, 01:00 (UTC) Antarctica/Troll"],
    ["2026-10-25T00:30:00Z", "Asia/Kathmandu", "25 Oct 2026, 06:15 Asia/Kathmandu"],
  ])("shows at %s in %s which of two equal times it is", (instant, zone, words) => {
    expect(formatInstant(new Date(instant), zone)).toBe(words);
  });

  test("tells any two minutes apart, over the days round a change of the clock", () => {
    const shown = new Set<string>();
    const first = Date.UTC(2026, 9, 24);
    for (let minutes = 0; minutes < 3 * 24 * 60; minutes++) {
      shown.add(formatInstant(new Date(first + minutes * 60_000), "Europe/Berlin"));
    }
    expect(shown.size).toBe(3 * 24 * 60);
  });

  test.each([
    ["-000043-03-15T11:00:00Z", "15 Mar 44 BC, 11:00 UTC", "-000043-03-15"],
    ["0000-12-31T23:59:00Z", "31 Dec 1 BC, 23:59 UTC", "0000-12-31"],
    ["0001-01-01T00:00:00Z", "1 Jan 1 AD, 00:00 UTC", "0001-01-01"],
    ["0045-03-15T11:00:00Z", "15 Mar 45 AD, 11:00 UTC", "0045-03-15"],
    ["1066-10-14T09:00:00Z", "14 Oct 1066, 09:00 UTC", "1066-10-14"],
    ["9999-12-31T23:59:00Z", "31 Dec 9999, 23:59 UTC", "9999-12-31"],
    ["+010000-01-01T00:00:00Z", "1 Jan 10000, 00:00 UTC", "+010000-01-01"],
  ])("%s is %s", (instant, words, day) => {
    expect(formatInstant(new Date(instant), "UTC")).toBe(words);
    expect(dayIn("UTC", new Date(instant))).toBe(day);
    expect(formatNear(new Date(instant), "UTC", new Date(new Date(instant).getTime() + 86_400_000))).toMatch(
      /^yesterday/,
    );
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

  test("shows its offset in an hour that comes twice", () => {
    const now = new Date("2026-10-25T08:00:00Z");
    expect(formatNear(new Date("2026-10-25T00:30:00Z"), "Europe/Berlin", now)).toBe("02:30 (UTC+2)");
    expect(formatNear(new Date("2026-10-25T01:30:00Z"), "Europe/Berlin", now)).toBe("02:30 (UTC+1)");
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

test("when something is due is said from now", () => {
  const now = new Date("2026-11-25T10:00:00Z");
  const say = (minutes: number) => formatDue(new Date(now.getTime() + minutes * 60_000), now);
  expect([45, 150, -180, -2 * 24 * 60, 0, 0.5].map(say)).toEqual([
    "in 45 min",
    "in 2 h",
    "late 3 h",
    "late 2 d",
    "now",
    "now",
  ]);
});
