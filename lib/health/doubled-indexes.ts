import "server-only";
import { Prisma } from "@/generated/prisma/client";
import { queryRows } from "@/lib/database/query";
import { lockedRelations, mostCompared, mostRelations, ownSchemas } from "./relations";

/** An index that is redundant, because another index of the same table serves its queries as well. */
export type DoubledIndex = {
  schema: string;
  table: string;
  name: string;
  /** Bytes as of the last vacuum or analyze. */
  bytes: number;
  /** The other index, and whether it has the same key columns. If not, it begins with them. */
  coveredBy: string;
  same: boolean;
};

/** Redundant indexes of the `mostCompared` largest tables, largest first, at most `mostRelations`. */
export function listDoubledIndexes(): Promise<DoubledIndex[]> {
  return queryRows<DoubledIndex>(selectDoubledIndexes(), "health");
}

/** The SQL, exported so that the bench can measure it. */
export function selectDoubledIndexes(): Prisma.Sql {
  // Columns, their order, operator classes, collations, predicates and expressions must agree. A unique index is
  // covered only by a unique one over the same columns. Of two equal indexes the later is reported, or the one without
  // a constraint. Expressions of locked tables are not read, because that would wait. The columns compare many times
  // faster as texts than as arrays.
  return Prisma.sql`
    with compared as materialized (
      select oid
      from pg_class
      where relkind in ('r', 'm')
        and relnamespace in (${ownSchemas})
      order by relpages desc, oid
      limit ${mostCompared}
    ),
    described as materialized (
      select
        i.indexrelid,
        i.indrelid,
        i.indisunique as apart,
        i.indnkeyatts as keys,
        i.indnatts as columns,
        i.indkey[0] as first,
        array_to_string((i.indkey::int2[])[0:i.indnkeyatts - 1], ',') || ',' as keys_text,
        array_to_string((i.indclass::oid[])[0:i.indnkeyatts - 1], ',') || ',' as classes,
        array_to_string((i.indcollation::oid[])[0:i.indnkeyatts - 1], ',') || ',' as collations,
        array_to_string((i.indoption::int2[])[0:i.indnkeyatts - 1], ',') || ',' as options,
        (i.indkey::int2[])[0:] as all_columns,
        (i.indkey::int2[])[i.indnkeyatts:] as included,
        pg_get_expr(i.indpred, i.indrelid) as predicate,
        pg_get_expr(i.indexprs, i.indrelid) as expressions,
        exists (select from pg_constraint k where k.conrelid = i.indrelid and k.conindid = i.indexrelid) as constrained,
        c.relam = (select oid from pg_am where amname = 'btree') as ordered,
        c.relam,
        c.relname,
        c.relnamespace,
        c.relpages
      from compared t
      join pg_index i on i.indrelid = t.oid
      join pg_class c on c.oid = i.indexrelid
      where i.indisvalid
        and c.relkind = 'i'
        and not i.indisexclusion
        and t.oid not in (${lockedRelations})
    ),
    paired as (
      select distinct on (a.indexrelid)
        a.indexrelid, a.indrelid, a.relname, a.relnamespace, a.relpages, b.relname as covered_by, a.keys = b.keys as same
      from described a
      join described b on b.indrelid = a.indrelid and b.relam = a.relam and b.first = a.first
      where not a.constrained
        and starts_with(b.keys_text, a.keys_text)
        and b.indexrelid <> a.indexrelid
        and (a.keys = b.keys or (a.ordered and not a.apart))
        and (not a.apart or b.apart)
        and starts_with(b.classes, a.classes)
        and starts_with(b.collations, a.collations)
        and starts_with(b.options, a.options)
        and a.predicate is not distinct from b.predicate
        and a.expressions is not distinct from b.expressions
        and b.all_columns @> a.included
        and (
          a.keys < b.keys
          or a.columns < b.columns
          or b.apart and not a.apart
          or b.constrained
          or a.indexrelid > b.indexrelid
        )
      order by a.indexrelid, a.keys = b.keys desc, b.indexrelid
    )
    select
      n.nspname::text as "schema",
      t.relname::text as "table",
      p.relname::text as "name",
      p.relpages::float8 * current_setting('block_size')::int as "bytes",
      p.covered_by::text as "coveredBy",
      p.same
    from paired p
    join pg_class t on t.oid = p.indrelid
    join pg_namespace n on n.oid = p.relnamespace
    order by p.relpages desc, p.relname
    limit ${mostRelations}`;
}
