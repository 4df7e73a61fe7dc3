import { printDay } from "@/lib/desk/time";
import type { ContactFilter } from "./filter";

/**
 * The days of a filter's `from` and `to`. A day is fixed, as `2026-11-22`, or relative to the day on which the filter
 * is asked: `today`, `yesterday`, `-7d` (also `w`, `m`, `y`), or a period such as `this-week` and `last-month`. A
 * relative day stays as it is in addresses and saved views; `resolveDays` alone says which day it is. A period begins
 * on its first day (`from`) and ends on its last (`to`), so `from=last-month&to=last-month` is all of the last month.
 */

/** The first day of a week, as JavaScript numbers days: Sunday is 0. */
export type WeekStart = 0 | 1 | 6;

/** When a filter is asked: the day in the desk's zone, as YYYY-MM-DD, and the day on which its weeks begin. */
export type DayOfAsking = { today: string; weekStart: WeekStart };

/** The ends of a filter's days, as YYYY-MM-DD; null where it is open. */
export type FixedDays = Pick<ContactFilter, "from" | "to">;

const units = ["week", "month", "quarter", "year"] as const;
type Unit = (typeof units)[number];

/** The relative days that have a name, in the order in which they are offered. */
export const namedDays = ["today", "yesterday", ...units.flatMap((unit) => [`this-${unit}`, `last-${unit}`])];

const period = /^(this|last)-(week|month|quarter|year)$/;
const ago = /^-(\d{1,3})([dwmy])$/;
const agoNames = { d: "day", w: "week", m: "month", y: "year" } as const;

/** Whether a text is a day that exists, as YYYY-MM-DD, from the year 1 on. */
export function isDay(text: string): boolean {
  if (!/^\d{4}-\d\d-\d\d$/.test(text) || text.startsWith("0000")) return false;
  const day = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
}

/** A fixed or relative day in its one form, or null if it is malformed. `-0d` is `today`, `-1d` is `yesterday`. */
export function parseDay(text: string): string | null {
  if (isDay(text) || namedDays.includes(text)) return text;
  const [, count, unit] = ago.exec(text) ?? [];
  if (count === undefined) return null;
  if (Number(count) === 0) return "today";
  return Number(count) === 1 && unit === "d" ? "yesterday" : `-${Number(count)}${unit}`;
}

/** The filter with the fixed days that its relative ones are on the day of asking. */
export function resolveDays(filter: ContactFilter, asking: DayOfAsking): ContactFilter {
  const from = filter.from && resolveDay(filter.from, "from", asking);
  const to = filter.to && resolveDay(filter.to, "to", asking);
  return from === filter.from && to === filter.to ? filter : { ...filter, from, to };
}

/**
 * The fixed day of a fixed or relative one, as YYYY-MM-DD. A period gives its first day for `from`, its last for `to`.
 */
export function resolveDay(day: string, end: "from" | "to", { today, weekStart }: DayOfAsking): string {
  const [, count, letter] = ago.exec(day) ?? [];
  if (count !== undefined) return goBack(today, Number(count), agoNames[letter as keyof typeof agoNames]);
  const [, which, unit] = period.exec(day) ?? [];
  if (which === undefined) return day === "today" ? today : day === "yesterday" ? goBack(today, 1, "day") : day;
  const within = which === "this" ? today : goBack(today, 1, unit as Unit);
  return endOf(within, unit as Unit, end, weekStart);
}

/** A day in words, within a sentence: "last week", "7 days ago", "22 Nov 2026". */
export function describeDay(day: string): string {
  if (namedDays.includes(day)) return day.replace("-", " ");
  const [, count, letter] = ago.exec(day) ?? [];
  return count === undefined
    ? printDay(day)
    : `${count} ${agoNames[letter as keyof typeof agoNames]}${count === "1" ? "" : "s"} ago`;
}

/**
 * The days of a filter in words, within a sentence: "on 22 Nov 2026", "last month", "the last 7 days", "since today".
 */
export function describeDays({ from, to }: Pick<ContactFilter, "from" | "to">): string {
  const [first, last] = [from, to].map((day) => day && describeDay(day));
  if (from === null) return `until ${last}`;
  if (to === null) return `since ${first}`;
  if (from === to) return isDay(from) ? `on ${first}` : `${first}`;
  const [, count, unit] = ago.exec(from === "yesterday" ? "-1d" : from) ?? [];
  if (to === "today" && unit === "d") return `the last ${Number(count) + 1} days`;
  return `${first} to ${last}`;
}

/** The last `count` days, the day of asking included, as a filter writes them. @param count above 0, up to 1,000 */
export function writeLastDays(count: number): { from: string; to: string } {
  return { from: parseDay(`-${count - 1}d`) ?? "today", to: "today" };
}

// Days are computed in UTC, where every day has 24 hours.
const toDate = (day: string) => new Date(`${day}T00:00:00Z`);
const toDay = (date: Date) => date.toISOString().slice(0, 10);

/** The day that many units earlier. If its month has no such day, the last one of that month: 31 March, 28 February. */
function goBack(day: string, count: number, unit: Unit | "day"): string {
  const date = toDate(day);
  if (unit === "day" || unit === "week") {
    date.setUTCDate(date.getUTCDate() - count * (unit === "week" ? 7 : 1));
    return toDay(date);
  }
  const wanted = date.getUTCDate();
  date.setUTCDate(1);
  date.setUTCMonth(date.getUTCMonth() - count * { month: 1, quarter: 3, year: 12 }[unit]);
  date.setUTCDate(Math.min(wanted, daysOfMonth(date)));
  return toDay(date);
}

/** The first or the last day of the period that a day is in. */
function endOf(day: string, unit: Unit, end: "from" | "to", weekStart: WeekStart): string {
  const date = toDate(day);
  if (unit === "week") {
    const passed = (date.getUTCDay() - weekStart + 7) % 7;
    date.setUTCDate(date.getUTCDate() - passed + (end === "to" ? 6 : 0));
    return toDay(date);
  }
  const length = { month: 1, quarter: 3, year: 12 }[unit];
  const first = date.getUTCMonth() - (date.getUTCMonth() % length);
  date.setUTCDate(1);
  date.setUTCMonth(end === "from" ? first : first + length - 1);
  if (end === "to") date.setUTCDate(daysOfMonth(date));
  return toDay(date);
}

/** How many days the month of a date has. */
function daysOfMonth(date: Date): number {
  const next = new Date(date);
  next.setUTCMonth(next.getUTCMonth() + 1, 0);
  return next.getUTCDate();
}
