import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type pg from "pg";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { readMigrations } from "@/lib/database/migrate/migration-files";
import { migrate } from "@/lib/database/migrate/migrations";
import { listExpectedMigrations, readPreviousVersion } from "@/lib/database/migrate/previous-version";
import { createDatabase, type TestDatabase } from "../databases";
import { connect, migrationOf } from "../installation";
import { makePreviousSchema } from "./previous-version";

/** What this version removes from the previous one, or requires of its statements, each with why that is harmless. */
const excused: Record<string, string> = {
  "desk_settings: CHECK (((events_months >= 3) AND (events_months <= 1200)))":
    "a new column, null where nobody gives it",
  "desk_settings: CHECK (((history_months >= 12) AND (history_months <= 1200)))":
    "a new column, null where nobody gives it",
};

let database: TestDatabase;
let owner: pg.Client & AsyncDisposable;
let before: Offer;
let after: Offer;

beforeAll(async () => {
  database = await createDatabase(inject("server"), "empty");
  owner = await connect(database.owner);
  await using watcher = await connect(database.owner);
  await makePreviousSchema(owner, watcher, "desk_app");
  before = await readOffer(owner);
  await migrate(migrationOf(database));
  after = await readOffer(owner);
});
afterAll(async () => {
  await owner.end();
  await database.drop();
});

/** What a version's statements can use, and what may refuse them, one line each. */
type Offer = { used: string[]; refusing: string[] };

async function readOffer(client: pg.Client): Promise<Offer> {
  const list = async (sql: string) => (await client.query<{ line: string }>(sql)).rows.map(({ line }) => line).sort();
  return { used: await list(usable), refusing: await list(refusing) };
}

const ofOurs = `c.relnamespace = 'public'::regnamespace and c.relname not in (
  select relid::regclass::text from pg_class p, pg_partition_tree(p.oid) where p.relkind = 'p' and level > 0)`;

const usable = `
  select format('%s.%s %s', c.relname, a.attname, format_type(a.atttypid, a.atttypmod)) as line
  from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
  where ${ofOurs} and c.relkind in ('r', 'p', 'v')
  union all
  select format('function %s returns %s', p.oid::regprocedure, pg_get_function_result(p.oid))
  from pg_proc p where p.pronamespace = 'public'::regnamespace and p.prorettype <> 'trigger'::regtype
    and not exists (select from pg_depend d where d.objid = p.oid and d.deptype = 'e')
  union all
  select format('desk_app: %s %s.%s', right_to, c.relname, a.attname)
  from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped,
    unnest(array['select', 'insert', 'update']) right_to
  where ${ofOurs} and c.relkind in ('r', 'p', 'v') and has_column_privilege('desk_app', c.oid, a.attnum, right_to)
  union all
  select format('desk_app: delete %s', c.relname) from pg_class c
  where ${ofOurs} and c.relkind in ('r', 'p', 'v') and has_table_privilege('desk_app', c.oid, 'delete')
  union all
  select format('desk_app: execute %s', p.oid::regprocedure) from pg_proc p
  where p.pronamespace = 'public'::regnamespace and has_function_privilege('desk_app', p.oid, 'execute')
    and not exists (select from pg_depend d where d.objid = p.oid and d.deptype = 'e')`;

const refusing = `
  select format('%s.%s must be given', c.relname, a.attname) as line
  from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
  where ${ofOurs} and c.relkind in ('r', 'p') and a.attnotnull and not a.atthasdef and a.attidentity = '' and a.attgenerated = ''
  union all
  select format('%s: %s', c.relname, pg_get_constraintdef(k.oid))
  from pg_constraint k join pg_class c on c.oid = k.conrelid
  where ${ofOurs} and k.contype in ('c', 'f', 'u', 'p', 'x') and k.conparentid = 0
  union all
  select format('%s: %s', c.relname, regexp_replace(pg_get_indexdef(i.indexrelid), '^CREATE UNIQUE INDEX \\S+ ', 'unique '))
  from pg_index i join pg_class c on c.oid = i.indrelid
  where ${ofOurs} and i.indisunique and not exists (select from pg_constraint k where k.conindid = i.indexrelid)`;

test("all that the version before uses is still there, of the same type, with the same rights", () => {
  expect(before.used.length).toBeGreaterThan(200);
  const kept = new Set(after.used);
  expect(before.used.filter((line) => !kept.has(line) && !(line in excused))).toEqual([]);
});

test("nothing refuses a statement of the version before that took it then: no new column it must give, no new rule", () => {
  const tables = new Set(before.used.map((line) => line.split(".")[0]));
  const known = new Set(before.refusing);
  const added = after.refusing.filter((line) => !known.has(line) && tables.has(line.split(/[.:]/)[0] ?? ""));
  expect(added.filter((line) => !(line in excused))).toEqual([]);
});

test("the version before is one that was released before this one, and nothing of it has been taken away", () => {
  const previous = readPreviousVersion("sql");
  const numberOf = (version = "") => version.split(".").reduce((sum, part) => sum * 1_000 + Number(part), 0);
  const { version } = JSON.parse(readFileSync("package.json", "utf8"));
  expect(numberOf(previous?.version)).toBeLessThan(numberOf(version));
  const names = readMigrations("sql").map(({ name }) => name);
  expect(previous?.migrations.filter((name) => !names.includes(name))).toEqual([]);
});

test("the desk needs what the version before had, and awaits the rest", () => {
  const { needed, awaited } = listExpectedMigrations("sql");
  const previous = readPreviousVersion("sql");
  expect(needed).toContain("0010_website_tables.sql");
  // A database without pg_trgm need not have what depends on it.
  expect([...needed, ...awaited]).not.toContain("0260_contacts_by_words.sql");
  expect(awaited.filter((name) => previous?.migrations.includes(name))).toEqual([]);
});

test("what the desk can do without is named as it is called", () => {
  const files = readdirSync("lib", { recursive: true, encoding: "utf8" }).filter((name) => /\.tsx?$/.test(name));
  const sources = [...files.map((name) => join("lib", name)), "instrumentation.ts"].map((path) =>
    readFileSync(path, "utf8"),
  );
  const named = sources.flatMap((text) =>
    [...text.matchAll(/(?:hasMigration|untilServed)\("([^"]+)"\)/g)].map(([, name]) => name),
  );
  const names = readMigrations("sql").map(({ name }) => name);
  expect(named.length).toBeGreaterThan(0);
  expect(named.filter((name) => !names.includes(name ?? ""))).toEqual([]);
});
