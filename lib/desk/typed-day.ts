/**
 * Days as people type them, whatever the browser's language is. In code a day is YYYY-MM-DD; `printDay` of time.ts shows
 * it.
 */

const monthNames = "january february march april may june july august september october november december".split(" ");

/** The day on which somebody types. With `ahead` a day without a year that has passed is the next year's. */
export type Typing = { today: string; ahead?: boolean };

/**
 * Reads a day: "22 Nov 2026", "22 November", "Nov 22, 2026", "22.11.2026", "22/11/2026" (the day first, as the desk
 * writes it), "2026-11-22", "today". Null for anything else. Without `typing` only days with a year are read.
 */
export function readDay(text: string, typing: Typing | null = null): string | null {
  const typed = text.trim().toLowerCase();
  const [, isoYear, isoMonth, isoDate] = /^(\d{4})-(\d\d)-(\d\d)$/.exec(typed) ?? [];
  if (isoYear) return makeDay(Number(isoYear), Number(isoMonth), Number(isoDate));
  const [, date1, month1, year1] = /^(\d{1,2})[./](\d{1,2})[./](\d{4})$/.exec(typed) ?? [];
  if (year1) return makeDay(Number(year1), Number(month1), Number(date1));
  if (typing && Object.hasOwn(distances, typed)) return moveDay(typing.today, distances[typed] ?? 0);
  const [, date2, month2, year2] = /^(\d{1,2})(?:st|nd|rd|th|\.)?[ -]?([a-z]+)\.?,?(?:[ -](\d{4}))?$/.exec(typed) ?? [];
  const [, month3, date3, year3] = /^([a-z]+)\.? ?(\d{1,2})(?:st|nd|rd|th)?,?(?: (\d{4}))?$/.exec(typed) ?? [];
  const [date, name = "", year = year3] = [date2 ?? date3, month2 ?? month3, year2];
  const month = name.length < 3 ? 0 : monthNames.findIndex((each) => each.startsWith(name)) + 1;
  if (month === 0) return null;
  if (year) return makeDay(Number(year), month, Number(date));
  if (!typing) return null;
  const thisYear = Number(typing.today.slice(0, 4));
  const found = makeDay(thisYear, month, Number(date));
  return typing.ahead && found !== null && found < typing.today ? makeDay(thisYear + 1, month, Number(date)) : found;
}

/**
 * The parameters of a form with the days `from` and `to`. One that was sent before its scripts had loaded has them as
 * they are shown.
 */
export function readFormDays(params: URLSearchParams): URLSearchParams {
  return new URLSearchParams(
    [...params].map(([key, value]) => [key, ((key === "from" || key === "to") && readDay(value)) || value]),
  );
}

const distances: Record<string, number> = { today: 0, yesterday: -1, tomorrow: 1 };

/** The day that many days later, or earlier. */
export function moveDay(day: string, by: number): string {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() + by);
  return date.toISOString().slice(0, 10);
}

/** Null for a day that does not exist. */
function makeDay(year: number, month: number, date: number): string | null {
  const made = new Date(Date.UTC(2000, month - 1, date));
  made.setUTCFullYear(year, month - 1, date);
  const right = year > 0 && made.getUTCMonth() === month - 1 && made.getUTCDate() === date;
  return right ? made.toISOString().slice(0, 10) : null;
}
