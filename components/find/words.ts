import { countOf, formatCount, joinWords } from "@/lib/desk/wording";
import { contactsWithDocuments, mostFound } from "@/lib/find/found";

/** The texts about what the palette finds besides commands. They are loaded with it. */
export const findWords = {
  search: "Search",
  staff: "Staff",
  settings: "Settings",
  contacts: "Contacts",
  documents: "Documents",
  assigned: "Assigned contacts",
  assignedToDisabled: "Assigned contacts · disabled",
  looking: "Looking for contacts and documents…",
  found: (contacts: number, documents: number) => {
    const counts = [contacts && countOf(contacts, "contact"), documents && countOf(documents, "document")];
    const most = Math.max(contacts, documents) === mostFound ? ` At most ${mostFound} of each are shown.` : "";
    return `${joinWords(counts.filter((count) => count !== 0))}.${most}`;
  },
  nothing: `No contact found by name, address or company, and no file among the documents of the newest ${formatCount(contactsWithDocuments)} contacts.`,
  notLooked: "Couldn't look for contacts and documents. Check your connection and try again.",
};
