import { countOf, formatCount } from "@/lib/desk/wording";

/** The texts of a contact, beside the list, on its own page and in triage. */
export const contactWords = {
  moreFromAddress: "more from this address",
  copyEmail: "Copy e-mail address",
  reply: "Reply by e-mail",
  responseDue: "First response due",
  responseOverdue: "First response overdue since",

  details: "Details",
  notYet: "Not yet",
  unknown: "Unknown",
  newTab: "(opens in a new tab)",

  noMessage: "The message is empty.",
  showAllOfMessage: "Show the whole message",
  showLess: "Show less",
  first: (shown: number, all: number) => `The first ${formatCount(shown)} of ${formatCount(all)} characters.`,
  showAll: "Show all",

  history: "History",
  noHistory: "No changes yet.",
  received: "Received",
  receivedFrom: "Received from",
  wroteNote: "wrote a note",
  /** Somebody of the staff whose name is not known. */
  colleague: "A colleague",
  showMore: (count: number) => `Show ${formatCount(count)} more`,
  showFewer: "Show fewer",
  olderChanges: "Older changes are kept but not shown here.",
  undidChange: "undid a change:",
  withOthers: "together with others",
  undone: "undone",

  duplicates: "Possible duplicates",
  duplicatesFailed: "Couldn't look for duplicates.",
  markDuplicate: "Mark as duplicate of this",
  countDuplicates: (count: number) => countOf(count, "possible duplicate"),
  others: "Also from this address",
  latest: (shown: number, all: string) => `latest ${shown} of ${all}`,

  list: "List",
  previous: "Previous",
  next: "Next",
  atEnd: {
    next: "This is the last contact in the list.",
    previous: "This is the first contact in the list.",
  },
};

/** The texts about what the pipeline found in a contact's documents. */
export const insightWords = {
  insights: "Insights",
  none: "None. No documents were analysed.",
  unnamed: "Nothing to show in words. See the JSON.",
  malformed: (parts: string) => `Malformed: ${parts}. The JSON shows what was stored.`,
  businessContent: "Business content",
  noBusinessContent: "No business content",
  confidence: (level: string) => `${level} confidence`,
  storedAs: (code: string) => `Stored as ${code}`,
  complexity: (complexity: string) => `Complexity ${complexity}`,
  moreTypes: (count: number) => `and ${count} more ${count === 1 ? "type" : "types"}`,
  analysis: (parts: string) => `Analysed: ${parts}.`,
  documents: (count: number) => countOf(count, "document"),
  lastUpload: (time: string) => `last uploaded ${time}`,
  processing: (status: string) => `processing ${status}`,
  json: "JSON",
  jsonLabel: "Insights as JSON",
  onlyBeginning: "Only the beginning is shown.",
};
