import "server-only";
import { Prisma } from "@/generated/prisma/client";
import { setsTriage } from "@/lib/contact/steps";
import { type TriageRow, toTriage } from "@/lib/contact/triage";
import type { RunQuery } from "@/lib/database/query";
import { listConflicts } from "./conflicts";
import type { ChangedContact, ChangeResult } from "./outcome";
import { contactsPerCall } from "./request";
import type { NewBatch, Target } from "./write";

type StoredBatch = {
  same: boolean;
  /** Whether it is made chunk by chunk: its outcome then has counts instead of ids. */
  bulk: boolean;
  outcome: { unchanged?: string[]; stale?: string[] } | null;
};

/**
 * The answer to an attempt whose key is already used. The person who sent the same request gets the first outcome, and
 * everybody else a refusal. If the batch to undo has been undone already, the refusal says by whom. Null if neither is
 * so.
 */
export async function findEarlier(run: RunQuery, batch: NewBatch): Promise<ChangeResult | null> {
  const { batch: key, staffId, kind, undoes } = batch;
  const [stored] = await run<StoredBatch>(Prisma.sql`
    select
      staff_id = ${staffId}::uuid and kind = ${kind} and request = ${JSON.stringify(batch.request)}::jsonb as "same",
      set_id is not null as bulk,
      outcome
    from change_batches
    where id = ${key}::uuid
  `);
  if (stored?.same && stored.bulk) return startedInBulk(key);
  if (stored?.same && stored.outcome) {
    const { unchanged = [], stale = [] } = stored.outcome;
    const changed = await listChanged(run, key);
    return { ok: true, batch: key, changed, unchanged, conflicts: await listConflicts(run, stale) };
  }
  if (stored) return { ok: false, code: "invalid", message: "This was already used for another change. Try again." };

  const [undone] = await run<{ name: string }>(Prisma.sql`
    select s.name
    from change_batches b
    join staff s on s.id = b.staff_id
    where b.undoes = ${undoes}::uuid
  `);
  return undone ? { ok: false, code: "invalid", message: `${undone.name} has already undone this.` } : null;
}

/** The answer for a batch that has only been started, and is made chunk by chunk. */
export function startedInBulk(batch: string): ChangeResult {
  return { ok: true, batch, bulk: true, changed: [], unchanged: [], conflicts: [] };
}

/** The contacts that a batch changed, each as the batch left it, from the history. */
async function listChanged(run: RunQuery, batch: string): Promise<ChangedContact[]> {
  const rows = await run<TriageRow & { id: string; version: number }>(Prisma.sql`
    select
      contact_id as id,
      version_to as version,
      status_to as status,
      assignee_to as "assigneeId",
      snoozed_to as "snoozedUntil",
      spam_reason_to as "spamReason",
      duplicate_of_to as "duplicateOf"
    from contact_history
    where batch_id = ${batch}::uuid and ${isTriage}
    order by contact_id
  `);
  return rows.map((row) => ({ id: row.id, version: row.version, triage: toTriage(row) }));
}

type UndoRow = { id: string; version: number } & Target["change"];

/**
 * What undoing a batch would write: the whole triage before it, including what a trigger cleared. Instants come as
 * text, which keeps their microseconds.
 * A contact is as the batch left it if nobody has changed it since, or if all later changes have been undone. Its
 * target has the contact's newest version. The target of any other contact has the batch's version, so that writing it
 * finds a conflict.
 *
 * `alike` are the versions of a contact that equal its newest one: an undo restores the version before the batch it
 * undoes.
 * @param ids only of these contacts; of all if left out
 */
export async function listUndoTargets(run: RunQuery, batch: string, ids?: string[]): Promise<Target[]> {
  const rows = await run<UndoRow>(Prisma.sql`
    with recursive targets as materialized (
      select *
      from contact_history
      where batch_id = ${batch}::uuid and ${isTriage}
        ${ids ? Prisma.sql`and contact_id = any (${ids}::text[])` : Prisma.empty}
    ),
    alike as (
      select c.id, c.version as newest, c.version
      from targets t
      join contact_submissions c on c.id = t.contact_id
      union
      select a.id, a.newest, undone.version_to - 1
      from alike a
      join targets t on t.contact_id = a.id and t.version_to < a.version
      join contact_history h on h.contact_id = a.id and h.version_to = a.version
      join change_batches b on b.id = h.batch_id
      join contact_history undone
        on undone.contact_id = a.id and undone.batch_id = b.undoes and undone.version_to < a.version
    )
    select
      t.contact_id as id,
      coalesce(a.newest, t.version_to) as version,
      t.status_from as status,
      t.assignee_from as "assigneeId",
      t.snoozed_from::text as "snoozedUntil",
      t.spam_reason_from as "spamReason",
      t.duplicate_of_from as "duplicateOf"
    from targets t
    left join alike a on a.id = t.contact_id and a.version = t.version_to
    order by t.contact_id
  `);
  return rows.map(({ id, version, ...change }) => ({ id, version, change }));
}

/** Whether a batch has changed more contacts than one statement should. */
export async function isLarge(run: RunQuery, batch: string): Promise<boolean> {
  const [found] = await run<{ count: number }>(Prisma.sql`
    select count(*)::int as count
    from (select from contact_history where batch_id = ${batch}::uuid limit ${contactsPerCall + 1}::int) changed`);
  return (found?.count ?? 0) > contactsPerCall;
}

/** Whether a batch is still being made, chunk by chunk. */
export async function isUnderWay(run: RunQuery, batch: string): Promise<boolean> {
  const found = await run(Prisma.sql`
    select from change_batches where id = ${batch}::uuid and set_id is not null and finished_at is null`);
  return found.length > 0;
}

/** Rows of history that changed the triage, and so the version. */
export const isTriage = Prisma.sql`operation = 'update' and version_to is not null and ${setsTriage}`;
