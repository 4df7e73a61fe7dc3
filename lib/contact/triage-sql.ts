import "server-only";
import { Prisma } from "@/generated/prisma/client";
import { hasMigration } from "@/lib/database/migrate/schema-state";

/** The columns of a contact's triage, named as in `TriageRow`, from a table or a named part of a statement. */
export function selectTriage(from: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`${from}.status, ${from}.assignee_id as "assigneeId", ${from}.snoozed_until as "snoozedUntil",
      ${from}.spam_reason as "spamReason", ${from}.duplicate_of as "duplicateOf"`;
}

/** When the same address wrote again and so ended the snooze; null on the schema of the version before. */
export function selectWroteAgain(from: Prisma.Sql): Prisma.Sql {
  return hasMigration("0965_wake_on_writing_again.sql")
    ? Prisma.sql`${from}.wrote_again_at as "wroteAgainAt"`
    : Prisma.sql`null::timestamptz as "wroteAgainAt"`;
}
