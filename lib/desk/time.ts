import { TZDate } from "@date-fns/tz";
import { differenceInCalendarDays, format } from "date-fns";

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** Whether an instant is one that clocks show: not missing, and not one of the two that stand for 'infinity'. */
export function isKnownInstant(instant: Date): boolean {
  return Math.abs(instant.getTime()) < 8.64e15;
}

/**
 * An instant on the desk's clock, with the zone named: "22 Nov 2026, 09:41 Europe/Berlin".
 * @param zone an IANA name
 * @throws RangeError for a zone that does not exist
 */
export function formatInstant(instant: Date, zone: string): string {
  if (!isKnownInstant(instant)) return "Unknown time";
  return `${format(new TZDate(instant, zone), "d MMM yyyy, HH:mm")} ${zone}`;
}

/**
 * How long ago, in the largest whole unit: "now", "4 min", "3 h", "12 d", "5 mo", "2 y".
 * A month counts 30 days and a year 365; what lies ahead, by a clock that runs fast, is "now".
 */
export function formatAge(instant: Date, now: Date): string {
  const age = now.getTime() - instant.getTime();
  if (!isKnownInstant(instant)) return "unknown";
  if (age < minute) return "now";
  if (age < hour) return `${Math.floor(age / minute)} min`;
  if (age < day) return `${Math.floor(age / hour)} h`;
  if (age < 30 * day) return `${Math.floor(age / day)} d`;
  if (age < 365 * day) return `${Math.floor(age / (30 * day))} mo`;
  return `${Math.floor(age / (365 * day))} y`;
}

/**
 * An instant that is near, on the desk's clock as people say it: "16:30" today, "tomorrow 09:00", "Mon 09:00" within the week,
 * "yesterday 09:00", and "3 Jan 2027, 09:00" beyond.
 * @param zone an IANA name
 * @throws RangeError for a zone that does not exist
 */
export function formatNear(instant: Date, zone: string, now: Date): string {
  if (!isKnownInstant(instant)) return "an unknown time";
  const there = new TZDate(instant, zone);
  const time = format(there, "HH:mm");
  const days = differenceInCalendarDays(there, new TZDate(now, zone));
  if (days === 0) return time;
  if (days === 1) return `tomorrow ${time}`;
  if (days === -1) return `yesterday ${time}`;
  return days > 1 && days < 7 ? `${format(there, "EEE")} ${time}` : `${format(there, "d MMM yyyy")}, ${time}`;
}
