import type { CommandId } from "@/components/keys/commands";
import { type Offers, when } from "@/components/keys/obeyed";
import type { Assignments } from "@/lib/change/assignments";
import { changeContacts } from "../change-contacts";
import { type Decision, type Subject, updateChanges } from "../store/changes";

/** The command that asks each. */
export const decisionCommands = {
  assign: "assign",
  snooze: "snooze",
  spam: "spam with a reason",
  duplicate: "duplicate",
} as const satisfies Record<Decision, CommandId>;

const decisions = Object.keys(decisionCommands) as Decision[];

/** An offer for each decision, which holds while a condition does. */
export function offerDecisions(condition: unknown, ask: (decision: Decision) => unknown): Offers {
  return Object.fromEntries(decisions.map((each) => [decisionCommands[each], when(condition, () => ask(each))]));
}

/**
 * Asks what to set for some contacts, in a dialog; the answer is changed like everything else, with a toast that undoes.
 * @param apply in place of that, for whoever must know what became of it
 */
export function decide(
  decision: Decision,
  subjects: Subject[],
  apply: (change: Assignments) => unknown = (change) => changeContacts(subjects, change),
  count = subjects.length,
): void {
  if (subjects.length === 0) return;
  updateChanges({ decision: { decision, subjects, count, apply: (change) => void apply(change) } });
}
