import type { Triage, TriageRow } from "@/lib/contact/triage";
// biome-ignore lint/style/noRestrictedImports: a type is free, a query is not
import type { ContactRow } from "@/lib/list/queries";

/** A contact as the list shows it: a row of lib/list, without the parts that would only make the page larger. */
export type InboxRow = Triage &
  Omit<ContactRow, keyof TriageRow | "email" | "source" | "waiting"> & {
    /** When its first response is due; null if it waits for none, and while the column is not shown. */
    due: Date | null;
  };

/**
 * A row with the person's own changes, if there are any. It stays, dimmed and with its new status, until the list is
 * refreshed.
 */
export type ShownRow = InboxRow & { done?: boolean; saving?: boolean; reason?: string | null };
