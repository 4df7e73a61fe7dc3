import { formatCount } from "@/lib/desk/wording";

/** The texts of the bar, the rows and the empty states of the list. */
export const inboxWords = {
  inbox: "Inbox",
  contacts: "Contacts",
  pages: "Pages",
  firstPage: "First page",
  previousPage: "Previous page",
  nextPage: "Next page",
  lastPage: "Last page",
  order: "Order:",
  triageThese: "Triage these",
  triageOpen: "Triage the open ones",
  triageHint: "One at a time, in this order",
  manyChanges: "Many changes",
  offline: "You are offline. You can read this list, but nothing can be opened or saved until you are back online.",
  loadingContacts: "Loading contacts",
  loadingContact: "Loading the contact",
  openContact: "Open contact",
  openAsPage: "Open as a page",
  lookNotSaved: "No answer came back. How the list looks may not have been saved.",

  notCounted: (why: string) => `Couldn't count. ${why}`,
  databaseBusy: "The database is busy.",
  matching: "matching",
  of: (total: string) => `of ${total}`,
  exactly: "exactly",
  counting: "Counting…",
  countExactly: "Count exactly",

  noContacts: "No contacts yet",
  noContactsNote: "Messages from the website's contact form appear here.",
  noMatch: "No contacts match these filters.",
  onlySomeSearched: "Only some of the contacts were searched.",
  clearFilters: "Clear filters",
  daysSwapped: "The first day is after the last day.",
  swapDays: "Swap the days",
  tooBroad: "Too broad: add a filter",
  tooBroadNote:
    "Searching this many contacts takes too long. Add a status, a service or fewer days, or remove a filter.",
  insightNotCounted: "The numbers beside the filters leave the insight conditions out.",
  contactNotShown: "Couldn't show this contact",
  noSuchContact: "No such contact",
  perhapsRemoved: "It may have been deleted since the list was loaded.",
  ignored: "Ignored:",
  shortWords:
    "Words this short are searched in the first 20,000 contacts of the list only. Type three letters to search them all. Exports and “Count exactly” always search them all.",

  row: (row: number, rows: number) => `Row ${row} of ${rows}`,
  select: "Select",
  selectPage: "Select every contact on this page",
  selectOne: (name: string) => `Select ${name}`,
  overdue: "Overdue",
  overdueNote: "First response overdue",
  changeStatus: (status: string) => `Status: ${status}. Change`,
  processingFailed: (type: string) => `${type}: processing failed`,
  file: "file",
  failed: "failed",
  notSnoozed: "Not snoozed",

  selection: "Selected contacts",
  selected: (count: string) => `${count} selected`,
  allMatching: (total: number) => `All ${formatCount(total)} matching`,
  noneSelected: "No contacts selected",
  selectedContacts: (count: number) => `${formatCount(count)} selected contacts`,
  status: "Status",
  selectThisPage: "Select page",
  selectAll: "Select all",
  clearSelection: "Clear selection",
  clear: "Clear",
};

/** The texts of the query bar and its suggestions. */
export const queryWords = {
  label: "Search words or filters",
  hint: "Search words, or type a filter…",
  suggestions: "Suggestions",
  countSuggestions: (count: number) => `${count} ${count === 1 ? "suggestion" : "suggestions"}`,
  removeFilter: (label: string, text: string) => `Remove filter ${label}: ${text}`,
  clearAll: "Clear all",
  use: (fix: string) => `Use ${fix}`,
};

/** The texts of the filters with their counts, and of the dialog with more insights. */
export const facetWords = {
  filters: "Filters",
  notCounted: "Couldn't count the filters.",
  partlyCounted: "“+” means at least as many: only some of the contacts were counted, the newest among them.",
  not: "Not",
  exclude: (value: string) => `Exclude ${value}`,
  stopExcluding: (value: string) => `Stop excluding ${value}`,
  excludeHint: "Exclude (Alt-click)",
  stopExcludingHint: "Stop excluding",
  sent: "Sent",
  from: "From",
  to: "To",

  otherInsights: "Other insights…",
  otherInsightsTitle: "Other insights",
  otherInsightsNote: "Anything else that was found in the contacts' documents.",
  loading: "Loading insights",
  search: "Search names and values",
  searchHint: "Search names and values…",
  filterBy: "Filter by",
  insights: "Insights",
  noneFound: (contacts: number, all: boolean) => `No matches in ${contactsRead(contacts, all)}.`,
  found: (found: number, shown: number, contacts: number, all: boolean) =>
    `${found > shown ? `The ${shown} most common of ${found}` : found} found in ${contactsRead(contacts, all)}.`,
  commonValues: (path: string) => `Common values of ${path}`,
  present: "Present",
  missing: "Missing",
  range: (path: string) => `Range of ${path}`,
  value: (path: string) => `Value of ${path}`,
  badNumber: "Enter a number of at most 15 digits.",
  rangeReversed: "“From” is larger than “To”.",
  has: "Has",
  is: "Is",
  filter: "Filter",
};

const contactsRead = (contacts: number, all: boolean) =>
  `${all ? "all" : "a sample of"} ${formatCount(contacts)} contacts`;

/** The texts of the choice of columns and of the row height. */
export const columnWords = {
  columns: "Columns",
  list: "Columns of the list",
  rowHeight: "Row height",
  densities: { comfortable: "Comfortable", compact: "Compact" },
  always: "always",
  ofView: "These columns belong to this view. Your own columns stay as they are.",
  keys: "Alt+↑ or Alt+↓ moves a column",
  reset: "Reset",
  moved: (label: string, place: number, shown: number) => `${label} is now column ${place} of ${shown}`,
  forward: (label: string) => `Move ${label} forward`,
  back: (label: string) => `Move ${label} back`,
  width: (label: string) => `Width of ${label}`,
  pixels: (width: number) => `${width} pixels`,
};
