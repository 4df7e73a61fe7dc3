import type { CommandId } from "@/components/keys/commands";
import { type Offers, when } from "@/components/keys/obeyed";
import type { Assignments } from "@/lib/change/assignments";
import { changeContacts } from "../change-contacts";
import { type Decision, type Subject, updateChanges } from "../store/changes";

/** The command that asks for each decision. */
export const decisionCommands = {
  assign: "assign",
  snooze: "snooze",
  spam: "spam with a reason",
  duplicate: "duplicate",
} as const satisfies Record<Decision, CommandId>;

const decisions = Object.keys(decisionCommands) as Decision[];

/** Offers every decision while a condition holds. */
export function offerDecisions(condition: unknown, ask: (decision: Decision) => unknown): Offers {
  return Object.fromEntries(decisions.map((each) => [decisionCommands[each], when(condition, () => ask(each))]));
}

/**
 * Asks in a dialog what to set for some contacts. The answer is saved like any change, with a toast to undo it.
 * @param apply replaces the saving, for a caller that must know the result
 */
export function askDecision(
  decision: Decision,
  subjects: Subject[],
  apply: (change: Assignments) => unknown = (change) => changeContacts(subjects, change),
  count = subjects.length,
): void {
  if (subjects.length === 0) return;
  updateChanges({ decision: { decision, subjects, count, apply: (change) => void apply(change) } });
}
