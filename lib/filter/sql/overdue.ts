import "server-only";
import { Prisma } from "@/generated/prisma/client";
import type { OverdueLimits, Viewer } from "../viewer";

/** Whether the contact is snoozed now. Null if it has no snooze. */
export const isSnoozed = Prisma.sql`c.snoozed_until > now()`;

/** Whether the contact's snooze is over. Null if it has none. */
export const isBack = Prisma.sql`c.snoozed_until <= now()`;

/**
 * Whether the contact waits for its first response: it is open, was never contacted as far as is known, and is not
 * snoozed. Null if it has no status. The statuses are `openStatuses` of lib/contact/status.ts, as constants, because the
 * planner compares them with the index's (sql/0975).
 */
export const isWaiting = Prisma.sql`(c.status in ('new', 'in_review') and c.first_contacted_at is null
    and (${isSnoozed}) is not true)`;

/** Whether a contact is overdue, as ../fields.ts defines it, over the alias `c`. Never null. */
export function isOverdue({ overdue }: Viewer): Prisma.Sql {
  return Prisma.sql`(${isDue(overdue)} is true)`;
}

/** Whether a contact is overdue, or will be soon. Never null. */
export function isDueSoon({ dueSoon }: Viewer): Prisma.Sql {
  return Prisma.sql`(${isDue(dueSoon)} is true)`;
}

/** Whether a contact's first response is due on the viewer's day, late or not. Null if it has no status. */
export function isDueToday({ dueToday: { before, by } }: Viewer): Prisma.Sql {
  return isDue(by, before);
}

/**
 * Whether a contact waits and was sent by the limit of its service, but not by an earlier one. The latest of all limits,
 * and the earliest of the earlier ones, are conditions of their own, so that an index scan in the order of time can
 * begin and end there.
 * @param but limits of the same services in the same order
 */
function isDue({ services, otherwise }: OverdueLimits, but: OverdueLimits | null = null): Prisma.Sql {
  const limits = [
    ...services.map(({ names, sent }, at) => ({ names, sent, after: but?.services[at]?.sent ?? null })),
    { names: null, sent: otherwise, after: but?.otherwise ?? null },
  ];
  const named = services.flatMap(({ names }) => names);
  const parts = limits.flatMap(({ names, sent, after }) => {
    if (!sent) return [];
    const ofService = names
      ? Prisma.sql`c.service = any(${names}::text[])`
      : Prisma.sql`(c.service = any(${named}::text[])) is not true`;
    return Prisma.sql`${ofService} and ${isSentBetween(after, sent)}`;
  });
  if (parts.length === 0) return Prisma.sql`false`;
  const known = limits.filter(({ sent }) => sent !== null);
  const latest = Math.max(...known.map(({ sent }) => sent?.getTime() ?? 0));
  const earliest = Math.min(...known.map(({ after }) => after?.getTime() ?? Number.NEGATIVE_INFINITY));
  const within = isSentBetween(Number.isFinite(earliest) ? new Date(earliest) : null, new Date(latest));
  return Prisma.sql`(${isWaiting} and ${within} and (${Prisma.join(parts, " or ")}))`;
}

/** @param after an instant at which it was not sent yet */
function isSentBetween(after: Date | null, by: Date): Prisma.Sql {
  const sent = Prisma.sql`c."timestamp" <= ${by.toISOString()}::timestamptz`;
  return after ? Prisma.sql`c."timestamp" > ${after.toISOString()}::timestamptz and ${sent}` : sent;
}
