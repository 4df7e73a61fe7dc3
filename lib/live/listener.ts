import { dayIn } from "@/lib/desk/time";
import { printFilter } from "@/lib/filter/url";
import { getNow } from "@/lib/runtime/clock";
import type { Item, Memory, Since } from "./memory";
import type { LiveEvent, News } from "./news";
import type { WatchedList } from "./queries";

/** A browser tab that receives live news. */
export type Listener = {
  /** A UUID of this stream alone. */
  tab: string;
  staffId: string;
  sessionId: string;
  /** The list on its screen, if there is one. */
  list: WatchedList | null;
  /** The contact open in it, if there is one. */
  contact: string | null;
  /** When what is on its screen was read. */
  since: Since;
  /** Sends an event. `at`: where to continue if cut, in ms of the database's clock; null before the first look. */
  send(event: LiveEvent, at: number | null): void;
  /** Ends the stream. The browser reconnects unless it was sent `ended`. */
  close(): void;
};

/** A listener whose stream is open. `next`: where to continue; null before the first look. */
export type Seat = Listener & { listKey: string | null; next: number | null; present: string; toldAt: number };

/** The items that each listener has not been told yet. */
export type Pending = Map<Seat, ReturnType<Memory["listSince"]>>;

/** The contacts that must be matched against some list. */
export function idsOf(pending: Pending): string[] {
  const ids = new Set<string>();
  for (const [seat, { items }] of pending) {
    if (seat.list)
      for (const item of items) if (!("many" in item)) ids.add("arrived" in item ? item.arrived : item.change.contact);
  }
  return [...ids];
}

/** The lists to ask about, by their keys. "today" is the day of this look, however old the stream is. */
export function listsOf(pending: Pending): Map<string, WatchedList> {
  const now = getNow();
  const lists = new Map<string, WatchedList>();
  for (const { list, listKey } of pending.keys()) {
    if (!list || listKey === null) continue;
    const { filter, viewer } = list;
    lists.set(listKey, { filter, viewer: { ...viewer, today: dayIn(viewer.timeZone, now) } });
  }
  return lists;
}

/**
 * A key that is equal for all who see the same list, whatever its order. With `me` it differs per person. The limits of
 * "overdue" move with the clock for everybody alike, so they are not in the key. The latest listener's limits are used.
 */
export function keyOf({ list }: Listener): string | null {
  if (!list) return null;
  const printed = String(printFilter({ ...list.filter, sort: "-timestamp" }));
  const personal = /(^|&)-?assignee=me(&|$)/.test(printed);
  return JSON.stringify([printed, list.viewer.timeZone, personal ? list.viewer.staffId : ""]);
}

/** The news for a listener: all changes if it shows a list, else its contact's, and arrivals in its list. */
export function toNews(seat: Seat, items: Item[], matching: Set<string>): News | null {
  const changes = items.flatMap((item) => ("change" in item ? item.change : []));
  const told = seat.list ? changes : changes.filter(({ contact }) => contact === seat.contact);
  const news: News = {
    changes: told,
    arrived: items.flatMap((item) => ("arrived" in item && matching.has(item.arrived) ? item.arrived : [])),
    matching: [...new Set(told.map(({ contact }) => contact))].filter((id) => matching.has(id)),
    many: [...new Set(items.flatMap((item) => ("many" in item ? item.many : [])))],
  };
  return news.changes.length + news.arrived.length + news.many.length > 0 ? news : null;
}
