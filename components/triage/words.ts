import { openStatuses, statusLabel } from "@/lib/contact/status";
import { countOf, formatCount, joinWords } from "@/lib/desk/wording";

/** The texts of triage. */
export const triageWords = {
  /** The title of the queue without a filter. */
  queue: "Open contacts, longest waiting first",
  onlyOpen: "open only",
  leave: "Leave triage",
  progress: "Progress through the queue",
  of: (total: number, more: boolean) => `of ${more ? "the first " : ""}${formatCount(total)}`,
  medianOf: (seconds: number) => `median ${seconds} s`,
  othersHere: (names: string[]) => `${joinWords(names)} ${names.length === 1 ? "is" : "are"} also in triage`,

  decide: "Decide",
  assignToMe: "Assign to me",
  skip: "Skip",
  next: "Next contact",

  queueFailed: "Couldn't load the queue",
  nextFailed: "Couldn't load the next contacts.",
  saved: "Your decisions are saved.",
  problems: "Problems",
  notMade: (what: string, why: string) => `was not ${what}: ${why}`,
  notUndone: (why: string) => `was not undone: ${why}`,
  nothingToUndo: "Nothing left to undo in this session.",
  changedInHistory: "changed from its history",

  empty: "Queue is empty",
  emptyNote: "No contacts match this queue right now.",
  noneOpen: "No open contacts here",
  noneOpenNote: `Triage shows contacts that are ${openStatuses.map(statusLabel).join(" or ")}, unless the filter names a status.`,
  anyway: "Triage them anyway",
  done: (count: number) => `All done: ${countOf(count, "contact")} handled`,
  median: "Median time per contact",
  inAll: "In all",
  nothingLeft: "Nothing left for you",
  allSeen: "Every contact in this queue has been decided or skipped.",
  othersHaveRest: (names: string[]) =>
    `${joinWords(names)} ${names.length === 1 ? "has" : "have"} the rest of this queue.`,
  othersStill: (names: string[]) => `${joinWords(names)} ${names.length === 1 ? "is" : "are"} still in triage.`,
  checkForMore: "Check for more",
  backToLast: "Back to the last contact",
};
