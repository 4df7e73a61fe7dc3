import { dayIn, isKnownInstant, printDay } from "@/lib/desk/time";
import { dayWords } from "./words";

/** The entries of one day of the desk's zone. `day` is YYYY-MM-DD, and `heading` "Today", "Yesterday" or "22 Nov 2026". */
export type HistoryDay<Entry> = { day: string; heading: string; entries: Entry[] };

/**
 * Parts entries into the days on which they were made, in the order given.
 * @param zone an IANA name
 */
export function groupByDay<Entry extends { at: string }>(
  entries: Entry[],
  zone: string,
  now: Date,
): HistoryDay<Entry>[] {
  const today = dayIn(zone, now);
  const yesterday = dayBefore(today);
  const days: HistoryDay<Entry>[] = [];
  for (const entry of entries) {
    const at = new Date(entry.at);
    const day = isKnownInstant(at) ? dayIn(zone, at) : "";
    const last = days.at(-1);
    if (last?.day === day) {
      last.entries.push(entry);
      continue;
    }
    days.push({ day, heading: headingOf(day), entries: [entry] });
  }
  return days;

  function headingOf(day: string): string {
    if (day === today) return dayWords.today;
    return day === yesterday ? dayWords.yesterday : printDay(day) || dayWords.unknown;
  }
}

function dayBefore(day: string): string {
  const at = new Date(`${day}T00:00:00Z`);
  at.setUTCDate(at.getUTCDate() - 1);
  return at.toISOString().slice(0, 10);
}
