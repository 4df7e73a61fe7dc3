import { hideFailure, hideToast, showFailure, showUndo, tryAgain } from "@/components/ui/toast/action-toasts";
import { undoChange } from "@/lib/change/actions";
import type { ChangeResult } from "@/lib/change/outcome";
import { describeConflict, describeRestored, resultWords } from "@/lib/change/result-words";
import { learnConflicts, reader } from "./conflict/conflicts";
import { newKey } from "./queue/new-key";
import { ask, enqueue, findLostAnswers, findRefused, forgetLost, isLost, noteLost } from "./queue/requests";
import { tellChange } from "./store/change-events";
import {
  addUndoable,
  forgetUndoable,
  getChanges,
  hideSaving,
  learn,
  type Subject,
  showSaving,
  updateChanges,
} from "./store/changes";
import { changeWords } from "./words";

type Undo = {
  batch: string;
  /** The undo's own key: an undo sent again under its key happens only once. */
  key: string;
  words: string;
  /** Its contacts, if known. */
  ids: string[];
  /** Whether somebody else reports the result; then there is no toast and no card. */
  told: boolean;
  /** Whether the z key could undo it. */
  undoable: boolean;
};

/**
 * Undoes a batch, unless somebody has changed its contacts since. A failed undo can be tried again.
 * @param key the key of an undo that failed or whose answer was lost, to be sent again unchanged
 */
export function undoBatch(batch: string, words = changeWords.undone, key = newKey()): Promise<void> {
  const undo = begin({ batch, key, words, ids: [], told: false });
  return enqueue(() => sendUndo(undo));
}

/**
 * Undoes the latest change made in this browser, if any. Call it in the queue of requests: one that is still being saved
 * is then saved before it is undone.
 */
export async function undoLatest(): Promise<void> {
  const batch = getChanges().undoable.at(-1);
  if (batch) await sendUndo(begin({ batch, key: newKey(), words: changeWords.undone, ids: [], told: false }));
}

/**
 * Undoes one change of one contact. The result goes to the listeners for changes, and not to a toast or card.
 * @param before the contact before the change, if known; it is shown at once
 * @param wanted whether to send it still, when its turn comes
 */
export function takeBack(
  batch: string,
  key: string,
  id: string,
  before: Subject | null,
  wanted: () => boolean,
): Promise<void> {
  const shown = before ? [before] : [];
  const token = showSaving(shown);
  const undo = begin({ batch, key, words: changeWords.undone, ids: [id], told: true });
  return enqueue(async () => {
    if (wanted()) await sendUndo(undo);
    else if (undo.undoable) addUndoable(batch);
    hideSaving(shown, token);
  });
}

function begin(undo: Omit<Undo, "undoable">): Undo {
  hideToast(undo.batch);
  tellChange({ type: "undoing", batch: undo.batch, key: undo.key });
  return { ...undo, undoable: forgetUndoable(undo.batch) };
}

async function sendUndo(undo: Undo): Promise<void> {
  const { batch, key, words, ids, told } = undo;
  const found = await findLostAnswers({ ids, batch, except: key });
  // The change itself may have been saved only now.
  hideToast(batch);
  undo.undoable = forgetUndoable(batch) || undo.undoable;
  if (!found) return reportFailure(undo, { code: "unsure", message: resultWords.undoUnsure });
  const refusal = findRefused(batch);
  if (refusal !== undefined) return tellChange({ type: "nothing undone", batch, why: refusal });
  forgetLost(key);
  const result = await ask(() => undoChange({ key, batch }));
  if (!result.ok) return reportFailure(undo, result);
  hideFailure(key);
  if (result.bulk) return updateChanges({ bulks: [...getChanges().bulks, result.batch] });
  const restored = result.changed.map(({ id, version, triage }) => ({ id, version, ...triage }));
  const [only] = restored;
  const before = only && getChanges().known.get(only.id);
  const what = describeRestored(restored, before, reader());
  learn(restored, "restored");
  learnConflicts(result.conflicts);
  if (!told && result.conflicts.length > 0) updateChanges({ conflict: { change: null, conflicts: result.conflicts } });
  tellOutcome(batch, result);
  if (told || restored.length === 0) return;
  showUndo(result.batch, `${words}: ${what}`, {
    label: changeWords.redo,
    act: () => undoBatch(result.batch, changeWords.redone),
  });
}

function reportFailure(undo: Undo, { code, message }: { code: string; message: string }): void {
  const { batch, key, words, ids, told, undoable } = undo;
  const final = code === "invalid" || code === "forbidden";
  if (undoable && !final) addUndoable(batch);
  if (isLost(code)) noteLost(key, ids, () => sendUndo(undo));
  tellChange({ type: "not undone", batch, why: message, final });
  if (told) return;
  const again = tryAgain(code, () => void undoBatch(batch, words, key));
  showFailure(message, again, key);
}

function tellOutcome(batch: string, result: Extract<ChangeResult, { ok: true }>): void {
  const [first] = result.conflicts;
  const ids = [...result.changed.map(({ id }) => id), ...result.unchanged];
  if (ids.length > 0) tellChange({ type: "undone", batch, key: result.batch, ids });
  else if (first) tellChange({ type: "not undone", batch, why: describeConflict(first, reader()), final: true });
}
