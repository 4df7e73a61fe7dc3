import { type Triage, type TriageField, triageFields } from "@/lib/contact/triage";

/** What a change sets: a value or null for each field that it names. All other fields stay. */
export type Assignments = Partial<Triage>;

/** The kinds of batches. */
export type BatchKind = "status" | "assign" | "snooze" | "spam" | "duplicate" | "handover" | "undo";

/**
 * A change with all that it implies: a spam reason sets the status to spam, and an original sets it to closed. A status
 * ends the snooze, because it is a decision. A trigger clears what no longer goes with the new status, whoever writes
 * (sql/0315).
 */
export function completeChange(change: Assignments): Assignments {
  const complete = { ...change };
  if (typeof complete.spamReason === "string") complete.status = "spam";
  if (typeof complete.duplicateOf === "string") complete.status = "closed";
  if (complete.status !== undefined && complete.snoozedUntil === undefined) complete.snoozedUntil = null;
  return complete;
}

/** A contact's triage after the change, to show before the database has answered. */
export function applyChange(before: Triage, change: Assignments): Triage {
  const after = { ...before, ...completeChange(change) };
  if (after.status !== "spam") after.spamReason = null;
  if (after.status !== "closed") after.duplicateOf = null;
  return after;
}

/** The fields that the change names, in their order. */
export function fieldsOf(change: Assignments): TriageField[] {
  return triageFields.filter((field) => change[field] !== undefined);
}

/** The kind of a change, by the most telling field that it sets. */
export function kindOf(change: Assignments): BatchKind {
  if (change.duplicateOf !== undefined) return "duplicate";
  if (change.spamReason !== undefined) return "spam";
  if (change.status !== undefined) return "status";
  return change.assigneeId !== undefined ? "assign" : "snooze";
}
