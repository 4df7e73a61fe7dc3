import fc from "fast-check";
import { expect, test } from "vitest";
import { listWeeks, moveMonth } from "@/lib/desk/month";
import { printDay } from "@/lib/desk/time";
import { readDay, readFormDays } from "@/lib/desk/typed-day";
import { printDayAndTime, readDayAndTime, readTime } from "@/lib/desk/typed-time";

const typing = { today: "2026-12-04" };

test.each([
  ["22 Nov 2026", "2026-11-22"],
  ["22 november 2026", "2026-11-22"],
  ["22. Nov 2026", "2026-11-22"],
  ["Nov 22, 2026", "2026-11-22"],
  ["3/11/2026", "2026-11-03"],
  ["03.11.2026", "2026-11-03"],
  ["2026-11-22", "2026-11-22"],
  ["3 Sept", "2026-09-03"],
  ["Dec 24", "2026-12-24"],
  ["tomorrow", "2026-12-05"],
  ["29 Feb 2024", "2024-02-29"],
  ["29 Feb 2026", null],
  ["31.11.2026", null],
  ["11/22/2026", null],
  ["22 Foo 2026", null],
  ["22 ju 2026", null],
  ["soon", null],
  ["constructor", null],
  ["", null],
])("%j is the day %j", (text, day) => {
  expect(readDay(text, typing)).toBe(day);
});

test("a day without a year is the next one for what lies ahead, and none where nobody says what today is", () => {
  expect(readDay("4 Jan", { ...typing, ahead: true })).toBe("2027-01-04");
  expect(readDay("4 Dec", { ...typing, ahead: true })).toBe("2026-12-04");
  expect(readDay("4 Jan")).toBeNull();
  expect(readDay("today")).toBeNull();
});

test.each([
  ["9", "09:00"],
  ["9:30", "09:30"],
  ["17.05", "17:05"],
  ["930", "09:30"],
  ["5 pm", "17:00"],
  ["12 am", "00:00"],
  ["24:00", "00:00"],
  ["25:00", null],
  ["9:60", null],
  ["13 pm", null],
  ["noon", null],
])("%j is the time %j", (text, time) => {
  expect(readTime(text)).toBe(time);
});

test.each([
  ["5 Dec 2026, 09:30", "2026-12-05T09:30"],
  ["2030-07-01T09:30", "2030-07-01T09:30"],
  ["tomorrow 9", "2026-12-05T09:00"],
  ["tomorrow at 5 pm", "2026-12-05T17:00"],
  ["4 Jan", "2027-01-04T09:00"],
  ["Dec 24", "2026-12-24T09:00"],
  ["17:00", "2026-12-04T17:00"],
  ["5 Dec 2026, 25:00", null],
  ["when it is ready", null],
])("%j is %j on the desk's clock", (text, local) => {
  expect(readDayAndTime(text, { ...typing, ahead: true })).toBe(local);
});

test("a form's days are read as they are shown; what is none stays, to be named as not understood", () => {
  const sent = new URLSearchParams("q=1 Jan 2001&from=1 Jan 2001&to=today&to=soon");
  expect(String(readFormDays(sent))).toBe("q=1+Jan+2001&from=2001-01-01&to=today&to=soon");
});

test("what is shown is read back, for every day and minute", () => {
  const day = fc
    .date({ min: new Date("0001-01-01"), max: new Date("9999-12-31"), noInvalidDate: true })
    .map((date) => date.toISOString());
  fc.assert(
    fc.property(day, (instant) => {
      const [name, local] = [instant.slice(0, 10), instant.slice(0, 16)];
      expect(readDay(printDay(name))).toBe(name);
      expect(readDayAndTime(printDayAndTime(local), typing)).toBe(local);
    }),
  );
});

test("a month is shown in whole weeks that begin on the desk's first day", () => {
  const weeks = listWeeks("2026-11", 1);
  expect(weeks.map(([first]) => first)).toEqual([
    "2026-10-26",
    "2026-11-02",
    "2026-11-09",
    "2026-11-16",
    "2026-11-23",
    "2026-11-30",
  ]);
  expect(listWeeks("2026-02", 0).map(([first]) => first)).toEqual([
    "2026-02-01",
    "2026-02-08",
    "2026-02-15",
    "2026-02-22",
  ]);
  expect([moveMonth("2026-01-31", 1), moveMonth("2026-03-31", -1), moveMonth("2026-12-15", 1)]).toEqual([
    "2026-02-28",
    "2026-02-28",
    "2027-01-15",
  ]);
});
