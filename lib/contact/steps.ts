import "server-only";
import { Prisma } from "@/generated/prisma/client";
import { type Step, triageColumns, triageFields, wroteAgainColumn } from "./triage";

/** Whether a row of history set any field of the triage. */
export const setsTriage = Prisma.sql`fields && ${Object.values(triageColumns)}::text[]`;

/** The triage columns of a row of history, over the alias `h` = contact_history. */
export const stepColumns = Prisma.sql`
      h.fields,
      h.status_from as "statusFrom",
      h.status_to as "statusTo",
      h.assignee_from as "assigneeIdFrom",
      h.assignee_to as "assigneeIdTo",
      h.snoozed_from as "snoozedUntilFrom",
      h.snoozed_to as "snoozedUntilTo",
      h.spam_reason_from as "spamReasonFrom",
      h.spam_reason_to as "spamReasonTo",
      h.duplicate_of_from as "duplicateOfFrom",
      h.duplicate_of_to as "duplicateOfTo"`;

/** The same as the driver reads it; all null where there is no row. */
export type StepRow = {
  fields: string[] | null;
  statusFrom: string | null;
  statusTo: string | null;
  assigneeIdFrom: string | null;
  assigneeIdTo: string | null;
  snoozedUntilFrom: Date | null;
  snoozedUntilTo: Date | null;
  spamReasonFrom: string | null;
  spamReasonTo: string | null;
  duplicateOfFrom: string | null;
  duplicateOfTo: string | null;
};

/** The fields of the triage that a row of history set, each from and to what. */
export function listSteps(row: StepRow): Step[] {
  const changed = triageFields.filter((field) => row.fields?.includes(triageColumns[field]));
  return changed.map((field) => ({
    field,
    from: toText(row[`${field}From`]),
    to: toText(row[`${field}To`]),
    ...(field === "snoozedUntil" && row.fields?.includes(wroteAgainColumn) ? { wroteAgain: true } : {}),
  }));
}

function toText(value: string | Date | null): string | null {
  return value instanceof Date ? value.toISOString() : value;
}
