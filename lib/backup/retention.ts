import type { Retention } from "./settings";

/** What the retention rules need to know of a backup. */
export type Keepable = { name: string; at: Date; proved: boolean };

/**
 * Which backups may be removed: all but the latest ones and those kept for a day, week or month. Of a period's backups
 * the latest proved one is kept, or else the latest. The newest proved backup is always kept, because it is known to
 * work. All in UTC, weeks from Monday.
 * @returns their names, oldest first
 */
export function chooseRemovals(backups: readonly Keepable[], rules: Retention): string[] {
  const newestFirst = [...backups].sort((a, b) => b.at.getTime() - a.at.getTime());
  const kept = new Set(newestFirst.slice(0, rules.last));
  const newestProved = newestFirst.find(({ proved }) => proved);
  if (newestProved) kept.add(newestProved);
  for (const [count, periodOf] of [
    [rules.daily, dayOf],
    [rules.weekly, weekOf],
    [rules.monthly, monthOf],
  ] as const) {
    for (const backup of chooseOfPeriods(newestFirst, periodOf).slice(0, count)) kept.add(backup);
  }
  return newestFirst
    .filter((backup) => !kept.has(backup))
    .reverse()
    .map(({ name }) => name);
}

/** The backup to keep of each period, newest period first. */
function chooseOfPeriods(newestFirst: readonly Keepable[], periodOf: (at: Date) => number): Keepable[] {
  const chosen = new Map<number, Keepable>();
  for (const backup of newestFirst) {
    const period = periodOf(backup.at);
    const before = chosen.get(period);
    if (!before || (backup.proved && !before.proved)) chosen.set(period, backup);
  }
  return [...chosen.values()];
}

const dayLength = 86_400_000;

function dayOf(at: Date): number {
  return Math.floor(at.getTime() / dayLength);
}

/** Weeks begin on Monday; 1 January 1970 was a Thursday. */
function weekOf(at: Date): number {
  return Math.floor((dayOf(at) + 3) / 7);
}

function monthOf(at: Date): number {
  return at.getUTCFullYear() * 12 + at.getUTCMonth();
}
