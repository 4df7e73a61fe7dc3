import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { defaultWeek } from "@/lib/desk/response-targets";
import { findWeekStart } from "@/lib/desk/week-start";
import { describeFilter } from "@/lib/filter/chips";
import { describeDays, isDay, namedDays, parseDay, resolveDay, resolveDays, writeLastDays } from "@/lib/filter/days";
import { emptyFilter } from "@/lib/filter/filter";

const on = (today: string, weekStart: 0 | 1 | 6 = 1) => ({ today, weekStart });
const ends = (day: string, today: string, weekStart: 0 | 1 | 6 = 1) =>
  (["from", "to"] as const).map((end) => resolveDay(day, end, on(today, weekStart)));

describe("relative days", () => {
  test.each([
    ["today", "2026-03-31", "2026-03-31", "2026-03-31"],
    ["yesterday", "2026-03-01", "2026-02-28", "2026-02-28"],
    ["-7d", "2024-03-03", "2024-02-25", "2024-02-25"],
    ["-2w", "2026-01-05", "2025-12-22", "2025-12-22"],
    ["-1m", "2026-03-31", "2026-02-28", "2026-02-28"],
    ["-13m", "2025-03-31", "2024-02-29", "2024-02-29"],
    ["-1y", "2024-02-29", "2023-02-28", "2023-02-28"],
    ["-999y", "2026-01-01", "1027-01-01", "1027-01-01"],
    ["this-month", "2024-02-15", "2024-02-01", "2024-02-29"],
    ["last-month", "2026-03-31", "2026-02-01", "2026-02-28"],
    ["last-month", "2026-01-01", "2025-12-01", "2025-12-31"],
    ["this-quarter", "2026-05-31", "2026-04-01", "2026-06-30"],
    ["last-quarter", "2026-01-31", "2025-10-01", "2025-12-31"],
    ["this-year", "2026-12-31", "2026-01-01", "2026-12-31"],
    ["last-year", "2024-02-29", "2023-01-01", "2023-12-31"],
    ["2026-11-22", "2020-01-01", "2026-11-22", "2026-11-22"],
  ])("%s on %s is from %s to %s", (day, today, from, to) => {
    expect(ends(day, today)).toEqual([from, to]);
  });

  test.each([
    // 22 November 2026 is a Sunday.
    [1, "2026-11-22", "2026-11-16", "2026-11-22"],
    [1, "2026-11-23", "2026-11-23", "2026-11-29"],
    [0, "2026-11-22", "2026-11-22", "2026-11-28"],
    [0, "2026-11-21", "2026-11-15", "2026-11-21"],
    [6, "2026-11-22", "2026-11-21", "2026-11-27"],
  ] as const)("a week that begins on day %i has %s in it from %s to %s", (weekStart, today, from, to) => {
    expect(ends("this-week", today, weekStart)).toEqual([from, to]);
  });

  test("any day lies in this period, and the last one ends on the day before", () => {
    const days = fc.integer({ min: 0, max: 40_000 }).map((count) => new Date(count * 86_400_000));
    const check = fc.property(
      days,
      fc.constantFrom(0, 1, 6),
      fc.constantFrom("week", "month", "quarter", "year"),
      (date, weekStart, unit) => {
        const today = date.toISOString().slice(0, 10);
        const [from = "", to = ""] = ends(`this-${unit}`, today, weekStart);
        expect([from, today, to].toSorted()).toEqual([from, today, to]);
        const before = new Date(Date.parse(`${from}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10);
        expect(ends(`last-${unit}`, today, weekStart)[1]).toBe(before);
      },
    );
    fc.assert(check, { numRuns: 1_000 });
  });

  test("every relative day is some day, and one that is written is read again", () => {
    const texts = fc.oneof(
      fc.constantFrom(...namedDays),
      fc.tuple(fc.integer({ min: 0, max: 999 }), fc.constantFrom(..."dwmy")).map(([count, unit]) => `-${count}${unit}`),
    );
    const check = fc.property(texts, fc.date({ min: new Date("1970-01-01"), noInvalidDate: true }), (text, date) => {
      const day = parseDay(text) ?? "";
      expect(parseDay(day)).toBe(day);
      const today = date.toISOString().slice(0, 10);
      if (isDay(today)) for (const end of ends(day, today)) expect(isDay(end)).toBe(true);
    });
    fc.assert(check, { numRuns: 1_000 });
  });

  test("a filter keeps its fixed days, and is itself where all are", () => {
    const mixed = { ...emptyFilter, from: "last-week", to: "2026-11-22" };
    expect(resolveDays(mixed, on("2026-11-25"))).toEqual({ ...mixed, from: "2026-11-16" });
    const fixed = { ...emptyFilter, from: "2026-11-22" };
    expect(resolveDays(fixed, on("2026-11-25"))).toBe(fixed);
  });

  test("the last days are as many as they say", () => {
    expect(writeLastDays(1)).toEqual({ from: "today", to: "today" });
    expect(writeLastDays(2)).toEqual({ from: "yesterday", to: "today" });
    expect(writeLastDays(30)).toEqual({ from: "-29d", to: "today" });
  });
});

test.each([
  ["today", "today", "today"],
  ["last-month", "last-month", "last month"],
  ["this-week", null, "since this week"],
  [null, "-2w", "until 2 weeks ago"],
  ["-6d", "today", "the last 7 days"],
  ["yesterday", "today", "the last 2 days"],
  ["-1m", "today", "1 month ago to today"],
  ["2026-11-01", "yesterday", "1 Nov 2026 to yesterday"],
  ["2026-11-01", "2026-11-01", "on 1 Nov 2026"],
])("from %s to %s is said as %s", (from, to, words) => {
  expect(describeDays({ from, to })).toBe(words);
  expect(describeFilter({ ...emptyFilter, from, to })[0]?.text).toBe(words);
});

test("a week begins on Monday, unless the business hours show that it begins on Sunday or Saturday", () => {
  expect(findWeekStart(defaultWeek.map((hours) => hours !== null))).toBe(1);
  const begins = ["xxxxxxx", "xxxxxx-", "xx-xxxx", "-------", "xxxx--x", "xxxxx-x", "xxx--xx", "xxxx-xx"].map((days) =>
    findWeekStart([...days].map((day) => day === "x")),
  );
  expect(begins).toEqual([1, 1, 1, 1, 0, 0, 6, 6]);
});
