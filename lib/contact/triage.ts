/** What staff decide about a contact, as stored; a change of any of it is a new version. */
export type Triage = {
  status: string | null;
  assigneeId: string | null;
  /** ISO 8601 in UTC. It stays after that time has passed, until somebody decides anew. */
  snoozedUntil: string | null;
  spamReason: string | null;
  /** The id of the contact that this one is a duplicate of; that one may be gone. */
  duplicateOf: string | null;
};

export type TriageField = keyof Triage;

/**
 * One field that somebody set, from and to what; as stored. `wroteAgain`: the snooze ended because the same address wrote
 * again.
 */
export type Step = { field: TriageField; from: string | null; to: string | null; wroteAgain?: true };

/** What the history's `fields` has besides `snoozed_until` if the same address wrote again (sql/0965). */
export const wroteAgainColumn = "wrote_again_at";

/** Whether a contact's snooze ended because the same address wrote again, and nobody has decided about it since. */
export function cameBackByWriting(snoozedUntil: string | null, wroteAgainAt: Date | null): boolean {
  return snoozedUntil !== null && snoozedUntil === wroteAgainAt?.toISOString();
}

/** Every field of the triage, in the order in which the text about a change names them. */
export const triageFields = ["status", "assigneeId", "snoozedUntil", "spamReason", "duplicateOf"] as const;

/** The column of each, which is also its name in the history's `fields`. */
export const triageColumns: Record<TriageField, string> = {
  status: "status",
  assigneeId: "assignee_id",
  snoozedUntil: "snoozed_until",
  spamReason: "spam_reason",
  duplicateOf: "duplicate_of",
};

/** Characters of a spam reason that staff may give. */
export const longestReason = 200;

/** A triage as the driver reads it. */
export type TriageRow = Omit<Triage, "snoozedUntil"> & { snoozedUntil: Date | null };

/** The triage of a row that the driver has read, and nothing else of it. */
export function toTriage(row: TriageRow): Triage {
  return pickTriage({ ...row, snoozedUntil: row.snoozedUntil?.toISOString() ?? null });
}

/** The triage of something that has one, and nothing else of it. */
export function pickTriage({ status, assigneeId, snoozedUntil, spamReason, duplicateOf }: Triage): Triage {
  return { status, assigneeId, snoozedUntil, spamReason, duplicateOf };
}
