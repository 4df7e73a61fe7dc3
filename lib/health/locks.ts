import "server-only";
import { Prisma } from "@/generated/prisma/client";
import { queryRows } from "@/lib/database/query";

/** A session that waits, for one of those it waits for. */
export type BlockedLock = {
  pid: number;
  owner: string | null;
  /** What it wants: the kind of lock, and on what. */
  mode: string;
  target: string;
  since: Date | null;
  /** Who has it, or stands before in the queue; 0 is a prepared transaction. */
  blocker: number;
  blockerOwner: string | null;
  /** Null where the desk's role may not see it. */
  blockerState: string | null;
  blockerSince: Date | null;
};

/** Who waits for whom at this moment, who has waited longest first: at most 20 that wait. */
export function listBlockedLocks(): Promise<BlockedLock[]> {
  return queryRows<BlockedLock>(selectBlockedLocks(), "health");
}

/** What it asks, for measuring. */
export function selectBlockedLocks(): Prisma.Sql {
  // pg_locks tells everybody who waits; asking for the blockers holds up the server's lock table, so only for few.
  return Prisma.sql`
    with waiting as materialized (
      select pid, mode, locktype, database, relation, waitstart
      from pg_locks
      where not granted
      order by waitstart nulls last
      limit 20
    )
    select
      w.pid,
      a.usename::text as "owner",
      w.mode,
      coalesce(c.relname::text, w.locktype) as "target",
      w.waitstart as "since",
      b.pid as "blocker",
      ba.usename::text as "blockerOwner",
      ba.state as "blockerState",
      ba.xact_start as "blockerSince"
    from waiting w
    cross join lateral unnest(pg_blocking_pids(w.pid)) as b (pid)
    left join pg_stat_activity a on a.pid = w.pid
    left join pg_stat_activity ba on ba.pid = b.pid
    left join pg_class c
      on c.oid = w.relation
      and w.database = (select oid from pg_database where datname = current_database())
    order by w.waitstart nulls last, w.pid, b.pid
    limit 60`;
}
