import type pg from "pg";
import type { Migration } from "@/lib/database/migrate/migration-files";

type Named = { name: string; text: string };

/**
 * The schema `public` as SQL that recreates it. The server prints it, so it is the same on every machine with the same
 * PostgreSQL. Above each object are the files of sql/ that created or changed it.
 * Rights are left out, except for functions that not everybody may call: lib/database/grants.ts grants the application
 * its own. Partitions are left out too, because they depend on the date.
 * @throws Error for a kind of object that this cannot print yet
 */
export async function describeSchema(client: pg.ClientBase, migrations: Migration[]): Promise<string> {
  const read = async (query: string) => (await client.query<Named>(query)).rows;
  const others = await read(unprinted);
  if (others.length)
    throw new Error(`scripts/database/schema-text.ts cannot print: ${others.map(({ name }) => name).join(", ")}.`);
  const sources = (pattern: string) => {
    const found = migrations.filter(({ sql }) => new RegExp(pattern, "i").test(sql)).map(({ name }) => name);
    return found.length ? `-- ${found.join(", ")}\n` : "";
  };
  const written = async (query: string, pattern: (name: string) => string) =>
    (await read(query)).map(({ name, text }) => `${sources(pattern(name))}${text};\n`);
  const parts: [title: string, objects: string[]][] = [
    ["Extensions and collations", await written(extensions, (name) => `\\b(extension|collation)\\b[\\w ]* ${name}\\b`)],
    ["Functions", await written(functions, (name) => `function ${name}\\(`)],
    ["Tables", await written(tables, (name) => `(create|alter) (unlogged )?table (if not exists )?${name}\\b`)],
    ["References", await written(references, (name) => `\\b${name}\\b`)],
    ["Indexes", await written(indexes, (name) => `index (concurrently )?(if (not )?exists )?${name}\\b`)],
    ["Statistics for the planner", await written(statistics, (name) => `statistics ${name}\\b`)],
    ["Triggers", await written(triggers, (name) => `trigger ${name}\\b`)],
  ];
  const sections = parts.map(([title, objects]) => `-- ${title}\n\n${objects.join("\n")}`);
  return `${opening}\n${sections.join("\n\n")}`;
}

const opening = `-- The schema as it stands after all files of sql/. Written by \`npm run db:schema\`; a test compares it with a database that
-- was migrated from nothing. To change the schema add a file to sql/, then write this one anew.

-- Functions come before the tables that they read.
set check_function_bodies = off;
`;

/** SQL condition: the object does not belong to an extension. */
const own = (catalogue: string, object: string) =>
  `not exists (select from pg_depend where classid = '${catalogue}'::regclass and objid = ${object} and deptype = 'e')`;

/** Kinds that cannot be printed: views, sequences without a column, enums, domains and rules. There are none today. */
const unprinted = `
  select c.oid::regclass::text as name, '' as text from pg_class c
  where c.relnamespace = 'public'::regnamespace and c.relkind not in ('r', 'p', 'i', 'I', 't') and ${own("pg_class", "c.oid")}
    and not (c.relkind = 'S' and exists (select from pg_depend
      where classid = 'pg_class'::regclass and objid = c.oid and deptype in ('a', 'i') and refobjsubid > 0))
  union all
  select t.oid::regtype::text, '' from pg_type t
  where t.typnamespace = 'public'::regnamespace and t.typtype in ('e', 'd', 'r', 'm') and ${own("pg_type", "t.oid")}
  union all
  select rulename, '' from pg_rewrite where ev_class >= 16384 and rulename <> '_RETURN'`;

const extensions = `
  select extname as name, format('create extension %I', extname) as text, 1 as part
  from pg_extension where extname <> 'plpgsql'
  union all
  select collname, format('create collation %I (provider = %s, locale = %L)', collname,
    case collprovider when 'i' then 'icu' when 'b' then 'builtin' else 'libc' end, coalesce(colllocale, collcollate)), 2
  from pg_collation where collnamespace = 'public'::regnamespace and ${own("pg_collation", "oid")}
  order by part, name`;

/** Functions with an SQL body come last. Their bodies are bound at creation, and may call the others. */
const functions = `
  select p.proname as name, rtrim(pg_get_functiondef(p.oid), E'\\n') || case when p.proacl is null
      or exists (select from aclexplode(p.proacl) where grantee = 0) then ''
    else format(E';\\nrevoke execute on function %s from public', p.oid::regprocedure) end as text
  from pg_proc p join pg_language l on l.oid = p.prolang
  where p.pronamespace = 'public'::regnamespace and p.prokind <> 'a' and ${own("pg_proc", "p.oid")}
  order by p.prosqlbody is not null, p.oid::regprocedure::text`;

const tables = `
  select c.relname as name, format(E'create%s table %s (\\n%s\\n)',
    case c.relpersistence when 'u' then ' unlogged' else '' end, c.oid::regclass, string_agg('  ' || line, E',\\n' order by kind, at))
    || case when c.relkind = 'p' then ' partition by ' || pg_get_partkeydef(c.oid) else '' end
    || case when c.reloptions is null then '' else format(' with (%s)', array_to_string(c.reloptions, ', ')) end as text
  from pg_class c
  cross join lateral (
    select 1 as kind, lpad(a.attnum::text, 5) as at, concat_ws(' ', quote_ident(a.attname), format_type(a.atttypid, a.atttypmod),
      case when a.attcollation <> t.typcollation then 'collate ' || a.attcollation::regcollation end,
      case a.attidentity when 'a' then 'generated always as identity' when 'd' then 'generated by default as identity' end,
      case when a.attgenerated = 's' then format('generated always as (%s) stored', pg_get_expr(d.adbin, d.adrelid))
        else 'default ' || pg_get_expr(d.adbin, d.adrelid) end,
      case when a.attnotnull then 'not null' end) as line
    from pg_attribute a join pg_type t on t.oid = a.atttypid
    left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
    where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    union all
    select 2, contype::text || conname, format('constraint %I %s', conname, pg_get_constraintdef(oid))
    from pg_constraint where conrelid = c.oid and contype in ('p', 'u', 'c', 'x')
  ) lines
  where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
  group by c.oid order by c.relname`;

const references = `
  select con.conname as name, format('alter table %s add constraint %I %s', con.conrelid::regclass, con.conname,
    pg_get_constraintdef(con.oid)) as text
  from pg_constraint con join pg_class c on c.oid = con.conrelid
  where con.contype = 'f' and con.connamespace = 'public'::regnamespace and not c.relispartition
  order by con.conrelid::regclass::text, con.conname`;

const indexes = `
  select c.relname as name, pg_get_indexdef(c.oid) || case when c.reloptions is null then ''
      else format(E';\\nalter index %s set (%s)', c.oid::regclass, array_to_string(c.reloptions, ', ')) end as text
  from pg_index i join pg_class c on c.oid = i.indexrelid
  where c.relnamespace = 'public'::regnamespace and not c.relispartition
    and not exists (select from pg_constraint where conindid = c.oid and contype in ('p', 'u', 'x'))
  order by i.indrelid::regclass::text, c.relname`;

const statistics = `
  select stxname as name, pg_get_statisticsobjdef(oid) as text from pg_statistic_ext
  where stxnamespace = 'public'::regnamespace order by stxname`;

const triggers = `
  select t.tgname as name, pg_get_triggerdef(t.oid) as text from pg_trigger t join pg_class c on c.oid = t.tgrelid
  where not t.tgisinternal and c.relnamespace = 'public'::regnamespace and not c.relispartition
  order by c.relname, t.tgname`;
