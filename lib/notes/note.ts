import { isStorable } from "@/lib/database/values";
import { formatCount } from "@/lib/desk/wording";
import { isBlank } from "@/lib/text/visible-text";
import { noteProblems } from "./words";

/** The most characters of a note. A longer text belongs in a document. */
export const longestNote = 10_000;

/** Notes that a contact's page shows, the newest. */
export const notePortion = 200;

/** What somebody wrote down about a contact. */
export type Note = {
  id: string;
  authorId: string;
  /** As typed; empty once it is deleted. */
  text: string;
  /** Counts edits, deletions and restorations. An edit names the version that it saw. */
  version: number;
  createdAt: Date;
  /** When its text was last edited; null if it still has its first. */
  editedAt: Date | null;
  deleted: boolean;
};

/** What a note said before an edit, and since when. */
export type NoteVersion = { version: number; text: string; writtenAt: Date };

/** Notes newest first; `continues` where there are older ones than are shown. */
export type Notes = { notes: Note[]; continues: boolean };

export type NoteFailure = {
  ok: false;
  /** unknown: it may or may not have been saved. Sent again unchanged, it is saved only once. */
  code: "invalid" | "forbidden" | "gone" | "busy" | "unknown";
  message: string;
};

/**
 * The result of a note that was sent. stale: it is no longer as the person saw it; `note` is what it is now. taken: a
 * note of theirs with this id was saved before, with another text.
 */
export type NoteResult =
  | { ok: true; note: Note }
  | NoteFailure
  | { ok: false; code: "stale" | "taken"; message: string; note: Note };

/** Why a text cannot be a note, in words; null where it can. Characters count as the database counts them. */
export function findNoteProblem(text: string): string | null {
  if (isBlank(text)) return noteProblems.empty;
  const length = countCharacters(text);
  if (length > longestNote) {
    return noteProblems.tooLong(formatCount(longestNote), formatCount(length));
  }
  return isStorable(text) ? null : noteProblems.badCharacter;
}

function countCharacters(text: string): number {
  // Only a text that could be too long is split into characters.
  return text.length > longestNote ? [...text].length : text.length;
}

/**
 * The notes the server rendered with what this browser has learnt since: of each the latest version, newest note first.
 */
export function mergeNotes(rendered: Note[], learnt: ReadonlyMap<string, Note>): Note[] {
  const merged = new Map(learnt);
  for (const note of rendered) {
    const known = merged.get(note.id);
    if (!known || known.version < note.version) merged.set(note.id, note);
  }
  return [...merged.values()].sort(
    (one, other) => other.createdAt.getTime() - one.createdAt.getTime() || (one.id < other.id ? 1 : -1),
  );
}
