import { formatCount } from "./wording";

/** A number of contacts. If it is not exact, there may be more; `about` is then the estimate, if there is one. */
export type Count = { count: number; exact: boolean; about?: number };

/** A count for people: "4,812". An inexact count is "≈ 1.2 M" with an estimate, and "10,000+" without one. */
export function printCount({ count, exact, about }: Count): string {
  if (!exact && about) return `≈ ${compact.format(about).replace(/(?=[A-Z])/, "\u202f")}`;
  return `${formatCount(count)}${exact ? "" : "+"}`;
}

const compact = new Intl.NumberFormat("en", { notation: "compact", maximumSignificantDigits: 3 });
