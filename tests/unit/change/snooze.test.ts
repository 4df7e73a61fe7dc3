import { expect, test } from "vitest";
import { listSnoozeOptions, parseLocalTime, printLocalTime } from "@/lib/change/snooze";
import { parseContactLink } from "@/lib/contact/contact-link";
import { formatNear } from "@/lib/desk/time";

const options = (now: string, zone: string) =>
  listSnoozeOptions(new Date(now), zone).map(({ label, until }) => `${label}: ${printLocalTime(until, zone)}`);

test.each([
  ["2026-11-25T08:10:30Z", "Europe/Berlin", "12:30", "2026-11-26", "2026-11-30"],
  ["2026-11-25T08:30:00Z", "Europe/Berlin", "12:30", "2026-11-26", "2026-11-30"],
  ["2026-11-30T08:00:00Z", "Europe/Berlin", "12:00", "2026-12-01", "2026-12-07"],
  ["2026-11-25T17:00:00Z", "Europe/Berlin", null, "2026-11-26", "2026-11-30"],
  ["2026-11-25T22:30:00Z", "Europe/Berlin", null, "2026-11-26", "2026-11-30"],
  ["2026-03-28T08:00:00Z", "Europe/Berlin", "12:00", "2026-03-29", "2026-03-30"],
  ["2026-10-24T08:00:00Z", "Europe/Berlin", "13:00", "2026-10-25", "2026-10-26"],
  ["2026-11-25T02:20:00Z", "Asia/Kathmandu", "11:30", "2026-11-26", "2026-11-30"],
  ["2026-11-25T20:00:00Z", "Pacific/Apia", "12:00", "2026-11-27", "2026-11-30"],
])("at %s in %s one can put off until later, tomorrow and next week", (now, zone, later, tomorrow, monday) => {
  const found = options(now, zone);
  const today = printLocalTime(new Date(now), zone).slice(0, 10);
  expect(found).toEqual([
    ...(later ? [`Later today: ${today}T${later}`] : []),
    `Tomorrow morning: ${tomorrow}T09:00`,
    `Next week: ${monday}T09:00`,
  ]);
});

test("what is typed is a time on the desk's clock, whatever the browser's zone", () => {
  const parse = (text: string, zone: string) => parseLocalTime(text, zone)?.toISOString() ?? null;
  expect(parse("2026-12-01T09:00", "Europe/Berlin")).toBe("2026-12-01T08:00:00.000Z");
  expect(parse("2026-07-01T09:00", "Europe/Berlin")).toBe("2026-07-01T07:00:00.000Z");
  expect(parse("2026-12-01T09:00", "Asia/Kathmandu")).toBe("2026-12-01T03:15:00.000Z");
  expect(parse("2026-12-01T09:00", "Pacific/Apia")).toBe("2026-11-30T20:00:00.000Z");
  for (const nonsense of ["", "2026-12-01", "2026-02-30T09:00", "2026-12-01T25:00", "tomorrow", "2026-12-01T09:00Z"]) {
    expect(parse(nonsense, "UTC"), nonsense).toBeNull();
  }
});

test("a time that the clock jumps over is after the jump", () => {
  expect(parseLocalTime("2026-03-29T02:30", "Europe/Berlin")?.toISOString()).toBe("2026-03-29T01:30:00.000Z");
});

test("a near time is said as people say it", () => {
  const say = (instant: string, zone = "Europe/Berlin") =>
    formatNear(new Date(instant), zone, new Date("2026-11-25T10:00:00Z"));
  expect(say("2026-11-25T15:30:00Z")).toBe("16:30");
  expect(say("2026-11-26T08:00:00Z")).toBe("tomorrow 09:00");
  expect(say("2026-11-24T08:00:00Z")).toBe("yesterday 09:00");
  expect(say("2026-11-30T08:00:00Z")).toBe("Mon 09:00");
  expect(say("2026-12-02T08:00:00Z")).toBe("2 Dec 2026, 09:00");
  expect(say("2026-11-20T08:00:00Z")).toBe("20 Nov 2026, 09:00");
  expect(say("2026-11-25T23:30:00Z")).toBe("tomorrow 00:30");
  expect(formatNear(new Date(8.64e15), "UTC", new Date())).toBe("an unknown time");
});

test("a contact is meant by its id or by any link to it", () => {
  expect(parseContactLink(" contact_1_a ")).toBe("contact_1_a");
  expect(parseContactLink("https://desk.example/contacts/contact_1_a?status=new")).toBe("contact_1_a");
  expect(parseContactLink("/contacts/legacy%205%2F%C3%BCmlaut%3F%26%23#history")).toBe("legacy 5/ümlaut?&#");
  expect(parseContactLink("http://localhost:3000/contacts?status=new&open=contact_1_a")).toBe("contact_1_a");
  expect(parseContactLink("/contacts/open?id=..")).toBe("..");
  expect(parseContactLink("legacy 5/ümlaut?&#")).toBe("legacy 5/ümlaut?&#");
  for (const nobody of ["", "  ", "/contacts", "https://desk.example/contacts?status=new", "/contacts/%E0%A4%A"]) {
    expect(parseContactLink(nobody), nobody).toBeNull();
  }
});
