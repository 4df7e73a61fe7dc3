import "server-only";
import { Prisma } from "@/generated/prisma/client";

/** The columns of a contact's triage, named as in `TriageRow`, from a table or a named part of a statement. */
export function selectTriage(from: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`${from}.status, ${from}.assignee_id as "assigneeId", ${from}.snoozed_until as "snoozedUntil",
      ${from}.spam_reason as "spamReason", ${from}.duplicate_of as "duplicateOf"`;
}
