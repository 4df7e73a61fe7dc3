import "server-only";
import { Prisma } from "@/generated/prisma/client";
import { queryRows } from "@/lib/database/query";
import { getReplicaState } from "@/lib/database/replica/replica-watch";
import { describeReplicaUse } from "./words";

/** The replica that the desk reads from: whether it is used, and in words its lag or why it is not used. */
export type OwnReplica = { used: boolean; words: string };

/** The desk's replica as this process saw it within the last seconds. Null without one. */
export function getOwnReplica(): OwnReplica | null {
  const state = getReplicaState();
  return state && { used: state.trouble === null, words: describeReplicaUse(state) };
}

/** A replica of this server. Null is what the desk's role may not see. */
export type Replica = {
  name: string;
  owner: string | null;
  address: string | null;
  state: string | null;
  sync: string | null;
  /** Bytes written here that the replica has not applied, and the time lag of its last applied write in seconds. */
  lagBytes: number | null;
  lagSeconds: number | null;
};

/** The connected replicas, at most 20. */
export function listReplicas(): Promise<Replica[]> {
  return queryRows<Replica>(selectReplicas(), "health");
}

/** The SQL, exported so that the bench can measure it. */
export function selectReplicas(): Prisma.Sql {
  return Prisma.sql`
    select
      coalesce(nullif(application_name, ''), pid::text) as "name",
      usename::text as "owner",
      host(client_addr) as "address",
      state,
      sync_state as "sync",
      pg_wal_lsn_diff(${writtenUpTo}, replay_lsn)::float8 as "lagBytes",
      extract(epoch from replay_lag)::float8 as "lagSeconds"
    from pg_stat_replication
    order by "lagBytes" desc nulls last, "name"
    limit 20`;
}

/** A replica does not write, so its position is how far it has received. */
const writtenUpTo = Prisma.sql`
  case when pg_is_in_recovery() then pg_last_wal_receive_lsn() else pg_current_wal_lsn() end`;

/** A replication slot: a position in the write-ahead log that is kept for a reader. */
export type ReplicationSlot = {
  name: string;
  kind: string;
  active: boolean;
  /** "reserved", "extended", "unreserved" or "lost". */
  walStatus: string | null;
  /** Bytes of the log that are kept for the slot. */
  keptBytes: number | null;
};

/** The slots, most kept bytes first, at most 20. */
export function listReplicationSlots(): Promise<ReplicationSlot[]> {
  return queryRows<ReplicationSlot>(selectReplicationSlots(), "health");
}

/** The SQL, exported so that the bench can measure it. */
export function selectReplicationSlots(): Prisma.Sql {
  return Prisma.sql`
    select
      slot_name::text as "name",
      slot_type as "kind",
      active,
      wal_status as "walStatus",
      pg_wal_lsn_diff(${writtenUpTo}, restart_lsn)::float8 as "keptBytes"
    from pg_replication_slots
    order by "keptBytes" desc nulls last, slot_name
    limit 20`;
}
