import type { OverdueLimits } from "@/lib/filter/viewer";
import { addBusinessTime, type BusinessWeek, subtractBusinessTime } from "./business-time";

/** Hours of business time within which a first answer is due; null is whenever. */
export type ResponseTargets = {
  /** For every service without a target of its own, and where none is given. */
  otherwise: number | null;
  /** By the service's name as it is stored. */
  services: { service: string; hours: number | null }[];
};

/** What the desk promises: how fast, and when it works. */
export type ResponseRules = { timeZone: string; week: BusinessWeek; targets: ResponseTargets };

/** What holds until an admin says otherwise: eight hours, Monday to Friday from nine to five. */
export const defaultWeek: BusinessWeek = [...Array.from({ length: 5 }, () => ({ from: 540, to: 1_020 })), null, null];
export const defaultTargets: ResponseTargets = { otherwise: 8, services: [] };

/** The days of a week as it is kept. */
export const dayNames = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"] as const;

/** The longest target, and the shortest opening of a day: so that no walk through the calendar takes long. */
export const longestTarget = 400;
export const shortestOpening = 60;
/** "09:00" as minutes from midnight, and "00:00" or "24:00" at the end of a day as 1,440; null for what is no time. */
export function parseClock(text: string, end: boolean): number | null {
  const [, hours, minutes] = /^(\d\d):([0-5]\d)$/.exec(text) ?? [];
  const total = Number(hours) * 60 + Number(minutes);
  if (hours === undefined || total > 1_440) return null;
  return end && total === 0 ? 1_440 : total;
}

/** Minutes from midnight as "09:00"; the end of a day is "00:00", as clocks show it. */
export function printClock(minutes: number): string {
  const text = (value: number) => String(value).padStart(2, "0");
  return `${text(Math.floor(minutes / 60) % 24)}:${text(minutes % 60)}`;
}

/** Since when a contact must have been waiting to be overdue, service by service. */
export function findOverdueLimits({ timeZone, week, targets }: ResponseRules, now: Date): OverdueLimits {
  const sentBy = (hours: number | null) =>
    hours === null ? null : subtractBusinessTime(now, hours * 60, week, timeZone);
  const byTarget = new Map<number | null, string[]>();
  for (const { service, hours } of targets.services) {
    byTarget.set(hours, [...(byTarget.get(hours) ?? []), service]);
  }
  return {
    services: [...byTarget].map(([hours, names]) => ({ names, sent: sentBy(hours) })),
    otherwise: sentBy(targets.otherwise),
  };
}

/** When a contact's first answer is due; null where its service has no target. */
export function findDue(
  { timeZone, week, targets }: ResponseRules,
  { service, timestamp }: { service: string | null; timestamp: Date },
): Date | null {
  const own = targets.services.find((target) => target.service === service);
  const hours = own ? own.hours : targets.otherwise;
  return hours === null ? null : addBusinessTime(timestamp, hours * 60, week, timeZone);
}
