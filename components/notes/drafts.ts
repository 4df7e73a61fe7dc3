/**
 * Text that a person has typed and the server has not acknowledged. `sent` is the id under which a new note was sent,
 * if its answer is not known. `version` is that of the note being edited.
 */
export type Draft = { text: string; sent?: string; version?: number };

/** The storage key of a text box. It includes the person, so that the browser's next user does not see the draft. */
export function draftKey(staffId: string, box: { contactId: string } | { noteId: string }): string {
  const where = "contactId" in box ? `contact:${box.contactId}` : `edit:${box.noteId}`;
  return `desk.note.${staffId}.${where}`;
}

/** The stored draft, which survives a reload and signing in again; null if there is none. */
export function readDraft(key: string): Draft | null {
  try {
    const draft: unknown = JSON.parse(window.localStorage.getItem(key) ?? "null");
    return isDraft(draft) ? draft : null;
  } catch {
    return null;
  }
}

/** Stores a draft. If the browser's storage is off or full, the text is still in the page. */
export function keepDraft(key: string, draft: Draft): void {
  try {
    window.localStorage.setItem(key, JSON.stringify(draft));
  } catch {
    // Full or forbidden.
  }
}

/** Removes a draft that was saved or given up, unless another window has stored another text there. */
export function dropDraft(key: string, text: string): void {
  try {
    if (readDraft(key)?.text === text) window.localStorage.removeItem(key);
  } catch {
    // Storage is forbidden, so there was no draft.
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
