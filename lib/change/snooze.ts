import { TZDate } from "@date-fns/tz";
import { addDays, addMinutes, format, nextMonday, startOfDay } from "date-fns";

/** The hour at which the options begin a working day. */
const morning = 9;

/** The last hour in which "Later today" may end. */
const evening = 20;

export type SnoozeOption = { label: string; until: Date };

/**
 * The usual times to snooze until, by the desk's clock: later today, tomorrow morning, next Monday morning. Later today
 * is in about three hours, on the half hour, and not offered if that is in the night.
 * @param zone an IANA name
 * @throws RangeError for a zone that does not exist
 */
export function listSnoozeOptions(now: Date, zone: string): SnoozeOption[] {
  const there = new TZDate(now, zone);
  const today = startOfDay(there);
  const inThreeHours = addMinutes(there, 180 + ((30 - (there.getMinutes() % 30)) % 30));
  inThreeHours.setSeconds(0, 0);
  const later = startOfDay(inThreeHours).getTime() === today.getTime() && inThreeHours.getHours() <= evening;
  return [
    ...(later ? [{ label: "Later today", until: inThreeHours }] : []),
    { label: "Tomorrow morning", until: atMorning(addDays(today, 1)) },
    { label: "Next week", until: atMorning(nextMonday(today)) },
  ].map(({ label, until }) => ({ label, until: new Date(until.getTime()) }));
}

function atMorning(day: Date): Date {
  const time = new TZDate(day.getTime(), (day as TZDate).timeZone);
  time.setHours(morning, 0, 0, 0);
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
