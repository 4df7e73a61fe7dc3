import "server-only";
import { Prisma } from "@/generated/prisma/client";
import { queryRows } from "@/lib/database/query";
import { lockedRelations, mostCandidates, mostRelations, ownSchemas } from "./relations";

/** An index with its size on disk, and how often queries used it. */
export type IndexUse = {
  schema: string;
  table: string;
  name: string;
  bytes: number;
  /** Scans since the statistics began. */
  scans: number;
};

/** The largest indexes, at most `mostRelations`. */
export function listIndexSizes(): Promise<IndexUse[]> {
  return queryRows<IndexUse>(selectIndexes(Prisma.sql`true`), "health");
}

/**
 * Of the `mostCandidates` largest indexes, those that no query has used since the statistics began; at most
 * `mostRelations`. Unique indexes and those of constraints are left out, because they work without scans.
 */
export function listUnusedIndexes(): Promise<IndexUse[]> {
  return queryRows<IndexUse>(selectIndexes(unused), "health");
}

export const unused = Prisma.sql`
  pg_stat_get_numscans(i.indexrelid) = 0
  and not i.indisunique
  and not i.indisexclusion
  and i.indisvalid
  and not exists (select from pg_constraint k where k.conrelid = i.indrelid and k.conindid = i.indexrelid)`;

/** The SQL, exported so that the bench can measure it. */
export function selectIndexes(condition: Prisma.Sql): Prisma.Sql {
  // `offset 0` makes the planner look up each candidate. Otherwise it would apply the condition to all indexes.
  return Prisma.sql`
    with candidates as materialized (
      select oid, relname, relnamespace, relpages
      from pg_class
      where relkind = 'i'
        and relnamespace in (${ownSchemas})
      order by relpages desc, oid
      limit ${mostCandidates}
    ),
    largest as materialized (
      select i.indexrelid, i.indrelid, c.relname, c.relnamespace, c.relpages
      from candidates c
      cross join lateral (select * from pg_index where indexrelid = c.oid offset 0) i
      where ${condition}
      order by c.relpages desc, c.relname
      limit ${mostRelations}
    ),
    locked as materialized (${lockedRelations})
    select
      n.nspname::text as "schema",
      t.relname::text as "table",
      l.relname::text as "name",
      (
        case
          when l.indexrelid in (select relation from locked) then l.relpages::bigint * current_setting('block_size')::int
          else pg_relation_size(l.indexrelid)
        end
      )::float8 as "bytes",
      pg_stat_get_numscans(l.indexrelid)::float8 as "scans"
    from largest l
    join pg_class t on t.oid = l.indrelid
    join pg_namespace n on n.oid = l.relnamespace
    order by "bytes" desc, l.relname`;
}

/** When the usage statistics began. Null if they were never reset. */
export async function getStatisticsStart(): Promise<Date | null> {
  const [row] = await queryRows<{ since: Date | null }>(selectStatisticsStart(), "health");
  return row?.since ?? null;
}

/** The SQL, exported so that the bench can measure it. */
export function selectStatisticsStart(): Prisma.Sql {
  return Prisma.sql`
    select stats_reset as "since" from pg_stat_database where datname = current_database()`;
}
