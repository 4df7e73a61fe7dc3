import type { Sort } from "./filter";

/** Every order of the list and its name. */
export const sortLabels: Record<Sort, string> = {
  "-timestamp": "Newest first",
  timestamp: "Oldest first",
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
