import type { Assignments } from "@/lib/change/assignments";
import type { Subject } from "./changes";

/** What happens to the changes made in this browser, in the order in which it becomes known. */
export type ChangeEvent =
  /** A change has been sent, for the first time or again under its key. */
  | { type: "sent"; key: string; subjects: Subject[]; change: Assignments }
  | { type: "saved"; key: string }
  /** Nothing was changed: it failed, somebody else was first, or everything was as wanted already. */
  | { type: "refused"; key: string; why: string }
  /** No answer came, so it is unknown whether the change was made. */
  | { type: "lost"; key: string }
  /** The undo of a batch has been sent; `key` is the batch that the undo will be. */
  | { type: "undoing"; batch: string; key: string }
  /** The undo was made, for these contacts. */
  | { type: "undone"; batch: string; key: string; ids: string[] }
  /** There was nothing to undo: the batch had changed nothing. */
  | { type: "nothing undone"; batch: string; why: string }
  /** The undo was not made. `final`: trying again cannot help, because somebody has changed the contact since. */
  | { type: "not undone"; batch: string; why: string; final: boolean };

const listeners = new Set<(event: ChangeEvent) => void>();

/** Listens for changes until the returned function is called. */
export function hearChanges(listener: (event: ChangeEvent) => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function tellChange(event: ChangeEvent): void {
  for (const listener of listeners) listener(event);
}
