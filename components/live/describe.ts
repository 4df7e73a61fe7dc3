import { type Desk, nameIn } from "@/components/desk/desk";
import { describeSteps } from "@/lib/change/words";
import { describeHistory } from "@/lib/contact/history";
import type { Step } from "@/lib/contact/triage";
import type { LiveChange } from "@/lib/live/news";

/** A change as a sentence in two parts: "Tomo Sato", "set New → Closed". */
export function describeLiveChange(change: LiveChange, desk: Desk): { who: string; what: string } {
  const staffName = change.actorId === null ? null : nameIn(desk, change.actorId);
  const { who, what } = describeHistory({ ...change, staffName, undo: false });
  const steps = listSteps(change);
  const reader = { nameOf: (id: string) => nameIn(desk, id), zone: desk.zone, now: new Date() };
  return { who, what: steps.length > 0 ? describeSteps(steps, reader) : what };
}

/** Of the fields that staff decide about, those of which a stream tells the values. */
function listSteps(change: LiveChange): Step[] {
  const { fields, statusFrom, statusTo, assigneeFrom, assigneeTo, snoozedFrom, snoozedTo } = change;
  if (change.operation === "delete") return [];
  return [
    ...(fields.includes("status") ? [{ field: "status", from: statusFrom, to: statusTo } as const] : []),
    ...(fields.includes("assignee_id") ? [{ field: "assigneeId", from: assigneeFrom, to: assigneeTo } as const] : []),
    ...(fields.includes("snoozed_until") ? [{ field: "snoozedUntil", from: snoozedFrom, to: snoozedTo } as const] : []),
  ];
}
