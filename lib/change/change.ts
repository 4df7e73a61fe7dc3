import "server-only";
import { describeDatabaseError } from "@/lib/database/errors";
import { inTransaction, type Run } from "@/lib/database/query";
import { openBatch, storeOutcome } from "./batch";
import { listConflicts } from "./conflicts";
import type { ChangedContact, ChangeFailure, ChangeOutcome, ChangeResult } from "./outcome";
import type { StatusRequest, UndoRequest } from "./request";
import { listUndoTargets, type Target, writeStatuses } from "./statuses";

/** Attempts at one batch: deadlocks and serialisation failures are over in milliseconds, or they are not our doing. */
const attempts = 6;

type Work = (run: Run) => Promise<ChangeResult>;

/**
 * Sets the status of contacts whose version is still the one that was seen, as one batch: all that can be changed, or,
 * when the database fails, none. Sending the same key again gives the first outcome and changes nothing.
 */
export function changeStatus(staffId: string, { key, status, contacts }: StatusRequest): Promise<ChangeResult> {
  const targets = contacts.map((contact) => ({ ...contact, target: status })).sort(byId);
  const request = { status, contacts: targets.map(({ id, version }) => ({ id, version })) };
  return settle(async (run) => {
    const earlier = await openBatch(run, { key, staffId, kind: "status", undoes: null, request });
    return earlier ?? changeTargets(run, { staffId, batch: key, undoes: null }, targets);
  });
}

/**
 * Restores the status before `batch` for the contacts that nobody has changed since, once, as a batch of its own: so an
 * undo can be undone. Contacts changed since are named as conflicts and left alone.
 */
export function undoBatch(staffId: string, { key, batch }: UndoRequest): Promise<ChangeResult> {
  return settle(async (run) => {
    const targets = await listUndoTargets(run, batch);
    if (targets.length === 0) return { ok: false, code: "invalid", message: "There is nothing to undo." };
    const earlier = await openBatch(run, { key, staffId, kind: "undo", undoes: batch, request: { batch } });
    return earlier ?? changeTargets(run, { staffId, batch: key, undoes: batch }, targets);
  });
}

type Change = { staffId: string; batch: string; undoes: string | null };

async function changeTargets(run: Run, change: Change, targets: Target[]): Promise<ChangeResult> {
  const written = await writeStatuses(run, change, targets);
  const { batch } = change;
  const changed: ChangedContact[] = [];
  const unchanged: string[] = [];
  const stale: string[] = [];
  for (const { id, version, from, to, result } of written) {
    if (result === "changed") changed.push({ id, version, from, to });
    else if (result === "unchanged") unchanged.push(id);
    else stale.push(id);
  }
  const conflicts = stale.length > 0 ? await listConflicts(run, stale) : [];
  const outcome: ChangeOutcome = { changed, unchanged, conflicts };
  await storeOutcome(run, batch, outcome);
  return { ok: true, batch, ...outcome };
}

/**
 * Runs the work in one transaction until it is settled. A deadlock is tried again; so is a connection lost while
 * committing, because the key makes that safe and its answer tells what became of the first attempt.
 */
async function settle(work: Work): Promise<ChangeResult> {
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
      if (attempt < attempts && (code === "retry" || ended)) {
        await pause(attempt);
        continue;
      }
      if (code === "unexpected" && !committing) throw error;
      return failure(error, committing);
    }
  }
}

/** Waits 0 to 20 ms more with each attempt, at random, so that two who collided do not collide again. */
function pause(attempt: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, Math.random() * 20 * attempt));
}

function failure(error: unknown, committing: boolean): ChangeFailure {
  if (committing) {
    const message = "The connection broke while saving. Check the list: the change may or may not have been made.";
    return { ok: false, code: "unknown", message };
  }
  const { code, message } = describeDatabaseError(error);
  if (code === "bad_input") return { ok: false, code: "invalid", message };
  if (code === "too_slow") return { ok: false, code: "busy", message: "That took too long. Nothing was changed." };
  return { ok: false, code: "busy", message };
}

function byId(a: { id: string }, b: { id: string }): number {
  return a.id < b.id ? -1 : 1;
}
