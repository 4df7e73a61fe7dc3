import { useSyncExternalStore } from "react";
import type { LiveChange, News } from "@/lib/live/news";

/** What this tab has received from its stream. */
type State = {
  /** cut: interrupted long enough to be reported; ended: the person has been signed out. */
  connection: "live" | "cut" | "ended";
  /** The latest changes of each contact, the newest last. */
  changes: ReadonlyMap<string, readonly LiveChange[]>;
  /** Contacts that have newly entered the list on the screen. */
  arrived: ReadonlySet<string>;
  /** Changed contacts that match the list's filter now. */
  matching: ReadonlySet<string>;
  /** Who has made more changes at once than the stream lists; null for the website. */
  many: readonly (string | null)[];
  /** The open contact, and the ids of others who have it on the screen. */
  viewed: string | null;
  present: readonly string[];
};

const nothing: State = {
  connection: "live",
  changes: new Map(),
  arrived: new Set(),
  matching: new Set(),
  many: [],
  viewed: null,
  present: [],
};

/** How many changes are kept per contact, and for how many contacts. */
const mostChanges = 20;
const mostContacts = 2_000;

let state = nothing;
const listeners = new Set<() => void>();

export function updateNews(next: Partial<State>): void {
  state = { ...state, ...next };
  for (const listener of listeners) listener();
}

/** Selects part of what this tab has received; nothing on the server. `select` must give a stable value. */
export function useNews<T>(select: (state: State) => T): T {
  return useSyncExternalStore(
    subscribe,
    () => select(state),
    () => select(nothing),
  );
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Stores what the stream sent. */
export function hearNews({ changes, arrived, matching, many }: News): void {
  const known = new Map(state.changes.size > mostContacts ? [] : state.changes);
  for (const change of changes) {
    const older = (known.get(change.contact) ?? []).filter(({ id }) => id !== change.id);
    known.set(change.contact, [...older, change].sort((one, other) => one.id - other.id).slice(-mostChanges));
  }
  updateNews({
    changes: known,
    arrived: new Set([...state.arrived, ...arrived]),
    matching: new Set([...state.matching, ...matching]),
    many: [...new Set([...state.many, ...many])],
  });
}

/** Drops the list's arrivals, because another list is shown or this one is about to be reloaded. */
export function forgetArrivals(): void {
  updateNews({ arrived: new Set(), matching: new Set(), many: [] });
}
