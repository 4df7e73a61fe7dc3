import "server-only";
import { Prisma } from "@/generated/prisma/client";
import type { Run } from "@/lib/database/query";

/** A contact, the version it must still have, and the status it is to get. */
export type Target = { id: string; version: number; target: string | null };

export type WrittenStatus = {
  id: string;
  version: number;
  from: string | null;
  to: string | null;
  result: "changed" | "unchanged" | "stale";
};

/**
 * Writes the statuses in one statement and says what became of each contact, in the order of their ids.
 * Rows are locked in that order, so that overlapping batches wait for each other instead of deadlocking. What waited
 * sees the row as it is then: `locked` carries its newest version, and the update compares once more.
 * The actor and the batch are joined in, so that no history row can be written before they are set.
 */
export function writeStatuses(
  run: Run,
  { staffId, batch, undoes }: { staffId: string; batch: string; undoes: string | null },
  targets: Target[],
): Promise<WrittenStatus[]> {
  const ids = targets.map(({ id }) => id);
  const versions = targets.map(({ version }) => version);
  const wanted = targets.map(({ target }) => target);
  return run<WrittenStatus>(Prisma.sql`
    with who as materialized (
      select
        set_config('desk.actor', ${`staff:${staffId}`}, true) as actor,
        set_config('desk.batch', ${batch}, true) as batch,
        set_config('desk.undoes', ${undoes ?? ""}, true) as undoes
    ),
    wanted as materialized (
      select id, version, target
      from unnest(${ids}::text[], ${versions}::integer[], ${wanted}::text[]) as w (id, version, target)
    ),
    locked as materialized (
      select c.id, c.version, c.status, w.version as seen, w.target
      from contact_submissions c
      join wanted w on w.id = c.id
      order by c.id
      for update of c
    ),
    changed as (
      update contact_submissions c
      set status = l.target
      from locked l
      cross join who
      where c.id = l.id and c.version = l.seen and l.version = l.seen and c.status is distinct from l.target
      returning c.id, c.version, l.status as before, c.status as after
    )
    select
      w.id,
      coalesce(n.version, l.version, 0) as version,
      case when n.id is not null then n.before else l.status end as "from",
      case when n.id is not null then n.after else l.status end as "to",
      case
        when n.id is not null then 'changed'
        when l.version = l.seen and l.status is not distinct from l.target then 'unchanged'
        else 'stale'
      end as result
    from wanted w
    left join locked l on l.id = w.id
    left join changed n on n.id = w.id
    order by w.id
  `);
}

/** What undoing a batch would write: the status before it, for each contact that is still as the batch left it. */
export function listUndoTargets(run: Run, batch: string): Promise<Target[]> {
  return run<Target>(Prisma.sql`
    select contact_id as id, version_to as version, status_from as target
    from contact_history
    where batch_id = ${batch}::uuid and status_from is distinct from status_to
    order by contact_id
  `);
}
