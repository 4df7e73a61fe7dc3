import type { Assignments } from "@/lib/change/assignments";
import type { Other } from "./question";

/** One batch of staff's: changes made together. */
export type BatchEntry = {
  type: "batch";
  /** ISO 8601 with microseconds, in UTC. */
  at: string;
  batch: string;
  staffName: string;
  kind: string;
  /** What was asked for. */
  change: Assignments;
  /** Contacts it changed, and the one where it is only one. */
  changed: number;
  contact: { id: string; name: string | null } | null;
  /** Whose undo took it back. */
  undoneBy: string | null;
  underWay: boolean;
};

/** What was changed in no batch, of as many contacts, one after the other: by the website, by psql, by an import. */
export type OtherEntry = {
  type: "other";
  at: string;
  actor: Other | "staff";
  staffName: string | null;
  /** The database's role that did it. */
  role: string;
  operation: "update" | "delete";
  fields: string[];
  changed: number;
  contact: { id: string; name: string | null } | null;
};

export type HistoryPage = { entries: (BatchEntry | OtherEntry)[]; next: string | null };
