import { useSyncExternalStore } from "react";
import type { Count } from "@/lib/desk/count";

type Counted = Promise<Record<string, Count>>;

/** What lists have counted since the frame's own counts were asked for, by filter. */
type Told = { since: Counted | null; counts: Record<string, Count> };

const nothing: Told = { since: null, counts: {} };
let told = nothing;
const listeners = new Set<() => void>();

/**
 * Records what a list has counted. No context holds it, because a context that changes while parts of the page still
 * wait for their code would take these parts from the page.
 */
export function tellCount(since: Counted, key: string, count: Count): void {
  told = { since, counts: { ...(told.since === since ? told.counts : {}), [key]: count } };
  for (const listener of listeners) listener();
}

/** What has been told in this tab; nothing on the server. */
export function useTold(): Told {
  return useSyncExternalStore(
    subscribe,
    () => told,
    () => nothing,
  );
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
