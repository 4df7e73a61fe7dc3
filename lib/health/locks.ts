import "server-only";
import { Prisma } from "@/generated/prisma/client";
import { queryRows } from "@/lib/database/query";

/** A waiting session, with one of the sessions that block it. */
export type BlockedLock = {
  pid: number;
  owner: string | null;
  /** The kind of lock it wants, and on what. */
  mode: string;
  target: string;
  since: Date | null;
  /** The process that holds the lock, or is ahead in the queue. 0 is a prepared transaction. */
  blocker: number;
  blockerOwner: string | null;
  /** Null where the desk's role may not see it. */
  blockerState: string | null;
  blockerSince: Date | null;
};

/** Which sessions wait for which at this moment, longest wait first; at most 20 waiting sessions. */
export function listBlockedLocks(): Promise<BlockedLock[]> {
  return queryRows<BlockedLock>(selectBlockedLocks(), "health");
}

/** The SQL, exported so that the bench can measure it. */
export function selectBlockedLocks(): Prisma.Sql {
  // Everybody may read who waits from pg_locks. pg_blocking_pids locks the server's lock table, so it is called only
  // for few.
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
