import type { BatchKind } from "@/lib/change/assignments";

/** What an undo took back, as the words after a person's name: "Tomo Sato's assignment". */
export const undidWords: Record<BatchKind, string> = {
  status: "change",
  assign: "assignment",
  snooze: "snooze",
  spam: "spam reason",
  duplicate: "decision on duplicates",
  handover: "handover",
  undo: "undo",
};

/** The headings of days in the history; any other day is its date. */
export const dayWords = { today: "Today", yesterday: "Yesterday", unknown: "At an unknown time" };
