import type { Subject } from "@/components/change/store/changes";
import type { QueuedContact } from "@/lib/triage/claims";

/** One change made in a triage session; entries are in the order of the key presses. */
export type Entry = {
  /** The batch of the change. */
  key: string;
  /** The session's round in which it was made, from 0, and the contact's position in that queue. */
  round: number;
  queued: QueuedContact;
  /** The contact's name. */
  name: string;
  /** The contact before the change; null if this browser does not know it. */
  before: Subject | null;
  /** What the contact was decided to be; null for a change that is not a decision, such as the assignee. */
  outcome: string | null;
  /** What was done, as a clause that follows the contact's name. */
  words: string;
  /** How long the contact had been on the screen, in ms. */
  took: number;
  /** lost: no answer came, so it may or may not have been made; refused: it was not made. */
  fate: "saving" | "saved" | "lost" | "refused";
  /** Why it was refused. */
  why: string;
  /** impossible: somebody has changed the contact since, so it stays as it is. */
  undo: "possible" | "asked" | "impossible";
  /** The key of the batch that undoes it. All attempts use the same key, so that it is undone only once. */
  undoKey: string | null;
};

/** The entry that the undo key would undo now; null if nothing is left. */
export function findUndoable(entries: Entry[]): Entry | null {
  return entries.findLast(({ undo }) => undo === "possible") ?? null;
}

/** Whether a contact is decided, as far as this browser knows. It then no longer waits in the queue. */
export function isDecided(entries: Entry[], id: string): boolean {
  return entries.some((entry) => entry.queued.id === id && isStanding(entry) && entry.undo === "possible");
}

/** Whether a contact's decision is being undone, so that the desk may not have it back in the queue yet. */
export function isReturning(entries: Entry[], id: string): boolean {
  return entries.some((entry) => entry.queued.id === id && entry.undo === "asked");
}

const isStanding = ({ outcome, fate }: Entry) => outcome !== null && fate !== "refused";

/** A decided contact, with its last outcome. */
export type Handled = { id: string; outcome: string; took: number };

/** The decided contacts, each once, in the order of their last decisions. */
export function listHandled(entries: Entry[]): Handled[] {
  const handled = new Map<string, Handled>();
  for (const entry of entries) {
    const { queued, outcome, took } = entry;
    if (outcome === null || !isStanding(entry) || entry.undo === "asked") continue;
    handled.delete(queued.id);
    handled.set(queued.id, { id: queued.id, outcome, took });
  }
  return [...handled.values()];
}

/** The entries with one of them changed. */
export function withEntry(entries: Entry[], key: string, change: Partial<Entry>): Entry[] {
  return entries.map((entry) => (entry.key === key ? { ...entry, ...change } : entry));
}

/**
 * Adds an entry that repeats a change of the same contact which was refused before. Both count as one decision, so the
 * refused entries are removed. Any other entry is simply added.
 */
export function addInsisted(entries: Entry[], entry: Entry): Entry[] {
  const refused = entries.filter(
    ({ queued, words, fate, undo }) =>
      queued.id === entry.queued.id && words === entry.words && fate === "refused" && undo === "possible",
  );
  const last = refused.at(-1);
  const added = last ? { ...entry, outcome: last.outcome, took: last.took } : entry;
  return [...entries.filter((each) => !refused.includes(each)), added];
}

/**
 * The entries after an undo has failed, so that it can be tried again. Earlier entries of the same contact can be tried
 * again too, because they cannot be undone before it.
 */
export function keepUndoable(entries: Entry[], key: string): Entry[] {
  const at = entries.findIndex((entry) => entry.key === key);
  const id = entries[at]?.queued.id;
  return entries.map((entry, index) =>
    index <= at && entry.queued.id === id && entry.undo === "asked" ? { ...entry, undo: "possible" } : entry,
  );
}

/** The median of the decision times, in whole seconds; null if there are none. */
export function medianSeconds(handled: Pick<Handled, "took">[]): number | null {
  const times = handled.map(({ took }) => took).sort((a, b) => a - b);
  const middle = Math.floor(times.length / 2);
  const upper = times[middle];
  if (upper === undefined) return null;
  const median = times.length % 2 === 1 ? upper : (upper + (times[middle - 1] ?? upper)) / 2;
  return Math.round(median / 1000);
}

/** How long the decided contacts were on the screen, in ms. */
export function sumTimes(handled: Pick<Handled, "took">[]): number {
  return handled.reduce((sum, { took }) => sum + took, 0);
}

/** How many contacts have each outcome, the most frequent first. */
export function countOutcomes(handled: Pick<Handled, "outcome">[]): { outcome: string; count: number }[] {
  const counts = new Map<string, number>();
  for (const { outcome } of handled) counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
  return [...counts].map(([outcome, count]) => ({ outcome, count })).sort((a, b) => b.count - a.count);
}
