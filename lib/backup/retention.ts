import type { Retention } from "./settings";

/** A backup as far as it matters to whether it is kept. */
export type Keepable = { name: string; at: Date; proved: boolean };

/**
 * Which backups may go: those that are neither among the latest, nor the one of their day, week or month that is kept. Of a day
 * with several the latest that was proved is kept, and where none was, the latest; so of a week and a month. The newest that was
 * proved always stays, however many came after it: it is the one that is known to work. All in UTC, weeks from Monday.
 * @returns their names, the oldest first
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

/** The one of each period, the newest period first. */
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

/** 1 January 1970 was a Thursday. */
function weekOf(at: Date): number {
  return Math.floor((dayOf(at) + 3) / 7);
}

function monthOf(at: Date): number {
  return at.getUTCFullYear() * 12 + at.getUTCMonth();
}
