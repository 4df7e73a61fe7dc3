import { isStorable } from "@/lib/database/values";
import { formatCount } from "@/lib/desk/wording";
/** Characters of a note. What is longer belongs into a document. */
export const longestNote = 10_000;

/** Notes that a contact's page shows, the newest. */
export const notePortion = 200;

/** What somebody wrote down about a contact. */
export type Note = {
  id: string;
  authorId: string;
  /** As typed; empty once it is deleted. */
  text: string;
  /** Counts edits, deletions and restorations: what an edit must have seen. */
  version: number;
  createdAt: Date;
  /** When it got the text that it has; null where that is its first. */
  editedAt: Date | null;
  deleted: boolean;
};

/** What a note said before an edit, and since when. */
export type NoteVersion = { version: number; text: string; writtenAt: Date };

/** Notes newest first; `continues` where there are older ones than are shown. */
export type Notes = { notes: Note[]; continues: boolean };

export type NoteFailure = {
  ok: false;
  /** unknown: it may or may not have been saved; sent again as it was, it is saved once. */
  code: "invalid" | "forbidden" | "gone" | "busy" | "unknown";
  message: string;
};

/**
 * What became of a note that was sent. Stale: it is not any more as the person saw it; `note` is what it says now.
 * Taken: a note of theirs with this id was saved before, with another text.
 */
export type NoteResult =
  | { ok: true; note: Note }
  | NoteFailure
  | { ok: false; code: "stale" | "taken"; message: string; note: Note };

/** Why a text cannot be a note, in words; null where it can. Characters count as the database counts them. */
export function findNoteProblem(text: string): string | null {
  if (text.trim() === "") return "Write something first.";
  const length = countCharacters(text);
  if (length > longestNote) {
    const [most, has] = [longestNote, length].map((count) => formatCount(count));
    return `A note has room for ${most} characters, and this is ${has}. It is kept here until it is shorter.`;
  }
  return isStorable(text) ? null : "This contains a character that cannot be stored.";
}

function countCharacters(text: string): number {
  // Only what could be too long is worth taking apart.
  return text.length > longestNote ? [...text].length : text.length;
}

/** The notes the server rendered with what this browser has learnt since: of each the latest version, newest note first. */
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
