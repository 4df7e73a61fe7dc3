import { type Triage, type TriageField, triageFields } from "@/lib/contact/triage";

/** What a change sets: a value or null for each field that it names, all others stay. */
export type Assignments = Partial<Triage>;

/** What a batch is called by. */
export type BatchKind = "status" | "assign" | "snooze" | "spam" | "duplicate" | "handover" | "undo";

/**
 * A change with all that belongs to it: a reason makes a contact spam, an original closes it, and a status, which is a
 * decision, ends its snooze. What does not go with the new status any more a trigger clears, whoever writes (sql/0315).
 */
export function completeChange(change: Assignments): Assignments {
  const complete = { ...change };
  if (typeof complete.spamReason === "string") complete.status = "spam";
  if (typeof complete.duplicateOf === "string") complete.status = "closed";
  if (complete.status !== undefined && complete.snoozedUntil === undefined) complete.snoozedUntil = null;
  return complete;
}

/** A contact's triage once the change is made: what a person is shown before the database has answered. */
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

/** What a change is called by: the most telling of what it sets. */
export function kindOf(change: Assignments): BatchKind {
  if (change.duplicateOf !== undefined) return "duplicate";
  if (change.spamReason !== undefined) return "spam";
  if (change.status !== undefined) return "status";
  return change.assigneeId !== undefined ? "assign" : "snooze";
}
