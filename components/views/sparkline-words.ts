import { formatCount } from "@/lib/desk/wording";

/** The text of a sparkline; apart from the other texts of views, because the browser does not need it. */
export const sparklineWords = {
  received: (contacts: number) => `${formatCount(contacts)} received in the last 14 days`,
};
