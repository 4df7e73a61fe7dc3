import type pg from "pg";
import { type Migration, MigrationError } from "./migration-files";

/** What an existing database holds that Contact Desk did not make. */
export type Adoption = {
  /** Tables by name, with the schema where it is not public. `rows` is the planner's estimate; -1 where unknown. */
  tables: { name: string; rows: number }[];
  /** Why it cannot be adopted as it is, one sentence each; empty when it can. */
  problems: string[];
};

/** All tables in the database, without those of extensions and our ledger. */
export async function listForeignTables(client: pg.ClientBase): Promise<Adoption["tables"]> {
  const { rows } = await client.query<{ name: string; rows: number }>(`
    select case n.nspname when 'public' then '' else quote_ident(n.nspname) || '.' end || quote_ident(c.relname) as name,
      c.reltuples::float8 as rows
    from pg_class c
    join pg_namespace n on n.oid = c.relnamespace
    where c.relkind in ('r', 'p', 'f') and n.nspname not in ('pg_catalog', 'information_schema')
      and n.nspname not like 'pg\\_toast%' and n.nspname not like 'pg\\_temp%'
      and c.oid is distinct from to_regclass('public.schema_migration')
      and not exists (select from pg_depend d where d.objid = c.oid and d.deptype = 'e')
    order by n.nspname <> 'public', 1`);
  return rows;
}

/**
 * Compares the tables in the database with what the first migration would make. It runs that migration in the session's
 * temporary schema and rolls it back, so that sql/ stays the only definition.
 * @param reserved names of the tables that later migrations create; none may be taken.
 */
export async function inspectForAdoption(
  client: pg.ClientBase,
  website: Migration,
  reserved: readonly string[],
): Promise<string[]> {
  await client.query("begin");
  try {
    await client.query("set local search_path = pg_temp");
    for (const { text } of website.statements) await client.query(text);
    const { rows } = await client.query<{ problem: string }>(inspection, [reserved]);
    return rows.map(({ problem }) => problem);
  } catch (error) {
    throw new MigrationError(`What this database holds could not be inspected: ${(error as Error).message}.`);
  } finally {
    await client.query("rollback");
  }
}

/**
 * A shorter varchar is accepted, because older installations differ. A longer one is not, because an index over it
 * could fail an insert.
 */
const inspection = `
  with pair as (
    select wanted.oid as wanted, wanted.relname as name, found.oid as found, found.relkind as kind, found.relowner as owner
    from pg_class wanted
    join pg_class found on found.relname = wanted.relname and found.relnamespace = 'public'::regnamespace
    where wanted.relnamespace = pg_my_temp_schema() and wanted.relkind = 'r'
  ), column_pair as (
    select pair.name, wanted.attname as attribute, format_type(wanted.atttypid, wanted.atttypmod) as type,
      format_type(found.atttypid, found.atttypmod) as found_type,
      case wanted.atttypid
        when 'varchar'::regtype then found.atttypid <> 'varchar'::regtype or found.atttypmod not between 0 and wanted.atttypmod
        when 'text'::regtype then found.atttypid not in ('text'::regtype, 'varchar'::regtype)
        else found.atttypid <> wanted.atttypid end
        as differs
    from pair
    join pg_attribute wanted on wanted.attrelid = pair.wanted and wanted.attnum > 0
    left join pg_attribute found on found.attrelid = pair.found and found.attname = wanted.attname and not found.attisdropped
    where pair.kind = 'r'
  )
  select format('%s is not an ordinary table.', name) as problem from pair where kind <> 'r'
  union all
  select format('%s belongs to another role than %s.', name, current_user) from pair
  where not pg_has_role(owner, 'usage')
  union all
  select format('The function %s belongs to another role than %s.', p.oid::regprocedure, current_user) from pg_proc p
  where p.oid in (to_regprocedure('public.increment_visitor_count()'), to_regprocedure('public.update_updated_at_column()'))
    and not pg_has_role(p.proowner, 'usage')
  union all
  select 'The function increment_visitor_count() does not return integer.' from pg_proc p
  where p.oid = to_regprocedure('public.increment_visitor_count()') and p.prorettype <> 'integer'::regtype
  union all
  select case when found_type is null then format('%s has no column %s (%s).', name, attribute, type)
    else format('%s.%s is %s where %s is expected.', name, attribute, found_type, type) end
  from column_pair where found_type is null or differs
  union all
  select format('%s.id is not unique.', name) from pair
  where kind = 'r' and not exists (
    select from pg_index i join pg_attribute a on a.attrelid = i.indrelid and a.attname = 'id'
    where i.indrelid = pair.found and i.indisunique and i.indisvalid and i.indpred is null and i.indnkeyatts = 1
      and i.indkey[0] = a.attnum)
  union all
  select format('There is a table or view named %s already, the name of one of Contact Desk''s.', c.relname) from pg_class c
  where c.relnamespace = 'public'::regnamespace and c.relname = any ($1)
  union all
  select format('%s has a column %s already, the name of one of Contact Desk''s.', pair.name, a.attname) from pair
  join pg_attribute a on a.attrelid = pair.found and not a.attisdropped
  where pair.name = 'contact_submissions'
    and a.attname in ('version', 'assignee_id', 'snoozed_until', 'first_contacted_at', 'spam_reason', 'duplicate_of')`;
