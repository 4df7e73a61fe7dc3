import { statusLabel } from "@/lib/contact/status";
import type { Step } from "@/lib/contact/triage";
import { formatNear } from "@/lib/desk/time";
import { joinWords } from "@/lib/desk/wording";
import type { Assignments } from "./assignments";
import type { StatusStep } from "./status-step";

/** What the wording of a change needs: the people by name, and the time zone and moment that times are shown in. */
export type Reader = { nameOf: (staffId: string) => string; zone: string; now: Date };

/** What a change does to a contact, as a clause that follows its name: "assigned to Ada Keller", "set to Closed". */
export function describeChange(change: Assignments, { nameOf, zone, now }: Reader): string {
  const { status, assigneeId, snoozedUntil, spamReason, duplicateOf } = change;
  const deeds: string[] = [];
  if (typeof duplicateOf === "string") deeds.push("closed as a duplicate");
  else if (typeof spamReason === "string") deeds.push(`marked as spam: ${spamReason}`);
  else if (status !== undefined) deeds.push(describeStatus({ to: status }));
  if (assigneeId !== undefined)
    deeds.push(assigneeId === null ? "assigned to nobody" : `assigned to ${nameOf(assigneeId)}`);
  if (typeof snoozedUntil === "string") deeds.push(`snoozed until ${formatNear(new Date(snoozedUntil), zone, now)}`);
  if (snoozedUntil === null && status === undefined) deeds.push("unsnoozed");
  if (spamReason === null && status === undefined) deeds.push("left without a spam reason");
  if (duplicateOf === null) deeds.push("marked as not a duplicate");
  return joinWords(deeds);
}

/**
 * A question that names what a change will do: "Set 342 contacts to Closed?", "Assign 342 contacts to Ada Keller?".
 * @param contacts what it is done to: "342 contacts"
 */
export function askChange(change: Assignments, contacts: string, { nameOf, zone, now }: Reader): string {
  const { status, assigneeId, snoozedUntil, spamReason, duplicateOf } = change;
  const orders: ((whom: string) => string)[] = [];
  if (typeof duplicateOf === "string") orders.push((whom) => `close ${whom} as a duplicate`);
  else if (typeof spamReason === "string") orders.push((whom) => `mark ${whom} as spam: ${spamReason}`);
  else if (status !== undefined) orders.push((whom) => `set ${whom} to ${statusLabel(status)}`);
  if (assigneeId !== undefined)
    orders.push((whom) => `assign ${whom} to ${assigneeId === null ? "nobody" : nameOf(assigneeId)}`);
  if (typeof snoozedUntil === "string")
    orders.push((whom) => `snooze ${whom} until ${formatNear(new Date(snoozedUntil), zone, now)}`);
  if (orders.length === 0 && snoozedUntil === null) orders.push((whom) => `unsnooze ${whom}`);
  if (orders.length === 0) orders.push((whom) => `change ${whom}`);
  const asked = joinWords(orders.map((order, index) => order(index === 0 ? contacts : "them")));
  return `${asked.charAt(0).toUpperCase()}${asked.slice(1)}?`;
}

/** The new status, and the old one if it is known: "changed from New to Closed", "set to Closed". */
export function describeStatus({ from, to }: StatusStep): string {
  return from === undefined ? `set to ${statusLabel(to)}` : `changed ${describeFromTo({ from, to })}`;
}

/** The new status after a verb, and the old one if it is known: "from New to Closed", "to Closed". */
export function describeFromTo({ from, to }: StatusStep): string {
  return from === undefined ? `to ${statusLabel(to)}` : `from ${statusLabel(from)} to ${statusLabel(to)}`;
}

/**
 * What somebody has done to a contact, as a clause that follows their name: "changed it from New to Closed and
 * unsnoozed it".
 */
export function describeSteps(steps: Step[], reader: Reader): string {
  return steps.length > 0 ? joinWords(steps.map((step) => describeStep(step, reader))) : "changed it";
}

function describeStep({ field, from, to, wroteAgain }: Step, { nameOf, zone, now }: Reader): string {
  switch (field) {
    case "status":
      return `changed it ${describeFromTo({ from, to })}`;
    case "assigneeId":
      if (to === null) return `unassigned it from ${from === null ? "nobody" : nameOf(from)}`;
      return from === null ? `assigned it to ${nameOf(to)}` : `reassigned it from ${nameOf(from)} to ${nameOf(to)}`;
    case "snoozedUntil":
      if (wroteAgain) return "brought it back because the same address wrote again";
      return to === null ? "unsnoozed it" : `snoozed it until ${formatNear(new Date(to), zone, now)}`;
    case "spamReason":
      return to === null ? "removed the spam reason" : `marked it as spam: ${to}`;
    case "duplicateOf":
      return to === null ? "marked it as not a duplicate" : `marked it as a duplicate of ${to}`;
  }
}
