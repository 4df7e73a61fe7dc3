import "server-only";
import { Prisma } from "@/generated/prisma/client";
import type { Run } from "@/lib/database/query";
import type { ChangeOutcome, ChangeResult } from "./outcome";

type NewBatch = {
  /** The client's idempotency key, which becomes the batch's id. */
  key: string;
  staffId: string;
  kind: "status" | "undo";
  undoes: string | null;
  request: object;
};

type StoredBatch = { same: boolean; outcome: ChangeOutcome | null };

/**
 * Records the batch and gives null; or, where it exists, its stored outcome to the person who sent the same request,
 * and a refusal to anybody else. A second sender of a key waits here until the first has committed.
 */
export async function openBatch(run: Run, batch: NewBatch): Promise<ChangeResult | null> {
  const { key, staffId, kind, undoes } = batch;
  const request = JSON.stringify(batch.request);
  const opened = await run<{ id: string }>(Prisma.sql`
    insert into change_batches (id, staff_id, kind, undoes, request)
    values (${key}::uuid, ${staffId}::uuid, ${kind}, ${undoes}::uuid, ${request}::jsonb)
    on conflict do nothing
    returning id
  `);
  if (opened.length > 0) return null;

  const [stored] = await run<StoredBatch>(Prisma.sql`
    select staff_id = ${staffId}::uuid and kind = ${kind} and request = ${request}::jsonb as "same", outcome
    from change_batches
    where id = ${key}::uuid
  `);
  if (stored?.same && stored.outcome) return { ok: true, batch: key, ...stored.outcome };
  if (stored) return { ok: false, code: "invalid", message: "This was already used for another change. Try again." };

  const [undone] = await run<{ name: string }>(Prisma.sql`
    select s.name
    from change_batches b
    join staff s on s.id = b.staff_id
    where b.undoes = ${undoes}::uuid
  `);
  return { ok: false, code: "invalid", message: `${undone?.name ?? "Somebody"} has undone this already.` };
}

/** Keeps what the batch did, for whoever sends its key again. */
export async function storeOutcome(run: Run, batch: string, outcome: ChangeOutcome): Promise<void> {
  await run(Prisma.sql`
    update change_batches
    set outcome = ${JSON.stringify(outcome)}::jsonb, finished_at = clock_timestamp()
    where id = ${batch}::uuid
  `);
}
