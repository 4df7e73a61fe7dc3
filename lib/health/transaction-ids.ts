import "server-only";
import { Prisma } from "@/generated/prisma/client";
import { queryRows } from "@/lib/database/query";

/** The age in transactions at which a database refuses writes, because it would run out of ids: 2^31. */
export const lastTransaction = 2 ** 31;

/** The age of a database in transactions: how long ago its oldest row that is not frozen was written. */
export type TransactionAge = {
  database: string;
  isOwn: boolean;
  age: number;
  /** The same for multixact ids, which stand for groups of lockers. */
  groupAge: number;
  /** The age at which the server freezes rows in any case. */
  freezeFrom: number;
};

/** The databases of the server, oldest first, at most 20. */
export function listTransactionAges(): Promise<TransactionAge[]> {
  return queryRows<TransactionAge>(selectTransactionAges(), "health");
}

/** The SQL, exported so that the bench can measure it. */
export function selectTransactionAges(): Prisma.Sql {
  return Prisma.sql`
    select
      datname::text as "database",
      datname = current_database() as "isOwn",
      age(datfrozenxid)::float8 as "age",
      mxid_age(datminmxid)::float8 as "groupAge",
      current_setting('autovacuum_freeze_max_age')::float8 as "freezeFrom"
    from pg_database
    where datallowconn
    order by age(datfrozenxid) desc, datname
    limit 20`;
}

/** What keeps vacuum from removing dead rows: an open transaction, a prepared one, or a replication slot. */
export type Holder = {
  kind: "session" | "prepared" | "slot";
  name: string;
  owner: string | null;
  since: Date | null;
  age: number;
};

/** The oldest holders, at most 5. */
export function listHolders(): Promise<Holder[]> {
  return queryRows<Holder>(selectHolders(), "health");
}

/** The SQL, exported so that the bench can measure it. */
export function selectHolders(): Prisma.Sql {
  return Prisma.sql`
    select * from (
      select
        'session' as "kind", pid::text as "name", usename::text as "owner", xact_start as "since",
        greatest(age(backend_xmin), age(backend_xid))::float8 as "age"
      from pg_stat_activity
      where (backend_xmin is not null or backend_xid is not null)
        and pid <> pg_backend_pid()
        and coalesce(backend_type, 'client backend') = 'client backend'
      union all
      select 'prepared', gid, owner::text, prepared, age(transaction)::float8
      from pg_prepared_xacts
      union all
      select 'slot', slot_name::text, null, null, greatest(age(xmin), age(catalog_xmin))::float8
      from pg_replication_slots
      where xmin is not null or catalog_xmin is not null
    ) as holders
    order by "age" desc nulls last, "since"
    limit 5`;
}
