import type { Triage } from "@/lib/contact/triage";
import { formatCount } from "@/lib/desk/wording";
import type { ContactDetails } from "@/lib/inbox/columns";

/** A contact as the list shows it: what lib/inbox gives. */
export type InboxRow = Triage & {
  id: string;
  name: string;
  company: string | null;
  service: string | null;
  message: string;
  version: number;
  timestamp: Date;
  /** Whether its first answer was late when the list was loaded. */
  overdue: boolean;
  documents: number;
  /** Those that are named, of the same type and failed or not: how many. */
  documentKinds: { type: string; failed: boolean; count: number }[];
  /** For the columns that are shown and not everybody's. */
  details?: Partial<ContactDetails>;
};

/** A number of contacts; where it is not exact there may be more than that, `about` so many where that is known. */
export type ShownCount = { count: number; exact: boolean; about?: number };

/** A count as people read it: "4,812"; where there are more than were counted "≈ 1.2 M", or "10,000+" if nobody knows. */
export function printCount({ count, exact, about }: ShownCount): string {
  if (!exact && about) return `≈ ${compact.format(about).replace(/(?=[A-Z])/, "\u202f")}`;
  return `${formatCount(count)}${exact ? "" : "+"}`;
}

const compact = new Intl.NumberFormat("en", { notation: "compact", maximumSignificantDigits: 3 });
