import { useSyncExternalStore } from "react";
import type { Desk } from "@/components/desk/desk";
import type { Assignments } from "@/lib/change/assignments";
import type { Conflict } from "@/lib/change/outcome";
import { pickTriage, type Triage } from "@/lib/contact/triage";

/** A contact as shown when a person acts on it. */
export type Subject = Triage & { id: string; name: string; version: number };

/** What this browser knows about a contact beyond what the server rendered. */
export type Known = Triage & {
  version: number;
  /** changed: by a change made here; restored: by its undo; told: from the answer to a conflict. */
  phase: "saving" | "changed" | "restored" | "told";
  /** Why it could not be changed, as long as that holds. */
  reason: string | null;
  /** When this became known, in ms of the browser's clock. */
  at: number;
};

/** Contacts that somebody else changed first. The person decides whether to keep that or to make their own change. */
export type OpenConflict = { change: Assignments | null; conflicts: Conflict[] };

/** Decisions for which a dialog asks: the assignee, the snooze time, the spam reason and the original. */
export type Decision = "assign" | "snooze" | "spam" | "duplicate";

/** An open question. `apply` makes the change that answers it. */
export type OpenDecision = {
  decision: Decision;
  subjects: Subject[];
  /**
   * How many contacts it is about. It exceeds the number of subjects if they only stand for contacts not on the screen.
   */
  count: number;
  apply: (change: Assignments) => void;
};

type State = {
  known: ReadonlyMap<string, Known>;
  /** Changes being saved, which override `known`. The token identifies the change that set an entry last. */
  saving: ReadonlyMap<string, Triage & { version: number; token: symbol; at: number }>;
  conflict: OpenConflict | null;
  /** The question open in a dialog. */
  decision: OpenDecision | null;
  /** Batches made here that can be undone; the latest is last. */
  undoable: readonly string[];
  /** Large batches started here, whose progress is shown. */
  bulks: readonly string[];
  /** The staff, the person signed in and the clock; set by the host. */
  desk: Desk;
};

const nothing: State = {
  known: new Map(),
  saving: new Map(),
  conflict: null,
  decision: null,
  undoable: [],
  bulks: [],
  desk: { people: [], me: "", zone: "UTC", weekStart: 1 },
};

let state = nothing;
const listeners = new Set<() => void>();

export function getChanges(): State {
  return state;
}

export function updateChanges(next: Partial<State>): void {
  state = { ...state, ...next };
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/**
 * Selects part of what this browser knows of its own changes; nothing on the server. `select` must give a stable value.
 */
export function useChanges<T>(select: (state: State) => T): T {
  return useSyncExternalStore(
    subscribe,
    () => select(state),
    () => select(nothing),
  );
}

/** What is known of a contact rendered at `version`; undefined if the server knows more, or nothing is known. */
export function findKnown(
  { known, saving }: Pick<State, "known" | "saving">,
  id: string,
  version: number,
): Known | undefined {
  const pending = saving.get(id);
  if (pending) return { ...pending, phase: "saving", reason: null };
  const learnt = known.get(id);
  return learnt && learnt.version >= version ? learnt : undefined;
}

/** `findKnown` for one contact on the screen; null if there is none. */
export function useKnown(contact: { id: string; version: number } | null): Known | undefined {
  const known = useChanges((changes) => changes.known);
  const saving = useChanges((changes) => changes.saving);
  return contact ? findKnown({ known, saving }, contact.id, contact.version) : undefined;
}

/** A subject updated with what is known of it. */
export function asKnown<T extends Subject>(subject: T, known: Known | undefined): T {
  return known ? { ...subject, ...pickTriage(known), version: known.version } : subject;
}

/** Records what has become known about some contacts. */
export function learn(
  contacts: (Triage & { id: string; version: number })[],
  phase: Known["phase"],
  reasons?: Map<string, string>,
): void {
  const known = new Map(state.known);
  const at = Date.now();
  for (const contact of contacts) {
    const { id, version } = contact;
    known.set(id, { ...pickTriage(contact), version, phase, reason: reasons?.get(id) ?? null, at });
  }
  updateChanges({ known });
}

/** Shows contacts as they will be once saved. The returned token is needed to hide exactly that again. */
export function showSaving(contacts: Subject[]): symbol {
  const token = Symbol();
  const saving = new Map(state.saving);
  const at = Date.now();
  for (const contact of contacts) {
    saving.set(contact.id, { ...pickTriage(contact), version: contact.version, token, at });
  }
  updateChanges({ saving });
  return token;
}

/** Stops showing contacts as they were being saved, unless a later change of them is being saved. */
export function hideSaving(contacts: { id: string }[], token: symbol): void {
  const saving = new Map(state.saving);
  for (const { id } of contacts) if (saving.get(id)?.token === token) saving.delete(id);
  updateChanges({ saving });
}

/** Adds a batch on top of those that can be undone. */
export function addUndoable(batch: string): void {
  if (!state.undoable.includes(batch)) updateChanges({ undoable: [...state.undoable, batch] });
}

/** Removes a batch from those that can be undone; gives whether it was one. */
export function forgetUndoable(batch: string): boolean {
  const { undoable } = state;
  if (!undoable.includes(batch)) return false;
  updateChanges({ undoable: undoable.filter((each) => each !== batch) });
  return true;
}
