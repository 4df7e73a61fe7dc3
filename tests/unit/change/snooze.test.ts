import fc from "fast-check";
import { expect, test } from "vitest";
import { listSnoozeOptions, parseLocalTime, printLocalTime } from "@/lib/change/snooze";
import { parseContactLink } from "@/lib/contact/contact-link";
import { formatNear } from "@/lib/desk/time";

const options = (now: string, zone: string) =>
  listSnoozeOptions(new Date(now), zone).map(({ label, until }) => `${label}: ${printLocalTime(until, zone)}`);

test.each([
  // A whole week, each day at nine in the morning.
  ["Monday", "2026-11-30T08:00:00Z", ["30T11:00", "30T14:00", "01T09:00", "03T09:00", "07T09:00"]],
  ["Tuesday", "2026-12-01T08:00:00Z", ["01T11:00", "01T14:00", "02T09:00", "04T09:00", "07T09:00", "08T09:00"]],
  ["Wednesday", "2026-12-02T08:00:00Z", ["02T11:00", "02T14:00", "03T09:00", "05T09:00", "07T09:00", "09T09:00"]],
  ["Thursday", "2026-12-03T08:00:00Z", ["03T11:00", "03T14:00", "04T09:00", "06T09:00", "07T09:00", "10T09:00"]],
  ["Friday", "2026-12-04T08:00:00Z", ["04T11:00", "04T14:00", "05T09:00", "07T09:00", "11T09:00"]],
  ["Saturday", "2026-12-05T08:00:00Z", ["05T11:00", "05T14:00", "06T09:00", "07T09:00", "08T09:00", "12T09:00"]],
  ["Sunday", "2026-12-06T08:00:00Z", ["06T11:00", "06T14:00", "07T09:00", "09T09:00", "13T09:00"]],
])("on a %s the offers are right and all different", (day, now, times) => {
  const labels = ["In two hours", "This afternoon", "Tomorrow", "In three days", "Monday", "Next week"];
  const without: Record<string, string> = { Monday: "Monday", Sunday: "Monday", Friday: "In three days" };
  const found = options(now, "Europe/Berlin").map((offer) => offer.split(": "));
  expect(found.map(([, time]) => time?.slice(8))).toEqual(times);
  const given = found.map(([label = ""]) => label);
  expect(given.toSorted()).toEqual(labels.filter((label) => label !== without[day]).toSorted());
});

test.each([
  // Two hours from 11:35 are this afternoon; from noon on there is no other.
  ["2026-11-25T10:35:00Z", "Europe/Berlin", ["13:35", "Tomorrow"]],
  ["2026-11-25T10:25:20Z", "Europe/Berlin", ["13:30", "14:00"]],
  ["2026-11-25T14:02:00Z", "Europe/Berlin", ["17:05", "Tomorrow"]],
  ["2026-11-25T22:30:00Z", "Europe/Berlin", ["01:30", "Tomorrow"]],
  // The night in which the clock goes on, and the one in which it goes back.
  ["2026-03-29T00:30:00Z", "Europe/Berlin", ["04:30", "14:00"]],
  ["2026-10-25T00:30:00Z", "Europe/Berlin", ["03:30", "14:00"]],
  ["2026-11-25T02:20:00Z", "Asia/Kathmandu", ["10:05", "14:00"]],
  ["2026-11-25T20:00:00Z", "Pacific/Apia", ["11:00", "14:00"]],
])("at %s in %s the first offers are %j", (now, zone, [first, second = ""]) => {
  const [one = "", two = ""] = options(now, zone);
  expect(one.slice(-5)).toBe(first);
  expect(two).toContain(second);
});

test("no offer is past or stands twice, at any time in any zone", () => {
  const instant = fc.date({ min: new Date("2011-01-01"), max: new Date("2030-01-01"), noInvalidDate: true });
  const zones = fc.constantFrom("Europe/Berlin", "Pacific/Apia", "Australia/Lord_Howe", "America/Sao_Paulo", "UTC");
  fc.assert(
    fc.property(instant, zones, (now, zone) => {
      const found = listSnoozeOptions(now, zone).map(({ until }) => until.getTime());
      expect(found.length).toBeGreaterThanOrEqual(4);
      found.forEach((time, index) => {
        expect(time).toBeGreaterThan(found[index - 1] ?? now.getTime());
      });
    }),
  );
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
