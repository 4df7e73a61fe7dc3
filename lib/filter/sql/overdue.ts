import "server-only";
import { Prisma } from "@/generated/prisma/client";
import { openStatuses } from "@/lib/contact/status";
import type { Viewer } from "../viewer";

/** Whether the contact is snoozed now. Null if it has no snooze. */
export const isSnoozed = Prisma.sql`c.snoozed_until > now()`;

/**
 * Whether a contact is overdue, as ../fields.ts defines it, over the alias `c`. Never null. The latest of all limits is
 * a condition of its own, so that an index scan in the order of time can begin there.
 */
export function isOverdue({ overdue: { services, otherwise } }: Viewer): Prisma.Sql {
  const parts = services.flatMap(({ names, sent }) =>
    sent ? [Prisma.sql`c.service = any(${names}::text[]) and ${isSentBy(sent)}`] : [],
  );
  const named = services.flatMap(({ names }) => names);
  if (otherwise) {
    parts.push(Prisma.sql`(c.service = any(${named}::text[])) is not true and ${isSentBy(otherwise)}`);
  }
  if (parts.length === 0) return Prisma.sql`false`;
  const limits = [...services.map(({ sent }) => sent), otherwise].flatMap((limit) => limit?.getTime() ?? []);
  return Prisma.sql`((c.status = any(${openStatuses}::text[]) and c.first_contacted_at is null
    and ${isSentBy(new Date(Math.max(...limits)))} and (${isSnoozed}) is not true
    and (${Prisma.join(parts, " or ")})) is true)`;
}

function isSentBy(instant: Date): Prisma.Sql {
  return Prisma.sql`c."timestamp" <= ${instant.toISOString()}::timestamptz`;
}
