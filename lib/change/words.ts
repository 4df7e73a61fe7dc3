import { statusLabel } from "@/lib/contact/status";
import type { Step } from "@/lib/contact/triage";
import { formatNear } from "@/lib/desk/time";
import { joinWords } from "@/lib/desk/wording";
import type { Assignments } from "./assignments";
import type { StatusStep } from "./status-step";

/** What the wording of a change needs: the people by name, and the time zone and moment that times are shown in. */
export type Reader = { nameOf: (staffId: string) => string; zone: string; now: Date };

/**
 * What a change does to a contact, as a clause that follows its name: "assigned to Ada Keller", "set to Closed".
 * @param from the status it had before, where that is known: "set New → Closed"
 */
export function describeChange(change: Assignments, { nameOf, zone, now }: Reader, from?: string | null): string {
  const { status, assigneeId, snoozedUntil, spamReason, duplicateOf } = change;
  const deeds: string[] = [];
  if (typeof duplicateOf === "string") deeds.push("closed as a duplicate");
  else if (typeof spamReason === "string") deeds.push(`marked as spam: ${spamReason}`);
  else if (status !== undefined) deeds.push(`set ${describeStatus({ from, to: status })}`);
  if (assigneeId !== undefined)
    deeds.push(assigneeId === null ? "assigned to nobody" : `assigned to ${nameOf(assigneeId)}`);
  if (typeof snoozedUntil === "string") deeds.push(`snoozed until ${formatNear(new Date(snoozedUntil), zone, now)}`);
  if (snoozedUntil === null && status === undefined) deeds.push("taken out of snooze");
  if (spamReason === null && status === undefined) deeds.push("left without a spam reason");
  if (duplicateOf === null) deeds.push("marked as no duplicate");
  return joinWords(deeds);
}

/** The new status, and the old one if it is known: "New → Closed", "to Closed". */
export function describeStatus({ from, to }: StatusStep): string {
  return from === undefined ? `to ${statusLabel(to)}` : `${statusLabel(from)} → ${statusLabel(to)}`;
}

/** What somebody has done to a contact, as a clause that follows their name: "set New → Closed and ended its snooze". */
export function describeSteps(steps: Step[], reader: Reader): string {
  return steps.length > 0 ? joinWords(steps.map((step) => describeStep(step, reader))) : "changed it";
}

function describeStep({ field, from, to }: Step, { nameOf, zone, now }: Reader): string {
  switch (field) {
    case "status":
      return `set ${describeStatus({ from, to })}`;
    case "assigneeId":
      if (to === null) return `took it from ${from === null ? "nobody" : nameOf(from)}`;
      return from === null ? `assigned it to ${nameOf(to)}` : `assigned it ${nameOf(from)} → ${nameOf(to)}`;
    case "snoozedUntil":
      return to === null ? "ended its snooze" : `snoozed it until ${formatNear(new Date(to), zone, now)}`;
    case "spamReason":
      return to === null ? "took away the spam reason" : `called it spam: ${to}`;
    case "duplicateOf":
      return to === null ? "said it is no duplicate" : `marked it as a duplicate of ${to}`;
  }
}
