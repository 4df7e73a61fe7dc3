import type { Sort } from "./filter";

/** Every order of the list and its name. */
export const sortLabels: Record<Sort, string> = {
  "-timestamp": "Newest first",
  timestamp: "Oldest first",
  best: "Best match",
  waiting: "Longest waiting",
  "-updated": "Recently changed",
  name: "Name, A to Z",
  "-name": "Name, Z to A",
  company: "Company, A to Z",
  "-company": "Company, Z to A",
  status: "Status, new first",
  "-status": "Status, new last",
  "-documents": "Most documents first",
  documents: "Fewest documents first",
};

/** What "Best match" means, in full. docs/decisions/30 says how far it looks. */
export const bestMatchNote =
  "First names that begin with a word you search for, then whole words before parts of words. Newest first within each. Words need three letters.";
