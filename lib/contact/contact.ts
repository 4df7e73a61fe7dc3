import type { ContactDocument } from "@/lib/documents/document";
import type { Step, TriageRow } from "./triage";

/** Characters of a message and of laid out insights that a page carries at once; the whole is one click away. */
export const messagePortion = 20_000;
export const insightsPortion = 20_000;
/** More than this no page carries, whatever is asked for. */
export const largestText = 4_000_000;
/** Documents shown of one contact, changes shown of its history, and other submissions shown of its sender. */
export const documentPortion = 200;
export const historyPortion = 100;
export const submissionPortion = 5;

/** Which long text is wanted whole. */
export type Whole = "message" | "insights" | null;

export type Contact = TriageRow & {
  id: string;
  name: string;
  email: string;
  company: string | null;
  service: string | null;
  budget: string | null;
  /** Its beginning where it is long: see `messageLength`, in characters. */
  message: string;
  messageLength: number;
  version: number;
  /** The name of the contact that this one repeats; null where there is none, or where it is gone. */
  originalName: string | null;
  /** The latest that repeat this one, at most 20. */
  duplicates: { id: string; name: string }[];
  timestamp: Date;
  source: string | null;
  userAgent: string | null;
  pageUrl: string | null;
  firstContactedAt: Date | null;
  /** The insights as PostgreSQL prints them, or their beginning: see `insightsLength`, in characters. */
  insights: string | null;
  insightsLength: number;
  documents: ContactDocument[];
  /** All of them, also those beyond what is shown. */
  documentCount: number;
  /** Bytes, all of them together. */
  documentSize: number;
};

/** One change, newest first. Values of the visitor's own fields are not kept, only their names. */
export type HistoryEntry = {
  id: string;
  changedAt: Date;
  operation: "update" | "delete";
  actor: "staff" | "website" | "system";
  staffName: string | null;
  undo: boolean;
  fields: string[];
  statusFrom: string | null;
  statusTo: string | null;
  /** What was decided anew, from and to what. */
  steps: Step[];
  /** The batch it was made in; null for what was made outside the desk. */
  batchId: string | null;
  /** Whether that batch changed others too. */
  together: boolean;
  /** Whether that batch has been taken back. */
  undone: boolean;
};

/** The latest of some rows of history, as its id in the order of all changes; 0 without one. */
export function latestChange(history: Pick<HistoryEntry, "id">[]): number {
  return Math.max(0, ...history.map(({ id }) => Number(id)));
}

export type OtherSubmission = {
  id: string;
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
