import "server-only";
import { Prisma } from "@/generated/prisma/client";
import { queryRows } from "@/lib/database/query";
import { mostRelations, ownSchemas } from "./relations";

/** An estimate of how much of a table's file no row uses. */
export type BloatEstimate = {
  schema: string;
  name: string;
  bytes: number;
  /** Bytes. Null without usable statistics: the table was never analyzed, or the desk's role may not see a column. */
  unused: number | null;
};

/** Tables with fewer pages (below 1 MB) are not worth an estimate. */
const fewestPages = 128;

/**
 * Estimates the bloat of the largest tables. It compares the file size with what the rows should take, from their
 * number and the average width of each column. The method is that of PostgreSQL's wiki (Show database bloat). Only the
 * extension pgstattuple is exact, and it reads the whole table.
 */
export function listBloatEstimates(): Promise<BloatEstimate[]> {
  return queryRows<BloatEstimate>(selectBloatEstimates(), "health");
}

/** The SQL, exported so that the bench can measure it. */
export function selectBloatEstimates(): Prisma.Sql {
  // A row takes a pointer of 4 bytes and a header of 24, or 32 if a wide row has nulls. Its columns are rounded up to
  // 8.
  return Prisma.sql`
    with largest as materialized (
      select oid, relnamespace, relname, reltuples, relpages, reloptions
      from pg_class
      where relkind in ('r', 'm')
        and relnamespace in (${ownSchemas})
        and relpages >= ${fewestPages}
      order by relpages desc, oid
      limit ${mostRelations}
    ),
    widths as materialized (
      select l.oid, n.nspname, w.*
      from largest l
      join pg_namespace n on n.oid = l.relnamespace
      cross join lateral (
        select count(*) as columns
        from pg_attribute
        where attrelid = l.oid and attnum > 0 and not attisdropped
      ) a
      cross join lateral (
        select
          a.columns,
          count(*) as known,
          bool_or(null_frac > 0) as nulls,
          sum(avg_width * (1 - null_frac)) as width
        from pg_stats
        where schemaname = n.nspname and tablename = l.relname and not inherited
      ) w
    ),
    expected as (
      select
        l.*,
        w.nspname,
        case
          when l.reltuples > 0 and w.known = w.columns then
            ceil(
              l.reltuples * (28 + case when w.nulls and w.columns > 8 then 8 else 0 end + 8 * ceil(w.width / 8))
              / ((current_setting('block_size')::int - 24) * coalesce(
                (select option_value::float8 from pg_options_to_table(l.reloptions) where option_name = 'fillfactor'), 100
              ) / 100)
            )
        end as pages
      from largest l
      join widths w on w.oid = l.oid
    )
    select
      nspname::text as "schema",
      relname::text as "name",
      relpages::float8 * current_setting('block_size')::int as "bytes",
      case when pages is not null then greatest(relpages - pages, 0) end::float8
        * current_setting('block_size')::int as "unused"
    from expected
    order by "unused" desc nulls last, relname`;
}
