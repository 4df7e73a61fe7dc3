import { countOf, formatCount } from "@/lib/desk/wording";

/** The texts of the dialogs, menus and cards that change contacts. lib/change/words.ts words the changes themselves. */
export const changeWords = {
  setStatus: "Set status",
  assign: "Assign",
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

/** The dialogs in which a decision is made. */
export const decisionWords = {
  titles: { assign: "Assign", snooze: "Snooze", spam: "Mark as spam", duplicate: "Mark as a duplicate" },
  assignee: "Assignee",
  searchPeople: "Search people",
  me: (name: string) => `${name} (me)`,
  nobody: "Nobody",
  snoozeUntil: "Snooze until",
  snoozeHint: "In two hours, tomorrow, Monday",
  dateAndTime: "Date and time",
  pastTime: "Choose a time in the future.",
  noTime: "Type a date and a time, such as 4 Dec 2026, 09:30.",
  reasons: ["Advertising", "Phishing or fraud", "Automated message", "Abuse", "Gibberish"],
  reason: "Spam reason",
  reasonHint: "Choose a reason, or type one",
  noReason: "No reason",
  original: "Original contact",
  originalHint: "Paste the original's link or id",
  contact: (id: string) => `Contact ${id}`,
  looking: "Looking for other contacts from this address…",
  others: "The latest from the same address. This contact will be closed; you can undo that.",
  noOthers: "Nothing else from this address. This contact will be closed; you can undo that.",
  othersFailed: "Couldn't load other contacts from this address. Paste a link instead.",
};

/** The card that says who changed the same contacts first. */
export const conflictWords = {
  title: (contacts: number) => `Someone else changed ${countOf(contacts, "contact")}`,
  titleOne: (name: string, deleted: boolean) => `${name} was ${deleted ? "deleted" : "changed by someone else"}`,
  nothingOverwritten: "Nothing was overwritten. Choose what to keep.",
  notRestored: "Not restored, because someone has changed them since.",
  yours: "Yours:",
  keepTheirs: "Keep theirs",
  keepMine: "Keep mine",
  keepMineForAll: (contacts: number) => `Keep mine for all ${contacts}`,
  ok: "OK",
  justNow: "just now",
  ago: (age: string) => `${age} ago`,
};

/** The dialog before a change of very many contacts, and the card with its progress. */
export const bulkWords = {
  frozen:
    "These contacts matched when you selected them. Any that someone changes in the meantime are skipped. You can undo this in one step.",
  status: "Current status",
  assignee: "Assigned to",
  change: (contacts: string) => `Change ${contacts}`,
  unanswered: "No answer came back. Try again: nothing is changed twice.",
  card: "Bulk change",
  starting: "Starting…",
  restored: "restored",
  progress: "Contacts changed so far",
  waiting: "Can't reach the desk. The change goes on once it answers.",
  stop: "Stop",
  showSkipped: "Show skipped contacts",
  contacts: (count: number) => `${formatCount(count)} contacts`,
};
