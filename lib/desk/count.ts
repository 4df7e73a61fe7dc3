import { formatCount } from "./wording";

/** A number of contacts; where it is not exact there may be more than that, `about` so many where that is known. */
export type Count = { count: number; exact: boolean; about?: number };

/** A count as people read it: "4,812"; where there are more than were counted "≈ 1.2 M", or "10,000+" if nobody knows. */
export function printCount({ count, exact, about }: Count): string {
  if (!exact && about) return `≈ ${compact.format(about).replace(/(?=[A-Z])/, "\u202f")}`;
  return `${formatCount(count)}${exact ? "" : "+"}`;
}

const compact = new Intl.NumberFormat("en", { notation: "compact", maximumSignificantDigits: 3 });
