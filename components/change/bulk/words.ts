import { formatCount } from "@/lib/desk/wording";

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
