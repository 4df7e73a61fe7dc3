/**
 * What a person has typed and the server has not acknowledged. `sent` is the id under which a new note was sent already,
 * its answer unknown; `version` that of the note whose edit this is.
 */
export type Draft = { text: string; sent?: string; version?: number };

/** One place to type in: of one person, so that whoever signs in next at the same browser does not see it. */
export function draftKey(staffId: string, place: { contactId: string } | { noteId: string }): string {
  const where = "contactId" in place ? `contact:${place.contactId}` : `edit:${place.noteId}`;
  return `desk.note.${staffId}.${where}`;
}

/** What was typed there and not saved, also before a reload or signing in again; null where nothing was. */
export function readDraft(key: string): Draft | null {
  try {
    const draft: unknown = JSON.parse(window.localStorage.getItem(key) ?? "null");
    return isDraft(draft) ? draft : null;
  } catch {
    return null;
  }
}

/** Keeps what is typed. Where the browser keeps nothing for a page, or no more, the page itself still does. */
export function keepDraft(key: string, draft: Draft): void {
  try {
    window.localStorage.setItem(key, JSON.stringify(draft));
  } catch {
    // Full or forbidden.
  }
}

/** Lets go of what has been saved or given up, unless another window keeps another text there. */
export function dropDraft(key: string, text: string): void {
  try {
    if (readDraft(key)?.text === text) window.localStorage.removeItem(key);
  } catch {
    // Forbidden: then there was none.
  }
}

function isDraft(value: unknown): value is Draft {
  if (typeof value !== "object" || value === null) return false;
  const { text, sent, version } = value as Record<string, unknown>;
  return (
    typeof text === "string" &&
    text !== "" &&
    (sent === undefined || typeof sent === "string") &&
    (version === undefined || typeof version === "number")
  );
}
