import { TZDate } from "@date-fns/tz";

/** When a day is open: minutes from midnight on the desk's clock, `from` before `to`; 1,440 is the end of the day. */
export type OpenHours = { from: number; to: number };

/** The desk's week from Monday to Sunday; null is a day that is closed. */
export type BusinessWeek = readonly (OpenHours | null)[];

/**
 * Business time: the desk's open hours, in its zone. An hour that a clock change skips is none, one that it repeats counts
 * twice, and a day that a zone left out (Pacific/Apia had no 30 December 2011) has none. Opening or closing within such an
 * hour is taken as the zone data has it: after the skipped hour, and in the repeated one the second time.
 */
type Opening = { start: number; end: number };

/** Days looked through at most; with a week that is open at all, the longest target is reached long before. */
const mostDays = 3_000;

/**
 * The latest instant from which at least `minutes` of business time have passed until `now`; null where the desk is never
 * open. Whatever was sent then or earlier has waited that long.
 * @param minutes above 0
 */
export function subtractBusinessTime(now: Date, minutes: number, week: BusinessWeek, zone: string): Date | null {
  let left = minutes * 60_000;
  for (const { start, end } of listOpenings(now, -1, week, zone)) {
    const until = Math.min(end, now.getTime());
    if (until <= start) continue;
    if (until - start >= left) return new Date(until - left);
    left -= until - start;
  }
  return null;
}

/**
 * The first instant at which `minutes` of business time have passed since `from`; null where the desk is never open.
 * @param minutes above 0
 */
export function addBusinessTime(from: Date, minutes: number, week: BusinessWeek, zone: string): Date | null {
  let left = minutes * 60_000;
  for (const { start, end } of listOpenings(from, 1, week, zone)) {
    const since = Math.max(start, from.getTime());
    if (end <= since) continue;
    if (end - since >= left) return new Date(since + left);
    left -= end - since;
  }
  return null;
}

/** The openings of the days from that of an instant on, one day a step, into the future (1) or the past (-1). */
function* listOpenings(instant: Date, step: 1 | -1, week: BusinessWeek, zone: string): Generator<Opening> {
  if (week.every((hours) => hours === null)) return;
  const first = new TZDate(instant, zone);
  for (let passed = 0; passed < mostDays; passed++) {
    const day = new Date(Date.UTC(first.getFullYear(), first.getMonth(), first.getDate() + step * passed));
    const opening = openingOf(day, week, zone);
    if (opening) yield opening;
  }
}

/** @param day the calendar day, as midnight in UTC */
function openingOf(day: Date, week: BusinessWeek, zone: string): Opening | null {
  const hours = week[(day.getUTCDay() + 6) % 7];
  if (!hours) return null;
  const at = (minutes: number) =>
    new TZDate(day.getUTCFullYear(), day.getUTCMonth(), day.getUTCDate(), 0, minutes, 0, 0, zone);
  const start = at(hours.from);
  // A day that the zone left out would be the next one again.
  if (start.getDate() !== day.getUTCDate()) return null;
  return { start: start.getTime(), end: at(hours.to).getTime() };
}
