import type pg from "pg";
import { type MadeObjects, websiteTables } from "./made-objects";

/** Keeps only those objects of the migrations that exist. */
export async function keepPresent(client: pg.Client, made: MadeObjects): Promise<MadeObjects> {
  const { rows } = await client.query<{ kind: string; name: string }>(
    `select 'index' as kind, c.relname::text as name from pg_class c
       where c.relnamespace = 'public'::regnamespace and c.relkind = 'i' and c.relname = any ($1)
     union all
     select 'trigger', c.relname || '.' || t.tgname from pg_trigger t join pg_class c on c.oid = t.tgrelid
       where c.relnamespace = 'public'::regnamespace and not t.tgisinternal
     union all
     select 'column', c.relname || '.' || a.attname from pg_attribute a join pg_class c on c.oid = a.attrelid
       where c.relnamespace = 'public'::regnamespace and c.relname = any ($2) and a.attnum > 0 and not a.attisdropped
     union all
     select 'statistics', stxname from pg_statistic_ext where stxnamespace = 'public'::regnamespace
     union all
     select 'function', name from unnest($3::text[]) name where to_regprocedure('public.' || name) is not null
     union all
     select 'collation', collname from pg_collation where collnamespace = 'public'::regnamespace
     union all
     select 'extension', extname from pg_extension`,
    [made.indexes, websiteTables, made.functions],
  );
  const present = (kind: string, name: string) => rows.some((row) => row.kind === kind && row.name === name);
  return {
    indexes: made.indexes.filter((name) => present("index", name)),
    triggers: made.triggers.filter(({ table, name }) => present("trigger", `${table}.${name}`)),
    columns: made.columns.filter(({ table, name }) => present("column", `${table}.${name}`)),
    statistics: made.statistics.filter((name) => present("statistics", name)),
    functions: made.functions.filter((name) => present("function", name)),
    collations: made.collations.filter((name) => present("collation", name)),
    extensions: made.extensions.filter((name) => present("extension", name)),
  };
}
