import { nameIn } from "@/components/desk/desk";
import type { Assignments } from "@/lib/change/assignments";
import type { Conflict } from "@/lib/change/outcome";
import { describeChange, describeSteps, type Reader } from "@/lib/change/words";
import type { Triage } from "@/lib/contact/triage";
import { getChanges, learn } from "./changes";

/** With whose names and by which clock changes are put into words. */
export function reader(): Reader {
  const { desk } = getChanges();
  return { nameOf: (id) => nameIn(desk, id), zone: desk.zone, now: new Date() };
}

/** What a change does, as a clause that follows the contact's name. */
export function describeOwn(change: Assignments): string {
  return describeChange(change, reader());
}

/** What somebody did to the contact, in words that follow their name. */
export function describeConflict({ triage, steps }: Conflict, words: Reader): string {
  return triage === null ? "removed it" : describeSteps(steps, words);
}

/** Notes what the database has now; where the person must still decide, with the reason. */
export function learnConflicts(conflicts: Conflict[], undecided = true): Map<string, string> {
  const reasons = new Map(
    undecided ? conflicts.map((each) => [each.id, `${each.who} ${describeConflict(each, reader())}`]) : [],
  );
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
