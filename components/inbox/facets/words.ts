import { formatCount } from "@/lib/desk/wording";

/** The texts of the filters with their counts, and of the dialog with more insights. */
export const facetWords = {
  notCounted: "Couldn't count the filters.",
  partlyCounted: "“+” means at least as many: only some of the contacts were counted, the newest among them.",
  not: "Not",
  exclude: (value: string) => `Exclude ${value}`,
  stopExcluding: (value: string) => `Stop excluding ${value}`,
  excludeHint: "Exclude (Alt-click)",
  stopExcludingHint: "Stop excluding",
  sent: "Sent",
  usualDays: "Usual days",
  from: "From",
  to: "To",

  any: "Any",
  orMore: (number: number) => `${number} or more`,
  /** A bar of a histogram: its range, and how many contacts it has. */
  bar: (range: string, contacts: number, exact: boolean) => `${range}: ${formatCount(contacts)}${exact ? "" : "+"}`,
  /** "Complexity from 0.3 to 0.7", "Number of documents: 3 or more". */
  rangeChosen: (field: string, range: string) => `${field}${/^[\d.]+ to /.test(range) ? " from" : ":"} ${range}`,
  least: (field: string) => `Lowest ${field.toLowerCase()}`,
  most: (field: string) => `Highest ${field.toLowerCase()}`,

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
