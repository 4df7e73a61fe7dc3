import type { Assignments, BatchKind } from "@/lib/change/assignments";
import type { StatusStep } from "@/lib/change/status-step";
import type { Other } from "./question";

/** One batch of staff's: changes made together. */
export type BatchEntry = {
  type: "batch";
  /** ISO 8601 with microseconds, in UTC. */
  at: string;
  batch: string;
  staffId: string;
  staffName: string;
  kind: BatchKind;
  /** What was asked for. */
  change: Assignments;
  /** The status change of all its contacts; null if they differ, if none was set, or if it is not known. */
  step: StatusStep | null;
  /** The one assignee that all its contacts had before; null if they had none, if they differ, or if it is not known. */
  assigneeFrom: string | null;
  /** What it undid, if it is an undo. */
  undid: { staffId: string; staffName: string; kind: BatchKind } | null;
  /** How many contacts it changed. If it is only one, `contact` names it. */
  changed: number;
  contact: { id: string; name: string | null } | null;
  /** The name of the person who has undone it. */
  undoneBy: string | null;
  underWay: boolean;
};

/**
 * Changes that no batch made, but the website, psql or an import. Those of several contacts, one after the other, are
 * one entry.
 */
export type OtherEntry = {
  type: "other";
  at: string;
  actor: Other | "staff";
  staffName: string | null;
  /** The database's role that did it. */
  role: string;
  operation: "update" | "delete";
  fields: string[];
  /** The status change; null if none was set. */
  step: StatusStep | null;
  changed: number;
  contact: { id: string; name: string | null } | null;
};

export type HistoryPage = { entries: (BatchEntry | OtherEntry)[]; next: string | null };
