/** The contact whose note box will get the focus when it appears. */
let wanted: string | null = null;

/** Focuses a contact's note box: now, or once it is shown if the contact is still loading. */
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
