import { printDay } from "./time";
import { readDay, type Typing } from "./typed-day";

/** The time of a day that is typed without one. */
const usualTime = "09:00";

/** Reads a time of day: "9", "9:30", "09.30", "5 pm". Null for anything else; "24:00" is "00:00". */
export function readTime(text: string): string | null {
  const [, hours, minutes = "00", half] =
    /^(\d{1,2})(?:[:.]?(\d\d))?\s*(am|pm)?$/.exec(text.trim().toLowerCase()) ?? [];
  if (hours === undefined) return null;
  const hour = half ? (Number(hours) % 12) + (half === "pm" ? 12 : 0) : Number(hours) % 24;
  const known = half ? Number(hours) >= 1 && Number(hours) <= 12 : Number(hours) < 24 || text.trim() === "24:00";
  return known && Number(minutes) < 60 ? `${String(hour).padStart(2, "0")}:${minutes}` : null;
}

/**
 * Reads a day and a time, in that order: "4 Dec 2026, 09:30", "tomorrow 9", "17:00" for today. A day alone is at nine.
 * The result is on the desk's clock: YYYY-MM-DDTHH:MM. Null for anything else.
 */
export function readDayAndTime(text: string, typing: Typing): string | null {
  const whole = readDay(text, typing);
  if (whole) return `${whole}T${usualTime}`;
  const [, said = "", clock = ""] =
    /^(.*?)(?:[\s,]+(?:at\s+)?|t(?=\d))(\d{1,2}(?:[:.]\d\d)?\s*(?:am|pm)?)$/i.exec(text.trim()) ?? [];
  const [day, time] = [readDay(said, typing), readTime(clock)];
  if (day && time) return `${day}T${time}`;
  const alone = readTime(text);
  return alone && `${typing.today}T${alone}`;
}

/** A day and a time as the desk shows them: "4 Dec 2026, 09:30". @param local YYYY-MM-DDTHH:MM */
export function printDayAndTime(local: string): string {
  return `${printDay(local.slice(0, 10))}, ${local.slice(11, 16)}`;
}
