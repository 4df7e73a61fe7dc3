import { hideFailure, showFailure, showUndo, tryAgain } from "@/components/ui/toast/action-toasts";
import { setTriage } from "@/lib/change/actions";
import { type Assignments, applyChange, completeChange, fieldsOf } from "@/lib/change/assignments";
import type { ChangeResult } from "@/lib/change/outcome";
import { describeResult, resultWords } from "@/lib/change/result-words";
import { given } from "@/lib/contact/given";
import type { Triage } from "@/lib/contact/triage";
import { learnConflicts, reader } from "./conflict/conflicts";
import { newKey } from "./queue/new-key";
import { ask, enqueue, findLostAnswers, forgetLost, isLost, noteLost, noteRefused } from "./queue/requests";
import { tellChange } from "./store/change-events";
import {
  addUndoable,
  asKnown,
  findKnown,
  forgetUndoable,
  getChanges,
  hideSaving,
  learn,
  type Subject,
  showSaving,
  updateChanges,
} from "./store/changes";
import { undoBatch } from "./undo";
import { changeWords } from "./words";

/** A contact, with the version that the person saw. */
type Seen = { id: string; version: number };

/**
 * Shows a change at once, saves it and reports the result. If saving fails, the old values are shown again. Gives the
 * ids that were not changed, each with the reason.
 * @param key the change's key: a change sent again under its key happens only once
 * @param sent the contacts of an earlier request under this key, to be sent again unchanged because it failed or its
 * answer was lost
 */
export function changeContacts(
  subjects: Subject[],
  change: Assignments,
  key = newKey(),
  sent?: Seen[],
): Promise<Map<string, string>> {
  const token = showSaving(subjects.map((subject) => ({ ...subject, ...applyChange(asKnownNow(subject), change) })));
  tellChange({ type: "sent", key, subjects, change });
  return enqueue(async () => {
    await findLostAnswers({ ids: subjects.map(({ id }) => id), except: key });
    const contacts = sent ?? subjects.map(({ id, version }) => ({ id, version: latestVersion(id, version) }));
    const reasons = await sendChange(subjects, { key, change, contacts });
    hideSaving(subjects, token);
    return reasons;
  });
}

type Request = { key: string; change: Assignments; contacts: Seen[] };

/** @param silent whether it is sent again only to learn the result; then there is no toast and no card */
async function sendChange(subjects: Subject[], request: Request, silent = false): Promise<Map<string, string>> {
  const { key, change, contacts } = request;
  const ids = subjects.map(({ id }) => id);
  forgetLost(key);
  noteRefused(key);
  const result = await ask(() => setTriage(request));
  if (result.ok) return report(subjects, change, result, silent);
  const { code, message } = result;
  const again = tryAgain(code, () => void changeContacts(subjects, change, key, contacts));
  showFailure(message, again, key);
  const reasons = new Map(ids.map((id) => [id, message]));
  learn(subjects.map(asLearnt), "told", reasons);
  if (isLost(code)) {
    noteLost(key, ids, () => sendChange(subjects, request, true));
    addUndoable(key);
    tellChange({ type: "lost", key });
  } else {
    refuse(key, message);
  }
  return reasons;
}

/** The version to send: the one on the screen, or a newer one that a change of one's own has made. */
function latestVersion(id: string, seen: number): number {
  const known = getChanges().known.get(id);
  const own = known && known.phase !== "told" && known.version > seen;
  return own ? known.version : seen;
}

function report(subjects: Subject[], change: Assignments, result: Done, silent: boolean): Map<string, string> {
  const { batch, changed, unchanged } = result;
  hideFailure(batch);
  // A deleted contact has no name any more, but the person knows it by the one on the screen.
  const named = result.conflicts.map((each) => ({ ...each, name: given(each.name) ?? nameOf(subjects, each.id) }));
  learn(
    changed.map(({ id, version, triage }) => ({ id, version, ...triage })),
    "changed",
  );
  const conflicts = named.filter(({ triage }) => triage === null || !isAsWanted(triage, change));
  const reasons = learnConflicts(conflicts);
  const settledByOthers = named.filter((each) => !conflicts.includes(each));
  learnConflicts(settledByOthers, false);
  if (changed.length > 0) {
    addUndoable(batch);
    tellChange({ type: "saved", key: batch });
  } else {
    refuse(batch, [...reasons.values()][0] ?? resultWords.already);
  }
  if (silent) return reasons;
  if (conflicts.length > 0) updateChanges({ conflict: { change, conflicts } });
  const names = subjects.map(({ name }) => name);
  const counts = { names, changed: changed.length, unchanged: unchanged.length, others: settledByOthers };
  const words = describeResult(change, counts, reader());
  const undo = { label: changeWords.undo, key: "z", act: () => undoBatch(batch) };
  if (words) showUndo(batch, words, changed.length > 0 ? undo : undefined);
  return reasons;
}

type Done = Extract<ChangeResult, { ok: true }>;

/** Records that a change was not made. */
function refuse(key: string, why: string): void {
  forgetUndoable(key);
  noteRefused(key, why);
  tellChange({ type: "refused", key, why });
}

/** Whether somebody else has already made the same change. */
function isAsWanted(triage: Triage, change: Assignments): boolean {
  const wanted = completeChange(change);
  return fieldsOf(wanted).every((field) => wanted[field] === triage[field]);
}

function nameOf(subjects: Subject[], id: string): string {
  return subjects.find((subject) => subject.id === id)?.name ?? "";
}

/** The subject with everything this browser knows of it, including changes still being saved. */
function asKnownNow(subject: Subject): Subject {
  return asKnown(subject, findKnown(getChanges(), subject.id, subject.version));
}

/** The subject without changes that are still being saved, as it is shown again if saving fails. */
function asLearnt(subject: Subject): Subject {
  return asKnown(subject, findKnown({ ...getChanges(), saving: new Map() }, subject.id, subject.version));
}
