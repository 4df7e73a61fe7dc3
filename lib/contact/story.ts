import type { HistoryEntry } from "./contact";

/** One thing that happened to a contact: it was received, changed, or somebody wrote a note. */
export type StoryEvent =
  | { kind: "received"; id: "received"; at: Date }
  | { kind: "change"; id: string; at: Date; entry: HistoryEntry }
  | { kind: "note"; id: string; at: Date; authorId: string };

/** A contact's story, newest first: its changes and notes with the moment at which it was received. */
export function listStory(
  receivedAt: Date,
  history: HistoryEntry[],
  notes: { id: string; authorId: string; createdAt: Date; deleted: boolean }[],
): StoryEvent[] {
  const changes = history.map((entry): StoryEvent => ({ kind: "change", id: entry.id, at: entry.changedAt, entry }));
  const written = notes.flatMap(({ id, authorId, createdAt, deleted }): StoryEvent[] =>
    deleted ? [] : [{ kind: "note", id, at: createdAt, authorId }],
  );
  // The sort is stable, so changes of one moment keep their order.
  const later = [...changes, ...written].sort((one, other) => other.at.getTime() - one.at.getTime());
  // Last, whatever the visitor's clock said: nothing can happen to a contact before it is received.
  return [...later, { kind: "received", id: "received", at: receivedAt }];
}

/** Events at the beginning of a story that are shown before it is unfolded. The oldest, the last, is always shown. */
const shownFirst = 7;

/** A story in three parts: the newest, those in between that are folded, and the moment of receiving. */
export function foldStory(story: StoryEvent[]): { newest: StoryEvent[]; between: StoryEvent[]; oldest: StoryEvent[] } {
  const later = story.slice(0, -1);
  const oldest = story.slice(-1);
  // One line to unfold a single event would save nothing.
  if (later.length <= shownFirst + 1) return { newest: later, between: [], oldest };
  return { newest: later.slice(0, shownFirst), between: later.slice(shownFirst), oldest };
}
