import { nameIn } from "@/components/desk/desk";
import type { Assignments } from "@/lib/change/assignments";
import type { Conflict } from "@/lib/change/outcome";
import { describeConflict } from "@/lib/change/result-words";
import { describeChange, type Reader } from "@/lib/change/words";
import type { Triage } from "@/lib/contact/triage";
import { getChanges, learn } from "../store/changes";

/** The names and the clock by which changes are described. */
export function reader(): Reader {
  const { desk } = getChanges();
  return { nameOf: (id) => nameIn(desk, id), zone: desk.zone, now: new Date() };
}

/** What a change does, as a clause that follows the contact's name. */
export function describeOwn(change: Assignments): string {
  return describeChange(change, reader());
}

/** Records what the database has now. If the person still has to decide, gives the reason for each contact. */
export function learnConflicts(conflicts: Conflict[], undecided = true): Map<string, string> {
  const reasons = new Map(undecided ? conflicts.map((each) => [each.id, describeConflict(each, reader())]) : []);
  learn(
    conflicts.map(({ id, version, triage }) => ({ id, version, ...(triage ?? nothingDecided) })),
    "told",
    reasons,
  );
  return reasons;
}

const nothingDecided: Triage = {
  status: null,
  assigneeId: null,
  snoozedUntil: null,
  spamReason: null,
  duplicateOf: null,
};
