import "server-only";
import { Prisma } from "@/generated/prisma/client";
import { queryRows } from "@/lib/database/query";

/** With more files than this their sizes are estimated instead of read one by one. */
const mostFiles = 3_000;

/** The database's disk use. */
export type DiskUse = {
  bytes: number;
  /** Whether the size is that of the last vacuum or analyze, because there are too many files to read each size. */
  estimated: boolean;
  /** Bytes of temporary files, and deadlocks, since `since`. Null means since the database was created. */
  temporaryBytes: number;
  deadlocks: number;
  since: Date | null;
};

/** The database's disk use. No statement can tell how much space is free. @throws DatabaseError */
export async function getDiskUse(): Promise<DiskUse> {
  const [use] = await queryRows<DiskUse>(selectDiskUse(), "health");
  if (!use) throw new Error("The database said nothing about its size.");
  return use;
}

/** The SQL, exported so that the bench can measure it. */
export function selectDiskUse(): Prisma.Sql {
  return Prisma.sql`
    with relations as materialized (
      select count(*) filter (where relfilenode <> 0) as files, sum(relpages::bigint) as pages from pg_class
    )
    select
      (
        case
          when r.files <= ${mostFiles} then pg_database_size(d.datid)
          else r.pages * current_setting('block_size')::int
        end
      )::float8 as "bytes",
      r.files > ${mostFiles} as "estimated",
      d.temp_bytes::float8 as "temporaryBytes",
      d.deadlocks::float8 as "deadlocks",
      d.stats_reset as "since"
    from pg_stat_database d
    cross join relations r
    where d.datname = current_database()`;
}

/** Bytes of the write-ahead log. Null if the desk's role may not see them. */
export async function getLogBytes(): Promise<number | null> {
  const [may] = await queryRows<{ may: boolean }>(selectMayReadLog(), "health");
  if (!may?.may) return null;
  const [log] = await queryRows<{ bytes: number }>(selectLogBytes(), "health");
  return log?.bytes ?? null;
}

/** The SQL, exported so that the bench can measure it. */
export function selectMayReadLog(): Prisma.Sql {
  return Prisma.sql`select has_function_privilege('pg_ls_waldir()', 'execute') as "may"`;
}

/** The SQL, exported so that the bench can measure it. */
export function selectLogBytes(): Prisma.Sql {
  return Prisma.sql`select sum(size)::float8 as "bytes" from pg_ls_waldir()`;
}
