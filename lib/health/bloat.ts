import "server-only";
import { Prisma } from "@/generated/prisma/client";
import { queryRows } from "@/lib/database/query";
import { mostRelations, ownSchemas } from "./relations";

/** About how much of a table's file is room that no row uses. */
export type BloatEstimate = {
  schema: string;
  name: string;
  bytes: number;
  /** Bytes; null where the statistics do not say: the table was never analysed, or the desk's role may not see a column. */
  unused: number | null;
};

/** Pages below which a table is not worth an estimate: 1 MB. */
const fewestPages = 128;

/**
 * An estimate for the largest tables: what their rows should take, by their number and the average width of each column, against
 * what the file has. After the estimate that PostgreSQL's wiki gives (Show database bloat); exact is only the extension
 * pgstattuple, which reads the whole table.
 */
export function listBloatEstimates(): Promise<BloatEstimate[]> {
  return queryRows<BloatEstimate>(selectBloatEstimates(), "health");
}

/** What it asks, for measuring. */
export function selectBloatEstimates(): Prisma.Sql {
  // A row: 4 bytes that point to it, 24 of head (8 more where a null is marked in a wide row), its columns rounded up to 8.
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
