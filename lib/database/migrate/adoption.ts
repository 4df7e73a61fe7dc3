import type pg from "pg";
import { type Migration, MigrationError } from "./migration-files";

/** The migrations that add the columns which an installation lacks. */
const missingColumns = /^\d{4}_missing_\w+_columns\.sql$/;

/** What an existing database holds that Contact Desk did not make. */
export type Adoption = {
  /** Tables by name, with the schema where it is not public. `rows` is the planner's estimate; -1 where unknown. */
  tables: { name: string; rows: number }[];
  /** What the website's tables lack and get, as "documents.tags", and a whole table as "analytics_events". */
  missing: string[];
  /** What an administrator should know of the columns that are there, one sentence each. */
  notes: string[];
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
  migrations: readonly Migration[],
  reserved: readonly string[],
): Promise<Omit<Adoption, "tables">> {
  await client.query("begin");
  try {
    await client.query("set local search_path = pg_temp");
    for (const { text } of website.statements) await client.query(text);
    const given = listGivenColumns(migrations);
    const { rows: missing } = await client.query<{ name: string }>(missingParts, [given]);
    const { rows: notes } = await client.query<{ note: string }>(noted);
    const { rows: problems } = await client.query<{ problem: string }>(inspection, [reserved, given]);
    const empty = problems.length ? [] : await findEmptyValues(client);
    return {
      missing: missing.map(({ name }) => name),
      notes: notes.map(({ note }) => note),
      problems: [...problems.map(({ problem }) => problem), ...empty],
    };
  } catch (error) {
    throw new MigrationError(`The contents of this database could not be inspected: ${(error as Error).message}.`);
  } finally {
    await client.query("rollback");
  }
}

/** The columns that migrations add where an installation lacks them, as "documents.tags". */
function listGivenColumns(migrations: readonly Migration[]): string[] {
  return migrations
    .filter(({ name }) => missingColumns.test(name))
    .flatMap(({ sql }) => {
      const [, table = ""] = /^ *alter table (\w+)\n? *add column/m.exec(sql) ?? [];
      return [...sql.matchAll(/\badd column if not exists (\w+)/g)].map(([, column = ""]) => `${table}.${column}`);
    });
}

/** The tables of the first migration, each with the one of that name that is there. */
const pair = `
  select wanted.oid as wanted, wanted.relname as name, found.oid as found, found.relkind as kind, found.relowner as owner
  from pg_class wanted
  left join pg_class found on found.relname = wanted.relname and found.relnamespace = 'public'::regnamespace
  where wanted.relnamespace = pg_my_temp_schema() and wanted.relkind = 'r'`;

/** Their columns, each with the one of that name that is there. `number` is -1 where there is none. */
const columnPair = `
  select pair.name, wanted.attname as attribute, wanted.attnum as place, wanted.attnotnull and not found.attnotnull as may_be_null,
    format_type(wanted.atttypid, wanted.atttypmod) as type, format_type(found.atttypid, found.atttypmod) as found_type,
    wanted.atttypid::regtype as wanted_kind, found.atttypid::regtype as found_kind, pair.found
  from (${pair}) pair
  join pg_attribute wanted on wanted.attrelid = pair.wanted and wanted.attnum > 0
  left join pg_attribute found on found.attrelid = pair.found and found.attname = wanted.attname and not found.attisdropped
  where pair.kind = 'r'`;

/** Where no contacts are, Contact Desk makes all the tables, and nothing is called missing. */
const missingParts = `
  select name from (
    select name::text, 0 as place from (${pair}) pair where found is null
    union all
    select format('%s.%s', name, attribute), place from (${columnPair}) c
    where found_type is null and format('%s.%s', name, attribute) = any ($1)
  ) missing
  where to_regclass('public.contact_submissions') is not null
  order by split_part(name, '.', 1), place`;

const noted = `
  select format('%s have no time zone. They are read as UTC.', string_agg(format('%s.%s', name, attribute), ', ' order by name, place)) as note
  from (${columnPair}) c where wanted_kind = 'timestamptz'::regtype and found_kind = 'timestamp'::regtype
  having count(*) > 0
  union all
  select format('%s have no limit of 255 characters. An index holds the first 255, so that no insert fails; sorting by them is slower.',
    string_agg(format('%s.%s', name, attribute), ', ' order by name, place))
  from (${columnPair}) c
  where wanted_kind = 'varchar'::regtype and attribute not in ('id', 'contact_id', 'filename')
    and (found_kind = 'text'::regtype or found_type = 'character varying' or substring(found_type from '\\d+')::integer > 255)
  having count(*) > 0`;

/**
 * A column of another type is refused, except that a text may be of any length (lib/database/migrate/bounded-index.ts
 * bounds its indexes), and a time may lack its zone where the server's own is UTC. The session's own zone is always
 * UTC.
 */
const inspection = `
  with pair as (${pair} and found.oid is not null), column_pair as (${columnPair})
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
  select format('%s has no column %s (%s).', name, attribute, type) from column_pair
  where found_type is null and not format('%s.%s', name, attribute) = any ($2)
  union all
  select format('%s.%s is %s where %s is expected.', name, attribute, found_type, type) from column_pair
  where found_kind <> wanted_kind and not case wanted_kind
    when 'varchar'::regtype then found_kind = 'text'::regtype
    when 'text'::regtype then found_kind = 'varchar'::regtype
    when 'timestamptz'::regtype then found_kind = 'timestamp'::regtype
    when 'bigint'::regtype then found_kind = 'integer'::regtype
    else false end
  union all
  select format('%s.%s has no time zone, and the server''s is %s, so nobody can tell which instants it holds. In a session with set '
      'timezone = ''UTC'', alter table %s alter column %s type timestamptz rewrites no row where the times are in UTC.',
    name, attribute, (select reset_val from pg_settings where name = 'TimeZone'), quote_ident(name), quote_ident(attribute)) from column_pair
  where wanted_kind = 'timestamptz'::regtype and found_kind = 'timestamp'::regtype
    and (select reset_val from pg_settings where name = 'TimeZone') not in ('UTC', 'Etc/UTC', 'GMT', 'Etc/GMT', 'Universal', 'Etc/UCT', 'UCT')
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
    and a.attname in ('version', 'assignee_id', 'snoozed_until', 'first_contacted_at', 'spam_reason', 'duplicate_of',
      'wrote_again_at')`;

/** Columns in which every row needs a value. They may lack their "not null", but not the values. */
async function findEmptyValues(client: pg.ClientBase): Promise<string[]> {
  const { rows } = await client.query<{ name: string; attribute: string }>(
    `select name, attribute from (${columnPair}) c where may_be_null order by name, place`,
  );
  const problems: string[] = [];
  for (const { name, attribute } of rows) {
    const column = client.escapeIdentifier(attribute);
    const found = await client.query(
      `select from public.${client.escapeIdentifier(name)} where ${column} is null limit 1`,
    );
    if (found.rowCount) problems.push(`${name}.${attribute} is null in some rows. Give each of them a value.`);
  }
  return problems;
}
