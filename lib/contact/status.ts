import { markHidden } from "@/lib/text/visible-text";
import { given } from "./given";

/** A status this desk knows, in triage order; the database may hold others, which are shown and kept. */
export type Status = "new" | "in_review" | "contacted" | "qualified" | "closed" | "spam";

export type StatusLook = {
  label: string;
  /** The CSS variable with its colour. Never the only sign: shape and label say the same. */
  colour: string;
  shape: "dot" | "half" | "ring";
  /** The key that sets it. */
  key: string;
};

/** The one source for every status: order, label, colour, shape and key. */
export const statuses: Record<Status, StatusLook> = {
  new: { label: "New", colour: "var(--new)", shape: "dot", key: "1" },
  in_review: { label: "In review", colour: "var(--in-review)", shape: "half", key: "2" },
  contacted: { label: "Contacted", colour: "var(--contacted)", shape: "dot", key: "3" },
  qualified: { label: "Qualified", colour: "var(--qualified)", shape: "dot", key: "4" },
  closed: { label: "Closed", colour: "var(--closed)", shape: "dot", key: "5" },
  spam: { label: "Spam", colour: "var(--spam)", shape: "ring", key: "6" },
};

/** The known statuses in triage order. */
export const statusOrder = Object.keys(statuses) as Status[];

/** The statuses of contacts that nobody has answered yet. Triage goes through these contacts. */
export const openStatuses: readonly Status[] = ["new", "in_review"];

/** Whether a stored status is one of ours. */
export function isStatus(stored: unknown): stored is Status {
  return typeof stored === "string" && Object.hasOwn(statuses, stored);
}

/** Whether a contact with this status still waits for a decision. */
export function isOpen(stored: string | null): boolean {
  return openStatuses.some((status) => status === stored);
}

/**
 * What to call a stored status. Ours have a label. Any other is shown as it is stored, with what cannot be seen marked.
 * None, or one that is not given, is "No status".
 */
export function statusLabel(stored: string | null): string {
  if (stored === null || given(stored) === null) return "No status";
  return isStatus(stored) ? statuses[stored].label : markHidden(stored);
}

/** How to draw a stored status, unknown ones included. */
export function statusLook(stored: string | null): StatusLook {
  if (isStatus(stored)) return statuses[stored];
  return { label: statusLabel(stored), colour: "var(--ink-3)", shape: "ring", key: "" };
}
