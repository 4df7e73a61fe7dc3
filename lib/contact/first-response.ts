import { findDue, type ResponseRules } from "@/lib/desk/response-targets";
import { isKnownInstant } from "@/lib/desk/time";
import type { Contact } from "./contact";
import { isOpen } from "./status";

/** When a contact's first response is due; null if it does not wait for one, or if its service has no target. */
export function findFirstResponse(
  contact: Pick<Contact, "snoozedUntil" | "firstContactedAt" | "status" | "timestamp" | "service">,
  rules: ResponseRules,
  now: Date,
): Date | null {
  const { snoozedUntil, firstContactedAt, status, timestamp } = contact;
  const snoozed = snoozedUntil !== null && snoozedUntil > now;
  if (!isOpen(status) || firstContactedAt || snoozed || !isKnownInstant(timestamp)) return null;
  return findDue(rules, contact);
}
