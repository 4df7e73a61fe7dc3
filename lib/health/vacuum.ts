import "server-only";
import { Prisma } from "@/generated/prisma/client";
import { queryRows } from "@/lib/database/query";
import { mostCandidates, mostRelations, ownSchemas } from "./relations";

/** A table's dead rows, and when they were last removed. */
export type VacuumState = {
  schema: string;
  name: string;
  liveRows: number;
  deadRows: number;
  /** Dead rows at which autovacuum starts. Null if it is switched off for the table. */
  threshold: number | null;
  vacuumedAt: Date | null;
  /** Whether the last vacuum was automatic. */
  automatic: boolean;
  analyzedAt: Date | null;
};

/**
 * Of the `mostCandidates` largest tables, those with the most dead rows; at most `mostRelations`. The figures are the
 * server's estimates.
 */
export function listVacuumStates(): Promise<VacuumState[]> {
  return queryRows<VacuumState>(selectVacuumStates(), "health");
}

/** The SQL, exported so that the bench can measure it. */
export function selectVacuumStates(): Prisma.Sql {
  return Prisma.sql`
    with candidates as materialized (
      select oid, relnamespace, relname, reltuples, relpages, reloptions
      from pg_class
      where relkind in ('r', 'm')
        and relnamespace in (${ownSchemas})
      order by relpages desc, oid
      limit ${mostCandidates}
    ),
    listed as materialized (
      select *, pg_stat_get_dead_tuples(oid) as dead
      from candidates
      order by dead desc, relpages desc, oid
      limit ${mostRelations}
    ),
    options as (
      select
        l.oid,
        coalesce(max(o.option_value) filter (where o.option_name = 'autovacuum_enabled'), 'on')::boolean as enabled,
        coalesce(
          max(o.option_value) filter (where o.option_name = 'autovacuum_vacuum_threshold'),
          current_setting('autovacuum_vacuum_threshold')
        )::float8 as base,
        coalesce(
          max(o.option_value) filter (where o.option_name = 'autovacuum_vacuum_scale_factor'),
          current_setting('autovacuum_vacuum_scale_factor')
        )::float8 as scale
      from listed l
      left join lateral pg_options_to_table(l.reloptions) o on true
      group by l.oid
    )
    select
      n.nspname::text as "schema",
      l.relname::text as "name",
      pg_stat_get_live_tuples(l.oid)::float8 as "liveRows",
      l.dead::float8 as "deadRows",
      case
        when o.enabled and current_setting('autovacuum')::boolean then o.base + o.scale * greatest(l.reltuples, 0)
      end as "threshold",
      greatest(pg_stat_get_last_vacuum_time(l.oid), pg_stat_get_last_autovacuum_time(l.oid)) as "vacuumedAt",
      coalesce(pg_stat_get_last_autovacuum_time(l.oid) >= pg_stat_get_last_vacuum_time(l.oid),
        pg_stat_get_last_autovacuum_time(l.oid) is not null) as "automatic",
      greatest(pg_stat_get_last_analyze_time(l.oid), pg_stat_get_last_autoanalyze_time(l.oid)) as "analyzedAt"
    from listed l
    join options o on o.oid = l.oid
    join pg_namespace n on n.oid = l.relnamespace
    order by l.dead desc, l.relname`;
}
