import { hideFailure, showFailure, showUndo, tryAgain } from "@/components/ui/toast/action-toasts";
import { setTriage } from "@/lib/change/actions";
import { type Assignments, completeChange, fieldsOf } from "@/lib/change/assignments";
import type { ChangeResult } from "@/lib/change/outcome";
import { describeResult, resultWords } from "@/lib/change/result-words";
import { given } from "@/lib/contact/given";
import type { Triage } from "@/lib/contact/triage";
import { learnConflicts, reader } from "./conflict/conflicts";
import { ask, findLostAnswers, forgetLost, isLost, noteLost, noteRefused } from "./queue/requests";
import { tellChange } from "./store/change-events";
import {
  addUndoable,
  asKnown,
  findKnown,
  forgetUndoable,
  getChanges,
  learn,
  type Subject,
  updateChanges,
} from "./store/changes";
import { undoBatch } from "./undo";
import { changeWords } from "./words";

/** A contact, with the version that the person saw. */
type Seen = { id: string; version: number };

type Sending = {
  subjects: Subject[];
  key: string;
  change: Assignments;
  /** The contacts of an earlier request under this key; otherwise those on the screen are sent. */
  sent?: Seen[];
  /** Makes the change again, with the contacts that were sent. */
  again: (contacts: Seen[]) => void;
};

/**
 * Saves a change that is shown already, and reports the result. Gives the ids that were not changed, each with the
 * reason. Called when the requests before it have been answered.
 */
export async function sendChange({ sent, ...sending }: Sending): Promise<Map<string, string>> {
  const { subjects, key } = sending;
  await findLostAnswers({ ids: subjects.map(({ id }) => id), except: key });
  return send(sending, sent ?? subjects.map(({ id, version }) => ({ id, version: latestVersion(id, version) })));
}

/** @param silent whether it is sent again only to learn the result; then there is no toast and no card */
async function send(sending: Omit<Sending, "sent">, contacts: Seen[], silent = false): Promise<Map<string, string>> {
  const { subjects, key, change, again } = sending;
  const ids = subjects.map(({ id }) => id);
  forgetLost(key);
  noteRefused(key);
  const result = await ask(() => setTriage({ key, change, contacts }));
  if (result.ok) return report(subjects, change, result, silent);
  const { code, message } = result;
  showFailure(
    message,
    tryAgain(code, () => again(contacts)),
    key,
  );
  const reasons = new Map(ids.map((id) => [id, message]));
  learn(subjects.map(asLearnt), "told", reasons);
  if (isLost(code)) {
    noteLost(key, ids, () => send(sending, contacts, true));
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

/** The subject without changes that are still being saved, as it is shown again if saving fails. */
function asLearnt(subject: Subject): Subject {
  return asKnown(subject, findKnown({ ...getChanges(), saving: new Map() }, subject.id, subject.version));
}
