import type { Assignments } from "@/lib/change/assignments";
import type { StatusStep } from "@/lib/change/status-step";
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
  /** What became of the status of all its contacts; null where that differs, where none was set, or where it is not known. */
  step: StatusStep | null;
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
  /** What became of the status; null where none was set. */
  step: StatusStep | null;
  changed: number;
  contact: { id: string; name: string | null } | null;
};

export type HistoryPage = { entries: (BatchEntry | OtherEntry)[]; next: string | null };
