import { useSyncExternalStore } from "react";
import type { Desk } from "@/components/desk/desk";
import type { Assignments } from "@/lib/change/assignments";
import type { Conflict } from "@/lib/change/outcome";
import { pickTriage, type Triage } from "@/lib/contact/triage";

/** A contact as it is on the screen when a person acts on it. */
export type Subject = Triage & { id: string; name: string; version: number };

/** What this browser knows of a contact beyond what the server rendered. */
export type Known = Triage & {
  version: number;
  /** changed: by a change made here; restored: by its undo; told: by a conflict's answer. */
  phase: "saving" | "changed" | "restored" | "told";
  /** Why it could not be changed, while that is still so. */
  reason: string | null;
  /** When this was learnt, in ms of the browser's clock. */
  at: number;
};

/** Contacts that somebody else changed first, to be decided: theirs, or ours after all. */
export type OpenConflict = { change: Assignments | null; conflicts: Conflict[] };

/** What can be asked about contacts before it is set: whose, until when, why spam, and which one they repeat. */
export type Decision = "assign" | "snooze" | "spam" | "duplicate";

/** A question on the screen. `apply` makes the change that answers it. */
export type OpenDecision = {
  decision: Decision;
  subjects: Subject[];
  /** How many contacts it is about: more than the subjects where those only stand for others not on the screen. */
  count: number;
  apply: (change: Assignments) => void;
};

type State = {
  known: ReadonlyMap<string, Known>;
  /** What is being saved, above what is known; the token tells which change set it last. */
  saving: ReadonlyMap<string, Triage & { version: number; token: symbol; at: number }>;
  conflict: OpenConflict | null;
  /** What is being asked before it is changed. */
  decision: OpenDecision | null;
  /** Batches made here that can be undone, the latest last. */
  undoable: readonly string[];
  /** Large batches begun here, for their progress to be shown. */
  bulks: readonly string[];
  /** Who works here and by which clock; set by the host. */
  desk: Desk;
};

const nothing: State = {
  known: new Map(),
  saving: new Map(),
  conflict: null,
  decision: null,
  undoable: [],
  bulks: [],
  desk: { people: [], me: "", zone: "UTC" },
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

/** Part of what this browser knows of its own changes; on the server, nothing. `select` must give a stable value. */
export function useChanges<T>(select: (state: State) => T): T {
  return useSyncExternalStore(
    subscribe,
    () => select(state),
    () => select(nothing),
  );
}

/** What is known of a contact that the server rendered at `version`; undefined when the server knows as much or more. */
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

/** The same for one contact on the screen, null where there is none. */
export function useKnown(contact: { id: string; version: number } | null): Known | undefined {
  const known = useChanges((changes) => changes.known);
  const saving = useChanges((changes) => changes.saving);
  return contact ? findKnown({ known, saving }, contact.id, contact.version) : undefined;
}

/** A subject as it is by what is known of it. */
export function asKnown<T extends Subject>(subject: T, known: Known | undefined): T {
  return known ? { ...subject, ...pickTriage(known), version: known.version } : subject;
}

/** Notes what has been learnt of some contacts. */
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

/** Shows contacts as they will be once they are saved; the token takes just this off the screen again. */
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

/** Shows contacts by what is known of them again, unless something later of them is being saved. */
export function hideSaving(contacts: { id: string }[], token: symbol): void {
  const saving = new Map(state.saving);
  for (const { id } of contacts) if (saving.get(id)?.token === token) saving.delete(id);
  updateChanges({ saving });
}

/** Puts a batch on top of those that can be undone. */
export function addUndoable(batch: string): void {
  if (!state.undoable.includes(batch)) updateChanges({ undoable: [...state.undoable, batch] });
}

/** Takes a batch off those that can be undone, and says whether it was one. */
export function forgetUndoable(batch: string): boolean {
  const { undoable } = state;
  if (!undoable.includes(batch)) return false;
  updateChanges({ undoable: undoable.filter((each) => each !== batch) });
  return true;
}
