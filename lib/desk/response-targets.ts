import { TZDate } from "@date-fns/tz";
import { addDays, startOfDay } from "date-fns";
import type { OverdueLimits, Viewer } from "@/lib/filter/viewer";
import { addBusinessTime, type BusinessWeek, subtractBusinessTime } from "./business-time";

/** Business hours within which a first response is due; null means there is no target. */
export type ResponseTargets = {
  /** For a contact without a service, and for services without a target of their own. */
  otherwise: number | null;
  /** By the service's name as stored. */
  services: { service: string; hours: number | null }[];
};

/** The desk's response targets, and the hours in which it works. */
export type ResponseRules = { timeZone: string; week: BusinessWeek; targets: ResponseTargets };

/** Defaults until an admin changes them: eight hours, Monday to Friday from nine to five. */
export const defaultWeek: BusinessWeek = [...Array.from({ length: 5 }, () => ({ from: 540, to: 1_020 })), null, null];
export const defaultTargets: ResponseTargets = { otherwise: 8, services: [] };

/** The days in the order in which a week is stored. */
export const dayNames = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"] as const;

/** The longest target in hours and the shortest opening in minutes. They bound the days that a calculation searches. */
export const longestTarget = 400;
export const shortestOpening = 60;
/** "09:00" as minutes from midnight; null if it is not a time. With `end`, both "00:00" and "24:00" are 1,440. */
export function parseClock(text: string, end: boolean): number | null {
  const [, hours, minutes] = /^(\d\d):([0-5]\d)$/.exec(text) ?? [];
  const total = Number(hours) * 60 + Number(minutes);
  if (hours === undefined || total > 1_440) return null;
  return end && total === 0 ? 1_440 : total;
}

/** Minutes from midnight as "09:00". The end of a day is "00:00", as clocks show it. */
export function printClock(minutes: number): string {
  const text = (value: number) => String(value).padStart(2, "0");
  return `${text(Math.floor(minutes / 60) % 24)}:${text(minutes % 60)}`;
}

/**
 * For each service, the time since which a contact must have been waiting to be overdue.
 * @param part of the target that must have passed; 1 is all of it
 */
export function findOverdueLimits(
  { timeZone, week, targets }: ResponseRules,
  now: Date,
  part: number = 1,
): OverdueLimits {
  const sentBy = (hours: number | null) =>
    hours === null ? null : subtractBusinessTime(now, hours * 60 * part, week, timeZone);
  const byTarget = new Map<number | null, string[]>();
  for (const { service, hours } of targets.services) {
    byTarget.set(hours, [...(byTarget.get(hours) ?? []), service]);
  }
  return {
    services: [...byTarget].map(([hours, names]) => ({ names, sent: sentBy(hours) })),
    otherwise: sentBy(targets.otherwise),
  };
}

/** All limits of a moment: for what is overdue, due soon, and due on that day. */
export function findDueLimits(rules: ResponseRules, now: Date): Pick<Viewer, "overdue" | "dueSoon" | "dueToday"> {
  const today = startOfDay(new TZDate(now, rules.timeZone));
  const at = (day: Date) => findOverdueLimits(rules, new Date(day.getTime()));
  return {
    overdue: findOverdueLimits(rules, now),
    dueSoon: findOverdueLimits(rules, now, soonFrom),
    // What is due at midnight is due on the day that ends: a business day may last until then.
    dueToday: { before: at(today), by: at(addDays(today, 1)) },
  };
}

/** The part of a response target after which the response is due soon. */
const soonFrom = 0.75;

/** When a contact's first response is due; null if its service has no target. */
export function findDue(
  { timeZone, week, targets }: ResponseRules,
  { service, timestamp }: { service: string | null; timestamp: Date },
): Date | null {
  const own = targets.services.find((target) => target.service === service);
  const hours = own ? own.hours : targets.otherwise;
  return hours === null ? null : addBusinessTime(timestamp, hours * 60, week, timeZone);
}
