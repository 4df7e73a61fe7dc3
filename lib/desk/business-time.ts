import { TZDate } from "@date-fns/tz";

/** When a day is open: minutes from midnight on the desk's clock, `from` before `to`; 1,440 is the end of the day. */
export type OpenHours = { from: number; to: number };

/** The desk's week from Monday to Sunday; null is a day that is closed. */
export type BusinessWeek = readonly (OpenHours | null)[];

/**
 * An open period in business time: the desk's open hours, in its zone. An hour that a clock change skips does not
 * count, and a repeated hour counts twice. A day that the zone skipped has none (Pacific/Apia had no 30 December 2011).
 * An opening or closing time inside such an hour follows the zone data: it falls after a skipped hour, and in the
 * second pass of a repeated one.
 */
type Opening = { start: number; end: number };

/** At most this many days are searched. If any day of the week is open, the longest target is reached long before. */
const mostDays = 3_000;

/**
 * The latest instant from which at least `minutes` of business time have passed until `now`; null if the desk is never
 * open. Anything sent at that instant or earlier has waited that long.
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
 * The first instant at which `minutes` of business time have passed since `from`; null if the desk is never open.
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

/** Openings day by day, starting with the day of `instant`: forwards (`step` 1) or backwards (-1). */
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
  // On a day that the zone skipped, the date moves to the next day, which would then count twice.
  if (start.getDate() !== day.getUTCDate()) return null;
  return { start: start.getTime(), end: at(hours.to).getTime() };
}
