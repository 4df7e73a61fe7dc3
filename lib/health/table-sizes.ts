import "server-only";
import { Prisma } from "@/generated/prisma/client";
import { queryRows } from "@/lib/database/query";
import { lockedRelations, mostRelations, ownSchemas } from "./relations";

/** A table with its size on disk. */
export type TableSize = {
  schema: string;
  name: string;
  /** As of the last vacuum or analyze; null where there was none. */
  rows: number | null;
  /** Bytes of its rows, including long values stored apart (TOAST), and of its indexes. */
  bytes: number;
  indexBytes: number;
  /** Whether the sizes are those of the last vacuum, because the table is locked. */
  locked: boolean;
};

/**
 * The largest tables by the file of their rows, at most `mostRelations`. A partitioned table counts as one, with its
 * largest partitions.
 */
export async function listTableSizes(): Promise<TableSize[]> {
  const tables = await queryRows<TableSize>(selectTableSizes(), "health");
  return tables.sort((a, b) => b.bytes + b.indexBytes - a.bytes - a.indexBytes);
}

/** The SQL, exported so that the bench can measure it. */
export function selectTableSizes(): Prisma.Sql {
  return Prisma.sql`
    with largest as materialized (
      select oid, relnamespace, relname, reltuples, reltoastrelid, relpages, relispartition
      from pg_class
      where relkind in ('r', 'm')
        and relnamespace in (${ownSchemas})
      order by relpages desc, oid
      limit ${mostRelations}
    ),
    estimated as materialized (
      select
        l.*,
        l.relpages::bigint + coalesce((select relpages from pg_class where oid = l.reltoastrelid), 0) as pages,
        coalesce(
          (
            select sum(c.relpages::bigint)
            from pg_index i
            join pg_class c on c.oid = i.indexrelid
            where i.indrelid = l.oid
          ),
          0
        ) as index_pages
      from largest l
    ),
    locked as materialized (${lockedRelations})
    select
      n.nspname::text as "schema",
      coalesce(w.relname, l.relname)::text as "name",
      sum(nullif(l.reltuples, -1))::float8 as "rows",
      sum(case when k.relation is null then pg_table_size(l.oid) else l.pages * s.block end)::float8 as "bytes",
      sum(case when k.relation is null then pg_indexes_size(l.oid) else l.index_pages * s.block end)::float8 as "indexBytes",
      bool_or(k.relation is not null) as "locked"
    from estimated l
    left join pg_class w on l.relispartition and w.oid = (select inhparent from pg_inherits where inhrelid = l.oid)
    join pg_namespace n on n.oid = coalesce(w.relnamespace, l.relnamespace)
    cross join (select current_setting('block_size')::int as block) s
    left join (select distinct relation from locked) k on k.relation = l.oid
    group by n.nspname, coalesce(w.oid, l.oid), coalesce(w.relname, l.relname)
    order by sum(l.pages + l.index_pages) desc, 1, 2`;
}
