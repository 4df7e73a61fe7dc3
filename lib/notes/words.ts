/** The texts of notes. */
export const noteWords = {
  notes: "Notes",
  add: "Add note",
  addLabel: "Add a note",
  notLoaded: "Couldn't load the notes.",
  older: "Older notes are kept but not shown here.",
  restored: "Not saved yet. Your text was kept in this browser.",
  edit: "Edit note",
  delete: "Delete note",
  deleted: "Note deleted",
  deletedBy: "deleted a note from",
  you: "You",
  undo: "Undo",
  tryAgain: "Try again",
  restore: "Restore",
  noteRestored: "Note restored",
  save: "Save",
  saving: "Saving…",
  characters: (typed: string, most: string) => `${typed} of ${most}`,
  edited: "edited",
  earlierHint: ", earlier versions",
  earlier: "Earlier versions",
  written: "Written",
  loading: "Loading…",
  nothingOverwritten: "Nothing was overwritten.",
  restoreWithMine: "Restore it with my text",
  useMine: "Use my text",
  leaveDeleted: "Leave it deleted",
  keepSaved: "Keep the saved text",
  notSaved: "Your text, not saved",
  saveMine: "Save my text",
  unanswered: "No answer came back. Your text is kept in this browser. Send it again: it is saved only once.",
};

/** Why a note was not saved. */
export const noteProblems = {
  empty: "Write something first.",
  tooLong: (most: string, length: string) =>
    `A note can have ${most} characters. This one has ${length}. Your text is kept in this browser until you shorten it.`,
  badCharacter: "This contains a character that can't be stored.",
  savedBefore: "This note was saved before, with another text.",
  deletedElsewhere: "You have deleted this note in another window.",
  changedElsewhere: "You have saved another text in another window.",
  gone: "This note no longer exists. Your text is kept in this browser.",
  notOwn: "Only the author can change a note.",
  connectionLost:
    "The connection was lost while saving. Your text is kept in this browser. Send it again: it is saved only once.",
};
