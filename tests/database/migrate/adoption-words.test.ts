import { readFileSync } from "node:fs";
import { expect, inject, test } from "vitest";
import { migrate } from "@/lib/database/migrate/migrations";
import { connect, createInstallation, migrationOf } from "../installation";

/** What an adoption may add to a database, by the words that docs/operations.md has for it. */
const added: Record<string, string> = {
  "columns on the website's tables": `
    select a.attname from pg_attribute a where a.attnum > 0 and not a.attisdropped and a.attrelid in (table website)`,
  "a foreign key on them": "select conname from pg_constraint where contype = 'f' and conrelid in (table website)",
  "triggers on them": "select tgname from pg_trigger where not tgisinternal and tgrelid in (table website)",
  "statistics on them": "select stxname from pg_statistic_ext where stxrelid in (table website)",
  "a collation": "select collname from pg_collation where collnamespace = 'public'::regnamespace",
  "an extension, if the owner may create it": "select extname from pg_extension",
  // A function whose body changed is another function here.
  "new bodies for the website's functions": `
    select proname from pg_proc where proname in ('increment_visitor_count', 'update_updated_at_column')`,
};

test("docs/operations.md says all that an adoption adds", async () => {
  const database = await createInstallation(inject("server"));
  {
    await using owner = await connect(database.owner);
    const list = async (sql: string) => {
      const { rows } = await owner.query<{ name: string; body: string }>(
        `with website as (select oid from pg_class where relnamespace = 'public'::regnamespace
           and relname in ('contact_submissions', 'documents', 'analytics_events', 'website_visitors'))
         select name::text, coalesce((select max(md5(prosrc)) from pg_proc where proname = name), '') as body from (${sql}) found (name)`,
      );
      return rows.map(({ name, body }) => `${name} ${body}`);
    };
    const kinds = async () => {
      const { rows } = await owner.query<{ kind: string }>(everyKind);
      return rows.map(({ kind }) => kind);
    };
    const read = async () => {
      const found: Record<string, string[]> = {};
      for (const [words, sql] of Object.entries(added)) found[words] = await list(sql);
      return found;
    };
    const [before, kindsBefore] = [await read(), await kinds()];
    await migrate({ ...migrationOf(database), adopt: () => true });
    const after = await read();

    const text = readFileSync("docs/operations.md", "utf8");
    const section = text.slice(text.indexOf("## What adoption does"), text.indexOf("### A plainer database"));
    for (const words of Object.keys(added)) {
      const [, said = ""] = section.split(`- ${words}: `);
      const names = [...(said.split("\n")[0] ?? "").matchAll(/`(\w+)`/g)].map(([, name]) => name);
      const found = (after[words] ?? []).filter((one) => !before[words]?.includes(one)).map((one) => one.split(" ")[0]);
      expect(names.sort(), words).toEqual(found.sort());
    }
    // No other kind of object has come: a view, a rule, a policy, an event trigger, a publication, a schema, a type of its own.
    expect((await kinds()).filter((kind) => !kindsBefore.includes(kind)).sort()).toEqual(["collation", "statistics"]);
  }
  await database.drop();
});

const everyKind = `
  select distinct kind from (
    select case when c.relkind in ('r', 'p') then 'table' when c.relkind in ('i', 'I') then 'index' else 'relation ' || c.relkind::text end as kind
    from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind <> 'S'
    union all select 'collation' from pg_collation where oid >= 16384
    union all select 'statistics' from pg_statistic_ext
    union all select 'function' from pg_proc where oid >= 16384
    union all select 'extension' from pg_extension
    union all select 'trigger' from pg_trigger where not tgisinternal
    union all select 'type ' || typtype::text from pg_type where oid >= 16384 and typtype not in ('c', 'b')
    union all select 'schema ' || nspname from pg_namespace where oid >= 16384
    union all select 'rule' from pg_rewrite where rulename <> '_RETURN'
    union all select 'policy' from pg_policy
    union all select 'event trigger' from pg_event_trigger
    union all select 'publication' from pg_publication
    union all select 'default right' from pg_default_acl
    union all select 'operator' from pg_operator o where oid >= 16384 and not exists (select from pg_depend d where d.objid = o.oid and d.deptype = 'e')
  ) all_kinds`;
