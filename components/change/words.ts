/**
 * The texts of buttons and menus that change contacts. Dialogs and cards load later and have theirs beside them.
 * lib/change/words.ts words the changes themselves.
 */
export const changeWords = {
  setStatus: "Set status",
  assign: "Assign",
  nobody: "Nobody",
  assignedTo: "Assigned to",
  assignedToOne: (name: string) => `Assigned to ${name}`,
  snooze: "Snooze",
  snoozed: "Snoozed",
  snoozedUntil: (time: string) => `Snoozed until ${time}`,
  until: (time: string) => `Until ${time}`,
  backFromSnooze: "Back from snooze",
  wroteAgain: "Back: wrote again",
  becauseWroteAgain: "because the same address wrote again",
  unsnooze: "Unsnooze",
  duplicate: "Duplicate",
  duplicateOf: "Duplicate of…",
  notDuplicate: "Not a duplicate",
  duplicatedBy: (count: number) => (count === 1 ? "Duplicated by" : `Duplicated by ${count}:`),
  spamWithReason: "Spam, with a reason…",
  spamWithoutReason: "Spam, no reason given",
  giveReason: "Give a reason",
  changeReason: "Change the reason",
  undo: "Undo",
  redo: "Redo",
  undone: "Undone",
  redone: "Redone",
};
