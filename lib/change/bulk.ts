import "server-only";
import { Prisma } from "@/generated/prisma/client";
import { inTransaction, type RunQuery } from "@/lib/database/query";
import { type Assignments, type BatchKind, completeChange, kindOf } from "./assignments";
import { listUndoTargets } from "./batch";
import { freezeBatch } from "./frozen-set";
import type { ChangeFailure } from "./outcome";
import { findRefusal } from "./refusal";
import type { BulkRequest } from "./request";
import { joinEnds, type StatusEnds } from "./status-step";
import { type Target, writeTriage } from "./write";

/** Batches of one person that may be under way at once. */
export const mostUnderWay = 10;

/** Contacts per transaction. Nobody else can change them for the few tenths of a second that it takes. */
const chunkSize = 1_000;

export type BulkStart = { ok: true; batch: string } | ChangeFailure;

/**
 * Starts the change of a frozen set, once: the same key again is the same batch. The bulk runner makes it.
 * @param kind the kind of the batch, if it is not that of the change
 * @throws DatabaseError
 */
export function startBulk(
  staffId: string,
  { key, set, change }: BulkRequest,
  kind: BatchKind = kindOf(change),
): Promise<BulkStart> {
  const complete = completeChange(change);
  const request = JSON.stringify({ set, change: complete });
  return inTransaction("bulk", async (run) => {
    const refusal = await findRefusal(run, complete, []);
    if (refusal !== null) return { ok: false, code: "invalid", message: refusal };
    await run(Prisma.sql`
      insert into change_batches (id, staff_id, kind, request, set_id, total)
      select ${key}::uuid, s.staff_id, ${kind}, ${request}::jsonb, s.id, s.total
      from frozen_sets s
      where s.id = ${set}::uuid and s.staff_id = ${staffId}::uuid and ${hasRoom(staffId)}
      on conflict do nothing`);
    const [stored] = await run(Prisma.sql`
      select from change_batches
      where id = ${key}::uuid and staff_id = ${staffId}::uuid and request = ${request}::jsonb`);
    if (stored) return { ok: true, batch: key };
    const [room] = await run(Prisma.sql`select where ${hasRoom(staffId)}`);
    const message = room
      ? "This selection has already been changed. Select again."
      : `${mostUnderWay} of your bulk changes are still running. Wait until one has finished.`;
    return { ok: false, code: "invalid", message };
  });
}

function hasRoom(staffId: string): Prisma.Sql {
  return Prisma.sql`(
    select count(*) from change_batches
    where finished_at is null and set_id is not null and staff_id = ${staffId}::uuid) < ${mostUnderWay}::int`;
}

/** Starts the undo of a batch that is too large for one statement, within the caller's transaction. */
export async function startBulkUndo(run: RunQuery, staffId: string, key: string, undoes: string): Promise<void> {
  const set = await freezeBatch(run, undoes, staffId);
  await run(Prisma.sql`
    insert into change_batches (id, staff_id, kind, undoes, request, set_id, total)
    select ${key}::uuid, ${staffId}::uuid, 'undo', ${undoes}::uuid, ${JSON.stringify({ batch: undoes })}::jsonb, id, total
    from frozen_sets where id = ${set}::uuid`);
}

type UnderWay = {
  id: string;
  staffId: string;
  undoes: string | null;
  change: Assignments | null;
  setId: string;
  done: number;
  total: number;
  /** Of the contacts changed so far. */
  statuses: StatusEnds | null;
  cancelled: boolean;
};

/** A chunk of a batch: the one that comes after `done` of its contacts. */
export type TakenChunk = { batch: string; done: number };

/**
 * Makes the next chunk of the batch with the least progress, and stores the new progress in the same transaction. A
 * batch that another runner has locked is skipped. A disabled person's batches end. Gives false if there is no batch to
 * work on.
 * @param onTaken hears which chunk it is, before anything of the chunk can fail
 * @throws DatabaseError
 */
export function runChunk(onTaken: (chunk: TakenChunk) => void = () => undefined): Promise<boolean> {
  return inTransaction("bulk", async (run) => {
    const [batch] = await run<UnderWay>(Prisma.sql`
      select id, staff_id as "staffId", undoes, request -> 'change' as change, set_id as "setId", done, total,
        outcome -> 'statuses' as statuses,
        cancelled_at is not null
          or exists (select from staff s where s.id = staff_id and s.disabled_at is not null) as cancelled
      from change_batches
      where finished_at is null and set_id is not null
      order by done, id
      limit 1
      for no key update skip locked`);
    if (!batch) return false;
    onTaken({ batch: batch.id, done: batch.done });
    const targets = batch.cancelled ? [] : await listTargets(run, batch);
    const left = { unchanged: 0, stale: 0 };
    let statuses = batch.statuses ?? { from: [], to: [] };
    if (targets.length > 0) {
      const author = { staffId: batch.staffId, batch: batch.id, undoes: batch.undoes };
      const written = await writeTriage(run, author, targets);
      const results = new Map(written.map(({ id, result }) => [id, result]));
      for (const result of ["unchanged", "stale"] as const) {
        const ids = targets.filter(({ id }) => results.get(id) === result).map(({ id }) => id);
        left[result] = ids.length;
        if (ids.length > 0) await keepResult(run, batch, ids, result);
      }
      const changed = written.filter(({ result }) => result === "changed");
      statuses = joinEnds(statuses, {
        from: changed.map(({ statusBefore }) => statusBefore),
        to: changed.map(({ triage }) => triage.status),
      });
    }
    const done = batch.done + targets.length;
    const finished = batch.cancelled || done >= batch.total;
    await run(Prisma.sql`
      update change_batches
      set done = ${done}::int,
        outcome = jsonb_build_object(
          'unchanged', coalesce((outcome ->> 'unchanged')::int, 0) + ${left.unchanged}::int,
          'stale', coalesce((outcome ->> 'stale')::int, 0) + ${left.stale}::int,
          'statuses', ${JSON.stringify(statuses)}::jsonb),
        finished_at = case when ${finished}::boolean then clock_timestamp() end
      where id = ${batch.id}::uuid`);
    return true;
  });
}

/** The next chunk's contacts at the versions that were frozen, each with what to set. */
async function listTargets(run: RunQuery, { setId, done, change, undoes }: UnderWay): Promise<Target[]> {
  const rows = await run<{ id: string; version: number }>(Prisma.sql`
    select contact_id as id, version from frozen_contacts
    where set_id = ${setId}::uuid and position > ${done}::int
    order by position
    limit ${chunkSize}::int`);
  if (undoes === null) return rows.map((row) => ({ ...row, change: change ?? {} }));
  const ids = rows.map(({ id }) => id);
  return ids.length > 0 ? listUndoTargets(run, undoes, ids) : [];
}

async function keepResult(run: RunQuery, { setId, done }: UnderWay, ids: string[], result: string): Promise<void> {
  await run(Prisma.sql`
    update frozen_contacts set result = ${result}
    where set_id = ${setId}::uuid and position between ${done + 1}::int and ${done + chunkSize}::int
      and contact_id = any (${ids}::text[])`);
}

/**
 * Ends a batch that cannot be made, so that the runner does not retry it for ever. What it has changed stays, and can
 * be undone. If it has made progress meanwhile, nothing ends, because then another server can make it.
 */
export async function giveUpBulk({ batch, done }: TakenChunk): Promise<void> {
  await inTransaction("bulk", (run) =>
    run(Prisma.sql`
      update change_batches
      set outcome = coalesce(outcome, '{}') || '{"failed": true}', finished_at = clock_timestamp()
      where id = ${batch}::uuid and done = ${done}::int and finished_at is null and set_id is not null`),
  );
}

/** Stops a person's own batch after the chunk that is being made. @throws DatabaseError */
export async function cancelBulk(staffId: string, batch: string): Promise<void> {
  await inTransaction("interactive", (run) =>
    run(Prisma.sql`
      update change_batches set cancelled_at = clock_timestamp()
      where id = ${batch}::uuid and staff_id = ${staffId}::uuid and set_id is not null and finished_at is null
        and cancelled_at is null`),
  );
}
