import { moveDay } from "./typed-day";

/**
 * The weeks of a month, each of seven days, the days before and after it included.
 * @param month YYYY-MM
 * @param first the day on which a week begins, 0 for Sunday
 */
export function listWeeks(month: string, first: number): string[][] {
  const start = new Date(`${month}-01T00:00:00Z`);
  const before = (start.getUTCDay() - first + 7) % 7;
  const days = new Date(Date.UTC(start.getUTCFullYear(), start.getUTCMonth() + 1, 0)).getUTCDate();
  const begin = moveDay(`${month}-01`, -before);
  return Array.from({ length: Math.ceil((before + days) / 7) }, (_week, week) =>
    Array.from({ length: 7 }, (_day, day) => moveDay(begin, week * 7 + day)),
  );
}

/** The same day that many months later, or earlier; the last of the month if that has no such day. */
export function moveMonth(day: string, by: number): string {
  const date = new Date(`${day.slice(0, 7)}-01T00:00:00Z`);
  date.setUTCMonth(date.getUTCMonth() + by + 1, 0);
  date.setUTCDate(Math.min(Number(day.slice(8)), date.getUTCDate()));
  return date.toISOString().slice(0, 10);
}
