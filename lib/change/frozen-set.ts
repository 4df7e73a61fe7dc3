import "server-only";
import { Prisma } from "@/generated/prisma/client";
import { inTransaction, type RunQuery } from "@/lib/database/query";
import { resolveDays } from "@/lib/filter/days";
import type { ContactFilter } from "@/lib/filter/filter";
import { predicate } from "@/lib/filter/sql/predicate";
import { printFilter } from "@/lib/filter/url";
import type { Viewer } from "@/lib/filter/viewer";
import { isTriage } from "./batch";

/** Contacts that one set holds at most. */
export const setLimit = 100_000;

/** How many contacts of a set have a status and an assignee, as stored. */
export type SetPart = { status: string | null; assigneeId: string | null; count: number };

/** The contacts that matched when the set was frozen: how many, and their statuses and assignees. */
export type FrozenSet = { id: string; total: number; parts: SetPart[] };

/**
 * How long a set without a batch is kept, and how many per person. Otherwise freezing again and again would fill the
 * disk.
 */
const unusedKept = Prisma.sql`interval '1 day'`;
export const mostUnused = 10;

/**
 * Freezes the ids and versions of what matches a filter now, in one statement. Null if nothing matches, "too many"
 * beyond the limit; in both cases nothing is stored.
 * @throws DatabaseError
 */
export async function freezeMatching(filter: ContactFilter, viewer: Viewer): Promise<FrozenSet | "too many" | null> {
  const { staffId } = viewer;
  const id = crypto.randomUUID();
  const parts = await inTransaction("freeze", async (run) => {
    await removeUnused(run, staffId);
    return run<SetPart>(Prisma.sql`
      with matching as materialized (
        select c.id, c.version, c.status, c.assignee_id
        from contact_submissions c
        where ${predicate(filter, viewer)}
        limit ${setLimit + 1}::int
      ),
      stored as (
        insert into frozen_sets (id, staff_id, filter, total)
        select ${id}::uuid, ${staffId}::uuid, ${String(printFilter(resolveDays(filter, viewer)))}, count(*)
        from matching
        having count(*) between 1 and ${setLimit}::int
        returning id
      ),
      contacts as (
        insert into frozen_contacts (set_id, position, contact_id, version)
        select stored.id, row_number() over (order by m.id), m.id, m.version
        from matching m
        cross join stored
      )
      select status, assignee_id as "assigneeId", count(*)::int as count
      from matching
      group by 1, 2
      order by 3 desc, 1, 2`);
  });
  const total = parts.reduce((sum, { count }) => sum + count, 0);
  if (total === 0) return null;
  return total > setLimit ? "too many" : { id, total, parts };
}

/** Freezes what a batch has changed, at the versions that it left, for its undo. @returns the set's id */
export async function freezeBatch(run: RunQuery, batch: string, staffId: string): Promise<string> {
  const id = crypto.randomUUID();
  await run(Prisma.sql`
    with changed as materialized (
      select contact_id, version_to from contact_history
      where batch_id = ${batch}::uuid and ${isTriage}
    ),
    stored as (
      insert into frozen_sets (id, staff_id, total)
      select ${id}::uuid, ${staffId}::uuid, count(*) from changed
    )
    insert into frozen_contacts (set_id, position, contact_id, version)
    select ${id}::uuid, row_number() over (order by contact_id), contact_id, version_to from changed`);
  return id;
}

async function removeUnused(run: RunQuery, staffId: string): Promise<void> {
  await run(Prisma.sql`
    with unused as (
      select s.id, s.created_at, row_number() over (order by s.created_at desc, s.id) as rank
      from frozen_sets s
      where s.staff_id = ${staffId}::uuid and not exists (select from change_batches b where b.set_id = s.id)
    ),
    removed as (
      delete from frozen_sets s
      using unused u
      where s.id = u.id and (u.created_at < now() - ${unusedKept} or u.rank >= ${mostUnused}::int)
      returning s.id
    )
    delete from frozen_contacts c using removed where c.set_id = removed.id`);
}
