import "server-only";
import { resolveDays } from "@/lib/filter/days";
import type { ContactFilter } from "@/lib/filter/filter";
import { printFilter } from "@/lib/filter/url";
import type { OverdueLimits, Viewer } from "@/lib/filter/viewer";
import { createMemo } from "@/lib/runtime/memo";

/** Answers, pending or ready. Each says whether it failed. */
type Answers = Record<string, Promise<{ ok: boolean }>>;

/** What the numbers beside a list depend on: who looks, the filter, and the rows with their versions. */
export type ListOnScreen = {
  viewer: Viewer;
  filter: ContactFilter;
  rows: readonly { id: string; version: number }[];
};

/**
 * A memo of the counts and facets beside a list, kept for 10 seconds. Opening a contact beside the list asks for the
 * whole page again, but nobody would see a difference in these numbers. A changed row gives another key, so a change is
 * counted at once. A failed answer is not kept.
 * @param now ms, for tests
 */
export function createBesideMemo(now?: () => number) {
  const memo = createMemo<Answers>({ milliseconds: 10_000, most: 500, now });
  /** @param again `false` bypasses the memo and stores the new answers */
  return function rememberBeside<T extends Answers>(list: ListOnScreen, again: boolean, ask: () => T): T {
    const key = printKey(list);
    const known = again ? memo.get(key) : undefined;
    if (known) return known as T;
    const answers = ask();
    memo.set(key, answers);
    const forget = () => {
      if (memo.get(key) === answers) memo.forget(key);
    };
    Promise.all(Object.values(answers)).then((all) => all.every(({ ok }) => ok) || forget(), forget);
    return answers;
  };
}

/** This process's memo of what stands beside lists. */
export const rememberBeside = createBesideMemo();

function printKey({ viewer, filter, rows }: ListOnScreen): string {
  const { staffId, timeZone, overdue, dueToday } = viewer;
  const limits = [overdue, dueToday.before, dueToday.by].map(toMinutes);
  const printed = String(printFilter(resolveDays(filter, viewer)));
  return JSON.stringify([staffId, timeZone, limits, printed, rows.map(({ id, version }) => [id, version])]);
}

/**
 * The limits, cut to the minute. In business hours they move with the clock, so two keys with milliseconds would never
 * be equal. A contact that becomes overdue within the minute is counted once the memo has expired, as is one whose
 * snooze ends.
 */
function toMinutes({ services, otherwise }: OverdueLimits): unknown {
  const minuteOf = (instant: Date | null) => instant && Math.floor(instant.getTime() / 60_000);
  return [services.map(({ names, sent }) => [names, minuteOf(sent)]), minuteOf(otherwise)];
}
