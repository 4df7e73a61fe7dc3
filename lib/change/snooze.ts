import { TZDate } from "@date-fns/tz";
import { addDays, addMinutes, format, nextMonday, startOfDay } from "date-fns";

/** The hours at which the offers begin a day and an afternoon. */
const morning = 9;
const afternoon = 14;

/** Two offers closer than this, in ms, are the same to a person. */
const tooClose = 30 * 60_000;

export type SnoozeOption = { label: string; until: Date };

/**
 * The usual times to snooze until, by the desk's clock, soonest first: in two hours, this afternoon, tomorrow, in three
 * days, Monday and next week, which is the same weekday again. Days begin at nine. Of offers that fall together the one
 * listed first below stays: on a Friday Monday is in three days, on a Sunday it is tomorrow. None is past.
 * @param zone an IANA name
 * @throws RangeError for a zone that does not exist
 */
export function listSnoozeOptions(now: Date, zone: string): SnoozeOption[] {
  const there = new TZDate(now, zone);
  const today = startOfDay(there);
  const offers = [
    { label: "In two hours", until: roundUp(addMinutes(there, 120)) },
    { label: "This afternoon", until: atHour(today, afternoon) },
    { label: "Tomorrow", until: atHour(addDays(today, 1), morning) },
    { label: "Next week", until: atHour(addDays(today, 7), morning) },
    { label: "Monday", until: atHour(nextMonday(today), morning) },
    { label: "In three days", until: atHour(addDays(today, 3), morning) },
  ].map(({ label, until }) => ({ label, until: new Date(until.getTime()) }));
  const kept: SnoozeOption[] = [];
  for (const offer of offers) {
    const repeats = kept.some(({ until }) => Math.abs(until.getTime() - offer.until.getTime()) < tooClose);
    if (offer.until > now && !repeats) kept.push(offer);
  }
  return kept.sort((a, b) => a.until.getTime() - b.until.getTime());
}

/** The next time whose minutes end in 0 or 5. */
function roundUp(time: Date): Date {
  return new Date(Math.ceil(time.getTime() / 300_000) * 300_000);
}

function atHour(day: Date, hour: number): Date {
  const time = new TZDate(day.getTime(), (day as TZDate).timeZone);
  time.setHours(hour, 0, 0, 0);
  return time;
}

/**
 * The instant of a day and time on the desk's clock, as the browser's `datetime-local` input writes them:
 * "2026-12-01T09:00". Null for anything else. A time that the clock skips is the one after the jump; of a time that
 * comes twice, the first is meant.
 * @throws RangeError for a zone that does not exist
 */
export function parseLocalTime(text: string, zone: string): Date | null {
  const match = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d)$/.exec(text);
  if (!match) return null;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0] = match.slice(1).map(Number);
  const time = new TZDate(year, month - 1, day, hour, minute, 0, 0, zone);
  const sameDay = time.getMonth() === month - 1 && hour < 24 && minute < 60;
  return sameDay && !Number.isNaN(time.getTime()) ? new Date(time.getTime()) : null;
}

/** An instant by the desk's clock, as the browser's `datetime-local` input expects it. */
export function printLocalTime(instant: Date, zone: string): string {
  return format(new TZDate(instant, zone), "yyyy-MM-dd'T'HH:mm");
}
