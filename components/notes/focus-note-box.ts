/** The contact whose note box shall have the focus as soon as it is there. */
let wanted: string | null = null;

/** Puts the cursor into a contact's note box: now, or, while the contact is still loading, once it is shown. */
export function focusNoteBox(contactId: string): void {
  const boxes = [...document.querySelectorAll<HTMLTextAreaElement>("textarea[data-note-box]")];
  const box = boxes.find((each) => each.dataset.noteBox === contactId);
  wanted = box ? null : contactId;
  box?.focus();
}

/** Whether a note box that has just appeared is the one waited for. */
export function isWanted(contactId: string): boolean {
  const found = wanted === contactId;
  if (found) wanted = null;
  return found;
}
