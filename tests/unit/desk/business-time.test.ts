import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { addBusinessTime, type BusinessWeek, subtractBusinessTime } from "@/lib/desk/business-time";
import { parseTargets, parseWeek, targetsSchema, weekSchema } from "@/lib/desk/response-input";
import {
  defaultTargets,
  defaultWeek,
  findDue,
  findDueLimits,
  findOverdueLimits,
  parseClock,
  printClock,
} from "@/lib/desk/response-targets";

const berlin = "Europe/Berlin";
const always: BusinessWeek = Array.from({ length: 7 }, () => ({ from: 0, to: 1_440 }));
const at = (text: string) => new Date(text);

describe("eight hours of business time before an instant", () => {
  test.each([
    ["within a day", "2026-11-25T17:00+01:00", "2026-11-25T09:00+01:00"],
    ["over a night", "2026-11-25T12:00+01:00", "2026-11-24T12:00+01:00"],
    ["over a weekend", "2026-11-23T10:00+01:00", "2026-11-20T10:00+01:00"],
    ["from a weekend", "2026-11-22T03:00+01:00", "2026-11-20T09:00+01:00"],
    ["before the day opens", "2026-11-25T08:59+01:00", "2026-11-24T09:00+01:00"],
    ["after it has closed", "2026-11-25T23:00+01:00", "2026-11-25T09:00+01:00"],
    ["over the change to summer time", "2026-03-30T10:00+02:00", "2026-03-27T10:00+01:00"],
    ["over the change to winter time", "2026-10-26T10:00+01:00", "2026-10-23T10:00+02:00"],
  ])("%s", (_, now, then) => {
    expect(subtractBusinessTime(at(now), 480, defaultWeek, berlin)).toEqual(at(then));
    expect(addBusinessTime(at(then), 480, defaultWeek, berlin)?.getTime()).toBeLessThanOrEqual(at(now).getTime());
  });
});

test("a day of a clock change that is open all day has 23 hours, or 25", () => {
  expect(addBusinessTime(at("2026-03-29T00:00+01:00"), 23 * 60, always, berlin)).toEqual(at("2026-03-30T00:00+02:00"));
  expect(addBusinessTime(at("2026-10-25T00:00+02:00"), 25 * 60, always, berlin)).toEqual(at("2026-10-26T00:00+01:00"));
});

test("a day that a zone left out has no business time, and counts once at that", () => {
  const apia = "Pacific/Apia";
  // Thursday 29 December 2011 was followed by Saturday the 31st.
  expect(addBusinessTime(at("2011-12-29T16:00-10:00"), 120, defaultWeek, apia)).toEqual(at("2012-01-02T10:00+14:00"));
  expect(subtractBusinessTime(at("2012-01-02T10:00+14:00"), 120, defaultWeek, apia)).toEqual(
    at("2011-12-29T16:00-10:00"),
  );
});

test("a desk that is never open lets nothing become due", () => {
  const never = Array.from({ length: 7 }, () => null);
  expect(subtractBusinessTime(at("2026-11-25T12:00Z"), 480, never, berlin)).toBeNull();
  expect(addBusinessTime(at("2026-11-25T12:00Z"), 480, never, berlin)).toBeNull();
});

/** Minutes of business time between two instants, counted one by one on the clock that Intl shows. */
function countMinutes(from: Date, to: Date, week: BusinessWeek, zone: string): number {
  const format = new Intl.DateTimeFormat("en-GB", {
    ...{ timeZone: zone, weekday: "short", hour: "2-digit", minute: "2-digit", hourCycle: "h23" },
  });
  const days = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
  let counted = 0;
  for (let instant = from.getTime(); instant < to.getTime(); instant += 60_000) {
    const parts = Object.fromEntries(format.formatToParts(instant).map(({ type, value }) => [type, value]));
    const hours = week[days.indexOf(parts.weekday ?? "")];
    const minute = Number(parts.hour) * 60 + Number(parts.minute);
    if (hours && minute >= hours.from && minute < hours.to) counted++;
  }
  return counted;
}

const someHours = fc.option(
  // No clock changes between three in the morning and midnight.
  fc
    .tuple(fc.integer({ min: 12, max: 88 }), fc.integer({ min: 4, max: 24 }))
    .map(([from, length]) => ({ from: from * 15, to: Math.min(from * 15 + length * 15, 1_440) })),
  { freq: 3 },
);
const someWeek = fc.array(fc.oneof(someHours, fc.constant({ from: 0, to: 1_440 })), { minLength: 7, maxLength: 7 });
const someInstant = fc
  .tuple(
    fc.constantFrom("2026-03-30", "2026-10-26", "2026-04-05", "2026-09-28", "2012-01-02", "2024-03-01", "2026-11-25"),
    fc.integer({ min: 0, max: 3 * 1_440 }),
  )
  .map(([day, minutes]) => new Date(Date.parse(`${day}T00:00Z`) + minutes * 60_000));

test("whatever the week and the zone, it is what counting the minutes one by one gives", () => {
  const rounds = fc.property(
    someWeek,
    someInstant,
    fc.integer({ min: 1, max: 16 }).map((quarters) => quarters * 15),
    fc.constantFrom(berlin, "Asia/Kathmandu", "Pacific/Apia", "America/New_York", "UTC"),
    (week, now, minutes, zone) => {
      const then = subtractBusinessTime(now, minutes, week, zone);
      if (week.every((hours) => hours === null)) return expect(then).toBeNull();
      if (!then) throw new Error("no instant was found");
      expect(countMinutes(then, now, week, zone)).toBe(minutes);
      // It is the latest such instant: a minute later less has passed.
      expect(countMinutes(new Date(then.getTime() + 60_000), now, week, zone)).toBe(minutes - 1);
      const due = addBusinessTime(then, minutes, week, zone);
      expect(due?.getTime()).toBeLessThanOrEqual(now.getTime());
      expect(countMinutes(then, due ?? now, week, zone)).toBe(minutes);
    },
  );
  fc.assert(rounds, { numRuns: 60 });
});

const rules = {
  ...{ timeZone: berlin, week: defaultWeek },
  targets: {
    otherwise: 8,
    services: [
      { service: "Security", hours: 1 },
      { service: "Training", hours: null },
      { service: "Audit", hours: 1 },
    ],
  },
};

test("a contact is overdue exactly when its first response was due", () => {
  const now = at("2026-11-25T12:00+01:00");
  const { services, otherwise } = findOverdueLimits(rules, now);
  expect(otherwise).toEqual(at("2026-11-24T12:00+01:00"));
  expect(services).toEqual([
    { names: ["Security", "Audit"], sent: at("2026-11-25T11:00+01:00") },
    { names: ["Training"], sent: null },
  ]);
  for (const late of [0, 1]) {
    const timestamp = new Date(at("2026-11-24T12:00+01:00").getTime() + late);
    expect(findDue(rules, { service: null, timestamp })).toEqual(new Date(now.getTime() + late));
    expect(findDue(rules, { service: "audit", timestamp })).toEqual(new Date(now.getTime() + late));
  }
  expect(findDue(rules, { service: "Audit", timestamp: now })).toEqual(at("2026-11-25T13:00+01:00"));
  expect(findDue(rules, { service: "Training", timestamp: now })).toBeNull();
});

test("what is due today and soon is what is due on that day of the desk, and late in the last quarter of its target", () => {
  const now = at("2026-11-25T12:00+01:00");
  const [from, to] = [at("2026-11-25T00:00+01:00"), at("2026-11-26T00:00+01:00")];
  const { dueToday, dueSoon } = findDueLimits(rules, now);
  const isBy = ({ services, otherwise }: typeof dueSoon, service: string | null, sent: Date) => {
    const own = services.find(({ names }) => names.includes(service ?? ""));
    const limit = own ? own.sent : otherwise;
    return limit !== null && sent <= limit;
  };
  const minute = fc.integer({ min: 0, max: 10 * 24 * 60 });
  const said = fc.property(minute, fc.constantFrom(null, "Audit", "Training"), (minutes, service) => {
    const sent = new Date(at("2026-11-17T00:00+01:00").getTime() + minutes * 60_000);
    const due = findDue(rules, { service, timestamp: sent });
    expect(isBy(dueToday.by, service, sent) && !isBy(dueToday.before, service, sent)).toBe(
      due !== null && due > from && due <= to,
    );
  });
  fc.assert(said);
  // Two of eight hours are left, and a quarter of one.
  expect(dueSoon.otherwise).toEqual(at("2026-11-24T14:00+01:00"));
  expect(dueSoon.services[0]?.sent).toEqual(at("2026-11-25T11:15+01:00"));
});

describe("what an admin may set", () => {
  test.each([
    ["six days", always.slice(1)],
    ["a day that closes before it opens", [{ from: 600, to: 540 }, ...always.slice(1)]],
    ["a day of half an hour", [{ from: 600, to: 630 }, ...always.slice(1)]],
    ["a day beyond midnight", [{ from: 600, to: 1_500 }, ...always.slice(1)]],
    ["half a minute", [{ from: 0.5, to: 900 }, ...always.slice(1)]],
    ["more than a day says", [{ from: 0, to: 900, lunch: true }, ...always.slice(1)]],
    ["no list", { 0: null }],
  ])("is no week with %s", (_, week) => {
    expect(weekSchema.safeParse(week).success).toBe(false);
    expect(parseWeek(week)).toEqual(defaultWeek);
  });

  test.each([
    ["no time", { otherwise: 0, services: [] }],
    ["less than none", { otherwise: -8, services: [] }],
    ["more than ten weeks", { otherwise: 401, services: [] }],
    ["no number", { otherwise: Number.NaN, services: [] }],
    ["a text", { otherwise: "8", services: [] }],
    ["a service twice", { otherwise: 8, services: [1, 2].map((hours) => ({ service: "Audit", hours })) }],
    ["a service without a name", { otherwise: 8, services: [{ service: "", hours: 1 }] }],
    ["what stands for none", { otherwise: 8, services: [{ service: "Not specified", hours: 1 }] }],
    ["what cannot be stored", { otherwise: 8, services: [{ service: "a\0b", hours: 1 }] }],
  ])("is no target of %s", (_, targets) => {
    expect(targetsSchema.safeParse(targets).success).toBe(false);
    expect(parseTargets(targets)).toEqual(defaultTargets);
  });

  test("is a week and targets that are", () => {
    expect(weekSchema.safeParse([...defaultWeek]).success).toBe(true);
    expect(weekSchema.safeParse(Array(7).fill(null)).success).toBe(true);
    expect(targetsSchema.safeParse(rules.targets).success).toBe(true);
    expect(targetsSchema.safeParse({ otherwise: null, services: [] }).success).toBe(true);
  });
});

test("a time of day is read and printed, midnight at the end of a day as its end", () => {
  expect(parseClock("09:30", false)).toBe(570);
  expect(parseClock("00:00", false)).toBe(0);
  expect(parseClock("00:00", true)).toBe(1_440);
  expect(["", "9:30", "24:01", "12:60", "noon"].map((text) => parseClock(text, true))).toEqual(Array(5).fill(null));
  expect([0, 570, 1_439, 1_440].map(printClock)).toEqual(["00:00", "09:30", "23:59", "00:00"]);
});
