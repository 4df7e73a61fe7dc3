import "server-only";
import { describeDatabaseError, findViolation } from "@/lib/database/errors";
import { inTransaction, type RunQuery } from "@/lib/database/query";
import { type BatchKind, completeChange, kindOf } from "./assignments";
import { findEarlier, isLarge, isUnderWay, listUndoTargets, startedInBulk } from "./batch";
import { startBulkUndo } from "./bulk";
import { wakeBulkRunner } from "./bulk-runner";
import { listConflicts } from "./conflicts";
import type { ChangeFailure, ChangeOutcome, ChangeResult } from "./outcome";
import { findRefusal } from "./refusal";
import type { ChangeRequest, UndoRequest } from "./request";
import { resultWords } from "./result-words";
import { type NewBatch, type Target, writeBatch } from "./write";

/**
 * The most attempts at one batch. A deadlock or serialisation failure is over in milliseconds; if it is not, more
 * attempts would not help.
 */
const attempts = 6;

type Work = (run: RunQuery) => Promise<ChangeResult>;

/**
 * Changes the contacts that still have the version that was seen, as one batch. If the database fails, none is changed.
 * Sending the same key again gives the first outcome and changes nothing.
 * @param kind the kind of the batch, if it is not that of the change
 */
export function changeContacts(
  staffId: string,
  { key, change, contacts }: ChangeRequest,
  kind: BatchKind = kindOf(change),
): Promise<ChangeResult> {
  const sorted = contacts.map(({ id, version }) => ({ id, version })).sort(byId);
  const complete = completeChange(change);
  const targets = sorted.map((contact) => ({ ...contact, change: complete }));
  const batch = { batch: key, staffId, kind, undoes: null, request: { change, contacts: sorted } };
  return settle(batch, async (run) => {
    const refusal = await findRefusal(run, complete, sorted);
    if (refusal === null) return changeTargets(run, batch, targets);
    // A change that was allowed when it was made stays made, even if its assignee or original would be refused by now.
    return (await findEarlier(run, batch)) ?? { ok: false, code: "invalid", message: refusal };
  });
}

/**
 * Undoes `batch`, once: restores the triage before it for the contacts that nobody has changed since. The undo is a
 * batch of its own, so it can be undone too. Contacts changed since are left alone and named as conflicts.
 */
export async function undoBatch(staffId: string, { key, batch: undoes }: UndoRequest): Promise<ChangeResult> {
  const batch: NewBatch = { batch: key, staffId, kind: "undo", undoes, request: { batch: undoes } };
  const result = await settle(batch, async (run) => {
    if (await isUnderWay(run, undoes))
      return { ok: false, code: "invalid", message: "This is still running. Stop it first." };
    if (await isLarge(run, undoes)) {
      await startBulkUndo(run, staffId, key, undoes);
      return startedInBulk(key);
    }
    const targets = await listUndoTargets(run, undoes);
    if (targets.length === 0) return { ok: false, code: "invalid", message: "There is nothing to undo." };
    return changeTargets(run, batch, targets);
  });
  if (result.ok && result.bulk) wakeBulkRunner();
  return result;
}

async function changeTargets(run: RunQuery, batch: NewBatch, targets: Target[]): Promise<ChangeResult> {
  const outcome: ChangeOutcome = { changed: [], unchanged: [], conflicts: [] };
  const stale: string[] = [];
  for (const { id, version, triage, result } of await writeBatch(run, batch, targets)) {
    if (result === "changed") outcome.changed.push({ id, version, triage });
    else if (result === "unchanged") outcome.unchanged.push(id);
    else stale.push(id);
  }
  if (stale.length > 0) outcome.conflicts = await listConflicts(run, stale);
  return { ok: true, batch: batch.batch, ...outcome };
}

/**
 * Runs the work in one transaction, and retries until the outcome is known. A deadlock is retried. So is a connection
 * that was lost while committing: the key makes that safe, and the answer tells what the first attempt did.
 */
async function settle(batch: NewBatch, work: Work): Promise<ChangeResult> {
  let committing = false;
  for (let attempt = 1; ; attempt++) {
    let ended = false;
    try {
      return await inTransaction("bulk", async (run) => {
        const result = await work(run);
        ended = true;
        return result;
      });
    } catch (error) {
      committing ||= ended;
      const { code } = describeDatabaseError(error);
      const late = findViolation(error)?.startsWith("change_batches_") ? await answerLate(batch, committing) : null;
      if (late) return late;
      if (attempt < attempts && (code === "retry" || ended)) {
        await pause(attempt);
        continue;
      }
      if (code === "unexpected" && !committing) throw error;
      return failure(error, committing);
    }
  }
}

/** The answer to an attempt whose key, or whose undo, is there already. */
async function answerLate(batch: NewBatch, committing: boolean): Promise<ChangeResult | null> {
  try {
    return await inTransaction("bulk", (run) => findEarlier(run, batch), "read only");
  } catch (error) {
    return failure(error, committing);
  }
}

/** Waits 0 to 20 ms more with each attempt, at random, so that two who collided do not collide again. */
function pause(attempt: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, Math.random() * 20 * attempt));
}

function failure(error: unknown, committing: boolean): ChangeFailure {
  if (committing) return { ok: false, code: "unknown", message: resultWords.broken };
  const { code, message } = describeDatabaseError(error);
  if (code === "bad_input") return { ok: false, code: "invalid", message };
  if (code === "too_slow") return { ok: false, code: "busy", message: resultWords.slow };
  return { ok: false, code: "busy", message };
}

function byId(a: { id: string }, b: { id: string }): number {
  return a.id < b.id ? -1 : 1;
}
