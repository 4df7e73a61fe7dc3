import type { Subject } from "@/components/change/store/changes";
import type { Claim } from "@/lib/triage/claims";

/** One change that was made in a triage session, in the order of the keys. */
export type Entry = {
  /** The batch that it is. */
  key: string;
  /** In which of the session's walks it was made, from 0, and where the contact stands in its queue. */
  walk: number;
  place: Claim;
  /** The contact's name. */
  name: string;
  /** The contact as it was before; null where this browser does not know. */
  before: Subject | null;
  /** What the contact has come to; null for a change that is no decision, such as whose it is. */
  outcome: string | null;
  /** What was done, as a clause that follows the contact's name. */
  words: string;
  /** How long the contact was on the screen until then, in ms. */
  took: number;
  /** lost: no answer came, so it may or may not have been made; refused: it was not made. */
  fate: "saving" | "saved" | "lost" | "refused";
  /** Why it was refused. */
  why: string;
  /** impossible: it stays as it is, because somebody has changed the contact since. */
  undo: "possible" | "asked" | "impossible";
  /** The batch that takes it back. One key for all attempts, so that it is taken back once. */
  undoKey: string | null;
};

/** What a key takes back now; null where nothing is left. */
export function findUndoable(entries: Entry[]): Entry | null {
  return entries.findLast(({ undo }) => undo === "possible") ?? null;
}

/** Whether a contact is decided, as far as this browser knows: it waits no longer in the queue then. */
export function isDecided(entries: Entry[], id: string): boolean {
  return entries.some((entry) => entry.place.id === id && isStanding(entry) && entry.undo === "possible");
}

/** Contacts whose decision is being taken back: the desk may not have them in the queue again yet. */
export function isReturning(entries: Entry[], id: string): boolean {
  return entries.some((entry) => entry.place.id === id && entry.undo === "asked");
}

const isStanding = ({ outcome, fate }: Entry) => outcome !== null && fate !== "refused";

/** A contact that was handled: what it has come to last. */
export type Handled = { id: string; outcome: string; took: number };

/** The contacts that were decided, each once, in the order of their last decisions. */
export function listHandled(entries: Entry[]): Handled[] {
  const handled = new Map<string, Handled>();
  for (const entry of entries) {
    const { place, outcome, took } = entry;
    if (outcome === null || !isStanding(entry) || entry.undo === "asked") continue;
    handled.delete(place.id);
    handled.set(place.id, { id: place.id, outcome, took });
  }
  return [...handled.values()];
}

/** The entries with one of them changed. */
export function withEntry(entries: Entry[], key: string, change: Partial<Entry>): Entry[] {
  return entries.map((entry) => (entry.key === key ? { ...entry, ...change } : entry));
}

/**
 * The entries with one on top that insists on what was refused before of the same contact: the two are one decision. Any other
 * key that was pressed is one of its own.
 */
export function addInsisted(entries: Entry[], entry: Entry): Entry[] {
  const refused = entries.filter(
    ({ place, words, fate, undo }) =>
      place.id === entry.place.id && words === entry.words && fate === "refused" && undo === "possible",
  );
  const last = refused.at(-1);
  const added = last ? { ...entry, outcome: last.outcome, took: last.took } : entry;
  return [...entries.filter((each) => !refused.includes(each)), added];
}

/**
 * The entries after an attempt to take one back has failed: it can be tried again, and so can what was done before to the same
 * contact, which cannot be taken back before it.
 */
export function keepUndoable(entries: Entry[], key: string): Entry[] {
  const at = entries.findIndex((entry) => entry.key === key);
  const id = entries[at]?.place.id;
  return entries.map((entry, index) =>
    index <= at && entry.place.id === id && entry.undo === "asked" ? { ...entry, undo: "possible" } : entry,
  );
}

/** The middle of the times that decisions took, in whole seconds; null where there are none. */
export function medianSeconds(handled: Pick<Handled, "took">[]): number | null {
  const times = handled.map(({ took }) => took).sort((a, b) => a - b);
  const middle = Math.floor(times.length / 2);
  const upper = times[middle];
  if (upper === undefined) return null;
  const median = times.length % 2 === 1 ? upper : (upper + (times[middle - 1] ?? upper)) / 2;
  return Math.round(median / 1000);
}

/** How many contacts came to each outcome, the commonest first. */
export function countOutcomes(handled: Pick<Handled, "outcome">[]): { outcome: string; count: number }[] {
  const counts = new Map<string, number>();
  for (const { outcome } of handled) counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
  return [...counts].map(([outcome, count]) => ({ outcome, count })).sort((a, b) => b.count - a.count);
}
