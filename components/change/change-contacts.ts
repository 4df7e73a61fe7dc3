import { setStatus, undoChange } from "@/lib/change/actions";
import type { ChangeResult, Conflict } from "@/lib/change/outcome";
import { type Status, statuses, statusLabel } from "@/lib/contact/status";
import { findKnown, getChanges, learn, type Subject, updateChanges } from "./changes";
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

/** One after the other: a second key on the same contact must carry the version that the first one made. */
function enqueue<T>(work: () => Promise<T>): Promise<T> {
  waiting++;
  const result = queue.then(work).finally(() => {
    if (--waiting === 0) whenSettled();
  });
  queue = result.catch(() => undefined);
  return result;
}

/** What was sent under a key. Sent again, whatever became of it, it happens once. */
type Request = { key: string; contacts: { id: string; version: number }[] };

/**
 * Shows the status at once, saves it, and says what became of it; on failure it goes back.
 * Gives the ids that were not changed, with the reason.
 * @param sent a request whose answer is not known or was no, to be sent again as it was
 */
export function changeStatuses(subjects: Subject[], target: Status, sent?: Request): Promise<Map<string, string>> {
  const token = Symbol();
  const saving = new Map(getChanges().saving);
  for (const { id, version } of subjects) saving.set(id, { status: target, version, token, at: Date.now() });
  updateChanges({ saving });
  return enqueue(async () => {
    const contacts = subjects.map(({ id, version }) => ({ id, version: latestVersion(id, version) }));
    const request = sent ?? { key: newKey(), contacts };
    const result = await ask(() => setStatus({ ...request, status: target }));
    settle(subjects, token);
    return report(subjects, target, result, () => void changeStatuses(subjects, target, request));
  });
}

/**
 * Takes back a batch made here, where nobody has changed its contacts since. One that failed can be tried again.
 * @param key of an undo whose answer is not known or was no, to be sent again as it was
 */
export function undoBatch(batch: string, words = "Undone", key = newKey()): Promise<void> {
  hideToast(batch);
  const { undoable } = getChanges();
  updateChanges({ undoable: undoable.filter((each) => each !== batch) });
  return enqueue(async () => {
    const result = await ask(() => undoChange({ key, batch }));
    if (!result) return;
    if (!result.ok) {
      if (undoable.includes(batch)) updateChanges({ undoable: [...getChanges().undoable, batch] });
      return showFailure(result.message, { label: "Try again", act: () => void undoBatch(batch, words, key) });
    }
    const restored = result.changed.map(({ id, version, to }) => ({ id, version, status: to }));
    learn(restored, "restored");
    learnConflicts(result.conflicts);
    if (result.conflicts.length > 0) updateChanges({ conflict: { target: null, conflicts: result.conflicts } });
    if (restored.length === 0) return;
    const [only] = restored;
    const what =
      restored.length === 1 && only
        ? `back to ${statusLabel(only.status)}`
        : `${countContacts(restored.length)} restored`;
    showUndo(result.batch, `${words}: ${what}`, { label: "Redo", act: () => undoBatch(result.batch, "Done again") });
  });
}

/** Undoes the latest change made in this browser, if there is one left. */
export function undoLatest(): void {
  const latest = getChanges().undoable.at(-1);
  if (latest) void undoBatch(latest);
}

/** A random UUID. The browser's own is only there on https, and a desk may be reached by plain http inside a company. */
function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  const variant = "89ab"[Number.parseInt(hex.charAt(16), 16) % 4];
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20)}`;
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

/** The action's answer; null when it sent the person elsewhere, to sign in. A lost answer is not a failed change. */
async function ask(action: () => Promise<ChangeResult>): Promise<ChangeResult | null> {
  try {
    return await action();
  } catch (error) {
    if (String((error as { digest?: unknown } | null)?.digest).startsWith("NEXT_")) return null;
    const message = "No answer came back. Check the list: the change may or may not have been made.";
    return { ok: false, code: "unknown", message };
  }
}

function report(
  subjects: Subject[],
  target: Status,
  result: ChangeResult | null,
  again: () => void,
): Map<string, string> {
  if (!result) return new Map();
  if (!result.ok) {
    const { message } = result;
    showFailure(message, { label: result.code === "unknown" ? "Set again" : "Try again", act: again });
    const reasons = new Map(subjects.map(({ id }) => [id, message]));
    learn(subjects.map(asKnown), "told", reasons);
    return reasons;
  }
  const { changed, unchanged, batch } = result;
  // A contact that is gone has no name any more, but the person knows it by the one on the screen.
  const named = result.conflicts.map((each) => ({ ...each, name: each.name || nameOf(subjects, each.id) }));
  learn(
    changed.map(({ id, version, to }) => ({ id, version, status: to })),
    "changed",
  );
  const conflicts = named.filter(({ status }) => status !== target);
  const reasons = learnConflicts(conflicts);
  const settledByOthers = named.filter((each) => !conflicts.includes(each));
  learn(settledByOthers, "told");
  if (conflicts.length > 0) updateChanges({ conflict: { target, conflicts } });
  announce(subjects, target, changed.length, unchanged.length, settledByOthers, batch);
  return reasons;
}

function announce(
  subjects: Subject[],
  target: Status,
  changed: number,
  unchanged: number,
  others: Conflict[],
  batch: string,
) {
  const { label } = statuses[target];
  const [first] = others;
  const already = unchanged + others.length;
  const who =
    first && already === 1
      ? `${first.who} had set it to ${label} already`
      : `${already} ${already === 1 ? "was" : "were"} ${label} already`;
  if (changed === 0) {
    if (already > 0) showUndo(batch, already === 1 && !first ? `It was ${label} already` : who);
    return;
  }
  const [only] = subjects;
  const what = changed === 1 && subjects.length === 1 && only ? only.name || "Contact" : countContacts(changed);
  updateChanges({ undoable: [...getChanges().undoable, batch] });
  const words = `${what} set to ${label}${already > 0 ? `; ${who}` : ""}`;
  showUndo(batch, words, { label: "Undo", key: "z", act: () => undoBatch(batch) });
}

const countContacts = (count: number) => (count === 1 ? "1 contact" : `${count.toLocaleString("en")} contacts`);

function nameOf(subjects: Subject[], id: string): string {
  return subjects.find((subject) => subject.id === id)?.name ?? "";
}

function learnConflicts(conflicts: Conflict[]): Map<string, string> {
  const reasons = new Map(conflicts.map(({ id, who, what }) => [id, `${who} ${what}`]));
  learn(conflicts, "told", reasons);
  return reasons;
}

/** The subject with whatever this browser has learnt of it. */
function asKnown(subject: Subject): Subject {
  return { ...subject, ...pick(findKnown(getChanges(), subject.id, subject.version)) };
}

function pick(known: { status: string | null; version: number } | undefined) {
  return known && { status: known.status, version: known.version };
}
