import type { Assignments } from "@/lib/change/assignments";
import type { Subject } from "./changes";

/** What becomes of the changes that are made in this browser, in the order in which it becomes known. */
export type ChangeEvent =
  /** A change is on its way, also when it is sent again under its key. */
  | { type: "sent"; key: string; subjects: Subject[]; change: Assignments }
  | { type: "saved"; key: string }
  /** Nothing was changed: it failed, somebody was first, or all was so already. */
  | { type: "refused"; key: string; why: string }
  /** No answer came: nobody knows whether it was made. */
  | { type: "lost"; key: string }
  /** The undo of a batch is on its way; `key` is the batch that it will be. */
  | { type: "undoing"; batch: string; key: string }
  /** It was made, for these contacts. */
  | { type: "undone"; batch: string; key: string; ids: string[] }
  /** There was nothing to undo: the batch had changed nothing. */
  | { type: "nothing undone"; batch: string; why: string }
  /** It was not made. `final`: trying again cannot help, because somebody has changed the contact since. */
  | { type: "not undone"; batch: string; why: string; final: boolean };

const listeners = new Set<(event: ChangeEvent) => void>();

/** Hears of every change until the function it gives is called. */
export function hearChanges(listener: (event: ChangeEvent) => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function tellChange(event: ChangeEvent): void {
  for (const listener of listeners) listener(event);
}
