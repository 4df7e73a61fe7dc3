import type { Triage } from "@/lib/contact/triage";

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
  documentTypes: { type: string; failed: boolean }[];
};

/** A number of contacts; where it is not exact there are more than that. */
export type ShownCount = { count: number; exact: boolean };
