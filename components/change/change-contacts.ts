import { nameIn } from "@/components/desk/desk";
import { setTriage, undoChange } from "@/lib/change/actions";
import { type Assignments, applyChange, completeChange, fieldsOf } from "@/lib/change/assignments";
import type { ChangeResult, Conflict } from "@/lib/change/outcome";
import { describeChange, describeSteps, type Reader } from "@/lib/change/words";
import { statusLabel } from "@/lib/contact/status";
import { type Triage, triageFields } from "@/lib/contact/triage";
import { countOf } from "@/lib/desk/wording";
import type { ToastAction } from "./action-toast";
import { asKnown, findKnown, getChanges, learn, type Subject, updateChanges } from "./changes";
import { newKey } from "./new-key";
import { explainNoAnswer, type NoAnswer } from "./no-answer";
import { hideToast, showFailure, showUndo } from "./toasts";

/** What to do once nothing is being saved any more; the host sets it to refresh the page. */
let whenSettled: () => void = () => undefined;
let waiting = 0;
let queue: Promise<unknown> = Promise.resolve();

export function onSettled(refresh: () => void): () => void {
  whenSettled = refresh;
  return () => {
    whenSettled = () => undefined;
  };
}

/** The browser then asks whether to leave: a change on its way could be lost with the page. */
function askBeforeLeaving(event: BeforeUnloadEvent): void {
  event.preventDefault();
}

/** One after the other: a second key on the same contact must carry the version that the first one made. */
function enqueue<T>(work: () => Promise<T>): Promise<T> {
  if (waiting++ === 0) addEventListener("beforeunload", askBeforeLeaving);
  const result = queue.then(work).finally(() => {
    if (--waiting > 0) return;
    removeEventListener("beforeunload", askBeforeLeaving);
    whenSettled();
  });
  queue = result.catch(() => undefined);
  return result;
}

/** What was sent under a key. Sent again, whatever became of it, it happens once. */
type Request = { key: string; change: Assignments; contacts: { id: string; version: number }[] };

/**
 * Shows a change at once, saves it, and says what became of it; on failure it goes back.
 * Gives the ids that were not changed, with the reason.
 * @param sent a request whose answer is not known or was no, to be sent again as it was
 */
export function changeContacts(subjects: Subject[], change: Assignments, sent?: Request): Promise<Map<string, string>> {
  const token = Symbol();
  const saving = new Map(getChanges().saving);
  for (const subject of subjects) {
    const { version } = subject;
    saving.set(subject.id, { ...applyChange(asKnownNow(subject), change), version, token, at: Date.now() });
  }
  updateChanges({ saving });
  return enqueue(async () => {
    const contacts = subjects.map(({ id, version }) => ({ id, version: latestVersion(id, version) }));
    const request = sent ?? { key: newKey(), change, contacts };
    const result = await ask(() => setTriage(request));
    settle(subjects, token);
    return report(subjects, change, result, () => void changeContacts(subjects, change, request));
  });
}

/**
 * Takes back a batch made here, where nobody has changed its contacts since. One that failed can be tried again.
 * @param key of an undo whose answer is not known or was no, to be sent again as it was
 */
export function undoBatch(batch: string, words = "Undone", key = newKey()): Promise<void> {
  hideToast(batch);
  const undoable = forgetUndoable(batch);
  return enqueue(() => sendUndo(batch, words, key, undoable));
}

/** Undoes the latest change made in this browser, if there is one left; one that is still being saved, once it is. */
export function undoLatest(): void {
  void enqueue(async () => {
    const latest = getChanges().undoable.at(-1);
    if (!latest) return;
    hideToast(latest);
    await sendUndo(latest, "Undone", newKey(), forgetUndoable(latest));
  });
}

/** Takes a batch off those that can be undone, and says whether it was one. */
function forgetUndoable(batch: string): boolean {
  const { undoable } = getChanges();
  updateChanges({ undoable: undoable.filter((each) => each !== batch) });
  return undoable.includes(batch);
}

async function sendUndo(batch: string, words: string, key: string, undoable: boolean): Promise<void> {
  const result = await ask(() => undoChange({ key, batch }));
  if (!result) return;
  if (!result.ok) {
    if (undoable) updateChanges({ undoable: [...getChanges().undoable, batch] });
    return showFailure(
      result.message,
      tryAgain(result.code, () => void undoBatch(batch, words, key)),
    );
  }
  if (result.bulk) return updateChanges({ bulks: [...getChanges().bulks, result.batch] });
  const restored = result.changed.map(({ id, version, triage }) => ({ id, version, ...triage }));
  const what = describeRestored(restored);
  learn(restored, "restored");
  learnConflicts(result.conflicts);
  if (result.conflicts.length > 0) updateChanges({ conflict: { change: null, conflicts: result.conflicts } });
  if (restored.length === 0) return;
  showUndo(result.batch, `${words}: ${what}`, { label: "Redo", act: () => undoBatch(result.batch, "Done again") });
}

/** What an undo has brought back: of one contact what differs from what was known of it, of several how many they are. */
function describeRestored(restored: (Triage & { id: string })[]): string {
  const [only] = restored;
  if (!only || restored.length > 1) return `${countOf(restored.length, "contact")} restored`;
  const before = getChanges().known.get(only.id);
  if (before && before.status !== only.status) return `back to ${statusLabel(only.status)}`;
  const differing = triageFields.filter((field) => before && before[field] !== only[field]);
  if (differing.length === 0) return "as it was before";
  return describeChange(Object.fromEntries(differing.map((field) => [field, only[field]])), reader());
}

/** The version to send: the one on the screen, or the one that an own change has made of it since. */
function latestVersion(id: string, seen: number): number {
  const known = getChanges().known.get(id);
  const own = known && known.phase !== "told" && known.version > seen;
  return own ? known.version : seen;
}

function settle(subjects: Subject[], token: symbol): void {
  const saving = new Map(getChanges().saving);
  for (const { id } of subjects) if (saving.get(id)?.token === token) saving.delete(id);
  updateChanges({ saving });
}

/** The action's answer, or what is to be said where none came. */
async function ask(action: () => Promise<ChangeResult>): Promise<ChangeResult | ({ ok: false } & NoAnswer)> {
  try {
    return await action();
  } catch (error) {
    return { ok: false, ...explainNoAnswer(error) };
  }
}

/** Sent again by hand, unless that would only be refused again. */
function tryAgain(code: string, act: () => void): ToastAction | undefined {
  return code === "signed_out" ? undefined : { label: "Try again", act };
}

function report(
  subjects: Subject[],
  change: Assignments,
  result: Awaited<ReturnType<typeof ask>>,
  again: () => void,
): Map<string, string> {
  if (!result.ok) {
    const { code, message } = result;
    showFailure(message, tryAgain(code, again));
    const reasons = new Map(subjects.map(({ id }) => [id, message]));
    learn(subjects.map(asKnownNow), "told", reasons);
    return reasons;
  }
  const { changed, unchanged, batch } = result;
  // A contact that is gone has no name any more, but the person knows it by the one on the screen.
  const named = result.conflicts.map((each) => ({ ...each, name: each.name || nameOf(subjects, each.id) }));
  learn(
    changed.map(({ id, version, triage }) => ({ id, version, ...triage })),
    "changed",
  );
  const conflicts = named.filter(({ triage }) => triage === null || !isAsWanted(triage, change));
  const reasons = learnConflicts(conflicts);
  const settledByOthers = named.filter((each) => !conflicts.includes(each));
  learnConflicts(settledByOthers, false);
  if (conflicts.length > 0) updateChanges({ conflict: { change, conflicts } });
  announce(subjects, change, changed.length, unchanged.length, settledByOthers, batch);
  return reasons;
}

/** Whether somebody else has made just this of it already. */
function isAsWanted(triage: Triage, change: Assignments): boolean {
  const wanted = completeChange(change);
  return fieldsOf(wanted).every((field) => wanted[field] === triage[field]);
}

function announce(
  subjects: Subject[],
  change: Assignments,
  changed: number,
  unchanged: number,
  others: Conflict[],
  batch: string,
) {
  const done = describeChange(change, reader());
  const [first] = others;
  const already = unchanged + others.length;
  const who =
    first && already === 1
      ? `${first.who} had done the same already`
      : `${already} ${already === 1 ? "was" : "were"} so already`;
  if (changed === 0) {
    if (already > 0) showUndo(batch, already === 1 && !first ? `It was ${done} already` : who);
    return;
  }
  const [only] = subjects;
  const what = changed === 1 && subjects.length === 1 && only ? only.name || "Contact" : countOf(changed, "contact");
  updateChanges({ undoable: [...getChanges().undoable, batch] });
  const words = `${what} ${done}${already > 0 ? `; ${who}` : ""}`;
  showUndo(batch, words, { label: "Undo", key: "z", act: () => undoBatch(batch) });
}

/** With whose names and by which clock changes are put into words. */
function reader(): Reader {
  const { desk } = getChanges();
  return { nameOf: (id) => nameIn(desk, id), zone: desk.zone, now: new Date() };
}

function nameOf(subjects: Subject[], id: string): string {
  return subjects.find((subject) => subject.id === id)?.name ?? "";
}

/** Notes what the database has now; where the person must still decide, with the reason. */
function learnConflicts(conflicts: Conflict[], undecided = true): Map<string, string> {
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

/** What somebody did to the contact, in words that follow their name. */
export function describeConflict({ triage, steps }: Conflict, words: Reader): string {
  return triage === null ? "removed it" : describeSteps(steps, words);
}

const nothingDecided: Triage = {
  status: null,
  assigneeId: null,
  snoozedUntil: null,
  spamReason: null,
  duplicateOf: null,
};

/** The subject with whatever this browser has learnt of it by now. */
function asKnownNow(subject: Subject): Subject {
  return asKnown(subject, findKnown(getChanges(), subject.id, subject.version));
}
