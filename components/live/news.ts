import { useSyncExternalStore } from "react";
import type { LiveChange, News } from "@/lib/live/news";

/** What this tab has been told by its stream. */
type State = {
  /** cut: for so long that it is worth saying; ended: signed out meanwhile. */
  connection: "live" | "cut" | "ended";
  /** The latest changes of each contact, the newest last. */
  changes: ReadonlyMap<string, readonly LiveChange[]>;
  /** Contacts that have come into the list on the screen. */
  arrived: ReadonlySet<string>;
  /** Changed contacts that are in its filter now. */
  matching: ReadonlySet<string>;
  /** Who has done more at once than was told; null for the website. */
  many: readonly (string | null)[];
  /** The open contact, and who else has it on the screen, by id. */
  viewed: string | null;
  viewers: readonly string[];
};

const nothing: State = {
  connection: "live",
  changes: new Map(),
  arrived: new Set(),
  matching: new Set(),
  many: [],
  viewed: null,
  viewers: [],
};

/** Changes kept of one contact, and contacts of which some are kept. */
const mostChanges = 20;
const mostContacts = 2_000;

let state = nothing;
const listeners = new Set<() => void>();

export function updateNews(next: Partial<State>): void {
  state = { ...state, ...next };
  for (const listener of listeners) listener();
}

/** Part of what this tab has been told; on the server, nothing. `select` must give a stable value. */
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

/** Takes in what the stream has told. */
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

/** Forgets what has come into the list: it is another, or about to be loaded anew. */
export function forgetArrivals(): void {
  updateNews({ arrived: new Set(), matching: new Set(), many: [] });
}
