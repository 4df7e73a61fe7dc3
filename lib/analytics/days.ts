import { TZDate } from "@date-fns/tz";
import { addDays as addDaysTo, differenceInCalendarDays, eachDayOfInterval, format, formatISO } from "date-fns";
import { writeLastDays } from "@/lib/filter/days";
import type { ContactFilter } from "@/lib/filter/filter";

/** Days on a chart, at most: two years. */
const longestRange = 731;

/** The days that charts support: enough for any installation, and within what calendars agree on. */
const knownDays: DayRange = { from: "1910-01-01", to: "2189-12-31" };

/** The days on offer, as a filter writes them. Each is another range tomorrow. A period under way ends today. */
export const presets: { label: string; days: WrittenDays }[] = [
  ...[7, 30, 90, 365].map((count) => ({ label: `${count} days`, days: writeLastDays(count) })),
  { label: "This week", days: { from: "this-week", to: "today" } },
  { label: "Last week", days: { from: "last-week", to: "last-week" } },
  { label: "This month", days: { from: "this-month", to: "today" } },
  { label: "Last month", days: { from: "last-month", to: "last-month" } },
];

type FilterDays = Pick<ContactFilter, "from" | "to">;

/** Days of the desk's calendar as YYYY-MM-DD, both included. */
export type DayRange = { from: string; to: string };

/** The two ends of a range as a filter writes them, fixed or relative. */
export type WrittenDays = { from: string; to: string };

/** Days here are names, not instants. As dates they are in UTC, where every day has 24 hours. */
const toDate = (day: string) => new TZDate(`${day}T00:00:00Z`, "UTC");
const toDay = (date: Date) => formatISO(date, { representation: "date" });

/** The day some days later (or earlier) in the calendar. */
export function addDays(day: string, count: number): string {
  return toDay(addDaysTo(toDate(day), count));
}

/** How many days the range has. */
export function countDays({ from, to }: DayRange): number {
  return differenceInCalendarDays(toDate(to), toDate(from)) + 1;
}

/** Every day of the range, oldest first. */
export function listDays({ from, to }: DayRange): string[] {
  return eachDayOfInterval({ start: toDate(from), end: toDate(to) }).map(toDay);
}

/** The last `count` days, `today` included. */
export function lastDays(count: number, today: string): DayRange {
  return { from: addDays(today, 1 - count), to: today };
}

/** The range of the same length right before this one. */
export function previousRange(range: DayRange): DayRange {
  return { from: addDays(range.from, -countDays(range)), to: addDays(range.from, -1) };
}

/**
 * The range that charts show: the last 30 days if no days are given, 30 days up to `to`, or all from `from` to today. A
 * range is replaced if it ends before it begins, is longer than two years or is outside the supported days. `problem`
 * then says so in words for the page.
 */
export function chooseRange(
  from: string | null,
  to: string | null,
  today: string,
): { range: DayRange; problem?: string } {
  if ([from, to].some((day) => day && (day < knownDays.from || day > knownDays.to))) {
    return { range: lastDays(30, today), problem: "There are no charts for those years. These are the last 30 days." };
  }
  if (!from && !to) return { range: lastDays(30, today) };
  if (!from && to) return { range: lastDays(30, to) };
  const range = { from: from ?? today, to: to ?? (from && from > today ? from : today) };
  if (range.from > range.to) {
    return { range: lastDays(30, today), problem: "The range ended before it began. These are the last 30 days." };
  }
  if (countDays(range) > longestRange) {
    return {
      range: lastDays(longestRange, range.to),
      problem: "Charts show at most two years. These are the last two.",
    };
  }
  return { range };
}

/**
 * The range that charts show, as links write it: relative where the filter is, and by default the last 30 days.
 * @param resolved the days of the filter, on the day of asking
 * @param range what `chooseRange` made of them
 */
export function writeRange(filter: FilterDays, resolved: FilterDays, range: DayRange, today: string): WrittenDays {
  if (!filter.from && !filter.to) return writeLastDays(30);
  const last = range.to === today ? "today" : range.to;
  return {
    from: resolved.from === range.from && filter.from ? filter.from : range.from,
    to: resolved.to === range.to && filter.to ? filter.to : last,
  };
}

/** A day as on an axis: "24 Oct". */
export function formatDay(day: string): string {
  return format(toDate(day), "d MMM");
}

/** A day in full: "Sat 24 Oct 2026". */
export function formatLongDay(day: string): string {
  return format(toDate(day), "EEE d MMM yyyy");
}

/** A range in full: "24 Oct – 22 Nov 2026". */
export function formatRange({ from, to }: DayRange): string {
  if (from === to) return `${formatDay(from)} ${from.slice(0, 4)}`;
  const first = from.slice(0, 4) === to.slice(0, 4) ? formatDay(from) : `${formatDay(from)} ${from.slice(0, 4)}`;
  return `${first} – ${formatDay(to)} ${to.slice(0, 4)}`;
}
