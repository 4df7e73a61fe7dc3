import { formatCount } from "@/lib/desk/wording";

/** The texts of the selection bar that are read only there. They load with it. */
export const selectionWords = {
  allMatching: (total: number) => `All ${formatCount(total)} matching`,
  selectThisPage: "Select page",
  selectAll: "Select all",
};
