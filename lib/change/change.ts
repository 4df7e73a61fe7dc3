import "server-only";
import { describeDatabaseError, findViolation } from "@/lib/database/errors";
import { inTransaction, type Run } from "@/lib/database/query";
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

/** Attempts at one batch: deadlocks and serialisation failures are over in milliseconds, or they are not our doing. */
const attempts = 6;

type Work = (run: Run) => Promise<ChangeResult>;

/**
 * Changes contacts whose version is still the one that was seen, as one batch: all that can be changed, or, when the
 * database fails, none. Sending the same key again gives the first outcome and changes nothing.
 * @param kind what the batch is called by, where that is not by what it sets
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
    // What was allowed when it was made stays made, whatever has become of the person since.
    return (await findEarlier(run, batch)) ?? { ok: false, code: "invalid", message: refusal };
  });
}

/**
 * Restores what was decided before `batch` about the contacts that nobody has changed since, once, as a batch of its own:
 * so an undo can be undone. Contacts changed since are named as conflicts and left alone.
 */
export async function undoBatch(staffId: string, { key, batch: undoes }: UndoRequest): Promise<ChangeResult> {
  const batch: NewBatch = { batch: key, staffId, kind: "undo", undoes, request: { batch: undoes } };
  const result = await settle(batch, async (run) => {
    if (await isUnderWay(run, undoes))
      return { ok: false, code: "invalid", message: "This is still being made. Cancel it first." };
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

async function changeTargets(run: Run, batch: NewBatch, targets: Target[]): Promise<ChangeResult> {
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
 * Runs the work in one transaction until it is settled. A deadlock is tried again; so is a connection lost while
 * committing, because the key makes that safe and its answer tells what became of the first attempt.
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

/** The answer to an attempt whose key, or whose undo, was there before it. */
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
