import type { ContactDocument } from "@/lib/documents/document";
import type { Step, TriageRow } from "./triage";

/** Characters of a message and of formatted insights that a page carries at once; the whole is one click away. */
export const messagePortion = 20_000;
export const insightsPortion = 20_000;
/** The most characters of a text that a page carries, even if the whole is asked for. */
export const largestText = 4_000_000;
/** Documents shown of one contact, changes shown of its history, and other submissions shown of its sender. */
export const documentPortion = 200;
export const historyPortion = 100;
export const submissionPortion = 5;

/** The long text to load in full. */
export type Whole = "message" | "insights" | null;

export type Contact = TriageRow & {
  id: string;
  name: string;
  /** Without blanks and invisible characters around it. */
  email: string;
  company: string | null;
  service: string | null;
  budget: string | null;
  /** Only its beginning if it is long. `messageLength` is the full length, in characters. */
  message: string;
  messageLength: number;
  version: number;
  /** The name of the contact that this one is a duplicate of; null if there is none, or if it is gone. */
  originalName: string | null;
  /** The latest duplicates of this one, at most 20. */
  duplicates: { id: string; name: string }[];
  timestamp: Date;
  source: string | null;
  userAgent: string | null;
  pageUrl: string | null;
  firstContactedAt: Date | null;
  /** When the same address wrote again, which ended the snooze; null if it never did. */
  wroteAgainAt: Date | null;
  /**
   * The insights as PostgreSQL prints them, or only their beginning. `insightsLength` is the full length, in
   * characters.
   */
  insights: string | null;
  insightsLength: number;
  documents: ContactDocument[];
  /** All of them, including those that are not shown. */
  documentCount: number;
  /** The size of all documents together, in bytes. */
  documentSize: number;
};

/** One row of a contact's history. Of the visitor's own fields only the names are kept, not the values. */
export type HistoryEntry = {
  id: string;
  changedAt: Date;
  operation: "update" | "delete";
  actor: "staff" | "website" | "system";
  /** The member of staff; null for the others. */
  actorId: string | null;
  staffName: string | null;
  undo: boolean;
  fields: string[];
  statusFrom: string | null;
  statusTo: string | null;
  /** The triage fields that were set, from and to what. */
  steps: Step[];
  /** The batch it was made in; null for what was made outside the desk. */
  batchId: string | null;
  /** Whether that batch changed other contacts too. */
  together: boolean;
  /** Whether that batch has been undone. */
  undone: boolean;
};

/** The largest id of some rows of history, by which all changes are ordered; 0 if there are none. */
export function latestChange(history: Pick<HistoryEntry, "id">[]): number {
  return Math.max(0, ...history.map(({ id }) => Number(id)));
}

export type OtherSubmission = {
  id: string;
  name: string;
  timestamp: Date;
  service: string | null;
  status: string | null;
  /** The first 120 characters, whitespace collapsed. */
  message: string;
};

/** Other contacts from the same address; `exact` is false where there are more than were counted. */
export type OtherSubmissions = { rows: OtherSubmission[]; count: number; exact: boolean };

export type LoadedContact = {
  contact: Contact;
  history: HistoryEntry[];
  /** Whether older changes exist than those shown. */
  historyContinues: boolean;
  others: OtherSubmissions;
  whole: Whole;
};
