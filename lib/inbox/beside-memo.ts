import "server-only";
import type { ContactFilter } from "@/lib/filter/filter";
import { printFilter } from "@/lib/filter/url";
import type { OverdueLimits, Viewer } from "@/lib/filter/viewer";

/** Time to live of what stands beside a list, in ms, while nothing but the open contact changes. */
const rememberFor = 10_000;

/** Lists remembered at once; the oldest goes first. */
const most = 500;

/** Answers under way or there; each says for itself whether it failed. */
type Answers = Record<string, Promise<{ ok: boolean }>>;

/** What the numbers beside a list depend on: who looks, the filter, and the rows with their versions. */
export type ListOnScreen = {
  viewer: Viewer;
  filter: ContactFilter;
  rows: readonly { id: string; version: number }[];
};

const remembered = new Map<string, { until: number; answers: Answers }>();

/**
 * What was asked for beside the same list some seconds ago, else what `ask` gives. Opening a contact beside the list asks for
 * the whole page again, with its counts and facets, in which a person would see no difference. A row that has changed makes
 * another list, so a change is counted at once.
 * @param again `false` bypasses the memo and stores the new answers
 */
export function rememberBeside<T extends Answers>(
  list: ListOnScreen,
  again: boolean,
  ask: () => T,
  now = Date.now(),
): T {
  const key = printKey(list);
  const known = remembered.get(key);
  if (again && known && known.until > now) return known.answers as T;
  const answers = ask();
  remembered.delete(key);
  remembered.set(key, { until: now + rememberFor, answers });
  for (const [oldest, { until }] of remembered) {
    if (until > now && remembered.size <= most) break;
    remembered.delete(oldest);
  }
  const forget = () => remembered.get(key)?.answers === answers && remembered.delete(key);
  // What failed is asked for again.
  Promise.all(Object.values(answers)).then((all) => all.every(({ ok }) => ok) || forget(), forget);
  return answers;
}

function printKey({ viewer: { staffId, timeZone, overdue }, filter, rows }: ListOnScreen): string {
  const printed = String(printFilter(filter));
  return JSON.stringify([staffId, timeZone, toMinutes(overdue), printed, rows.map(({ id, version }) => [id, version])]);
}

/**
 * The limits to the minute. In business hours they move with the clock, so to the millisecond they would never be the same
 * twice. What becomes overdue within the minute is counted when the memo's time is up, as what comes back from a snooze is.
 */
function toMinutes({ services, otherwise }: OverdueLimits): unknown {
  const minuteOf = (instant: Date | null) => instant && Math.floor(instant.getTime() / 60_000);
  return [services.map(({ names, sent }) => [names, minuteOf(sent)]), minuteOf(otherwise)];
}
