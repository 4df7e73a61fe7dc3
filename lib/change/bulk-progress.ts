import "server-only";
import { Prisma } from "@/generated/prisma/client";
import { inTransaction, queryRows } from "@/lib/database/query";
import type { Assignments } from "./assignments";
import { listConflicts } from "./conflicts";
import type { Conflict } from "./outcome";

/** The most conflicts that are listed by name. */
const toldConflicts = 100;

/** The progress of a batch that is made chunk by chunk. */
export type BulkProgress = {
  batch: string;
  /** What it sets; null for an undo. */
  change: Assignments | null;
  undoes: string | null;
  total: number;
  /**
   * Contacts processed so far. `unchanged` ones had the wanted values already; others had changed or removed `stale`
   * ones.
   */
  done: number;
  unchanged: number;
  stale: number;
  state: "running" | "finished" | "cancelled" | "failed";
};

/** A batch's progress; null if there is no such batch, or if it is not made chunk by chunk. @throws DatabaseError */
export async function getBulk(batch: string): Promise<BulkProgress | null> {
  const [found] = await listProgress(Prisma.sql`id = ${batch}::uuid and set_id is not null`);
  return found ?? null;
}

/** A person's batches that are under way. @throws DatabaseError */
export function listBulksOf(staffId: string): Promise<BulkProgress[]> {
  return listProgress(Prisma.sql`staff_id = ${staffId}::uuid and finished_at is null and set_id is not null`);
}

function listProgress(condition: Prisma.Sql): Promise<BulkProgress[]> {
  return queryRows<BulkProgress>(Prisma.sql`
    select id as batch, request -> 'change' as change, undoes, total, done,
      coalesce((outcome ->> 'unchanged')::int, 0) as unchanged,
      coalesce((outcome ->> 'stale')::int, 0) as stale,
      case
        when finished_at is null then 'running'
        when outcome ? 'failed' then 'failed'
        when done < total then 'cancelled'
        else 'finished'
      end as state
    from change_batches
    where ${condition}
    order by created_at`);
}

/**
 * The first contacts that a batch left alone because somebody had changed or removed them, and who that was.
 * @throws DatabaseError
 */
export async function listBulkConflicts(batch: string): Promise<Conflict[]> {
  return inTransaction(
    "interactive",
    async (run) => {
      const stale = await run<{ id: string }>(Prisma.sql`
        select c.contact_id as id
        from change_batches b
        join frozen_contacts c on c.set_id = b.set_id
        where b.id = ${batch}::uuid and c.result = 'stale'
        order by c.position
        limit ${toldConflicts}::int`);
      return listConflicts(
        run,
        stale.map(({ id }) => id),
      );
    },
    "read only",
  );
}
