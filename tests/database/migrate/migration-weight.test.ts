import type pg from "pg";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { type MigrationFigure, readMigrationFigures } from "@/lib/database/migrate/migration-figures";
import { type Migration, readMigrations } from "@/lib/database/migrate/migration-files";
import { describePlan } from "@/lib/database/migrate/migration-plan";
import { planMigrations } from "@/lib/database/migrate/migrations";
import { splitStatements } from "@/lib/database/migrate/sql-statements";
import { fillLargeTables } from "@/tests/bench/migrations";
import { createDatabase, type TestDatabase } from "../databases";
import { connect, migrationOf } from "../installation";
import { applyWatched, createLedger, judgeWeight, type MigrationWeight } from "./migration-weight";

/** Migrations that may exceed the limits, each with the reason. */
const excused: Record<string, string> = {
  "0816_history_by_month.sql":
    "the name goes to a new, empty table: the old one keeps its file and becomes the part before",
};

const migrations = readMigrations("sql");
const figures = readMigrationFigures("sql", migrations);
let database: TestDatabase;
let client: pg.Client & AsyncDisposable;
let watcher: pg.Client & AsyncDisposable;
const weights = new Map<string, MigrationWeight>();

beforeAll(async () => {
  database = await createDatabase(inject("server"), "empty");
  client = await connect(database.owner);
  watcher = await connect(database.owner);
  await client.query(createLedger);
  for (const migration of migrations) {
    weights.set(migration.name, await applyWatched(client, watcher, migration));
    await fillLargeTables(client, 40, () => {});
  }
});
afterAll(async () => {
  await watcher.end();
  await client.end();
  await database.drop();
});

test("no migration writes a large table anew, or holds one up for longer than it was measured and allowed to", () => {
  const complaints = migrations.flatMap(({ name }) =>
    name in excused ? [] : judgeWeight(name, weights.get(name) as MigrationWeight, figures.get(name)),
  );
  expect(complaints).toEqual([]);
  expect(Object.keys(excused).filter((name) => !weights.has(name))).toEqual([]);
});

test("what is kept of a migration is still what it does: the same locks on the same tables", () => {
  for (const [name, figure] of figures) expect(weights.get(name)?.locks, name).toEqual(figure.locks);
  // A migration that blocks nothing may be unmeasured, but not all of them may.
  expect(figures.size).toBeGreaterThan(60);
});

describe("a next migration", () => {
  const weigh = async (sql: string) => {
    const alone = /concurrently/.test(sql);
    const migration: Migration = {
      name: `9${String(weights.size).padStart(3, "0")}_next.sql`,
      sql,
      statements: splitStatements(sql),
      sha256: "",
      title: "",
      transactional: !alone,
      operatorClass: null,
      beforeServing: false,
    };
    weights.set(migration.name, await applyWatched(client, watcher, migration));
    return (figure?: MigrationFigure) =>
      judgeWeight("next", weights.get(migration.name) as MigrationWeight, figure).map(
        (words) => words.split(/[,:] /)[0],
      );
  };
  const quick = { ms: 20, held: 15, locks: {} };

  test.each([
    ["a column's type", "alter table documents alter column size type numeric"],
    [
      "a column with a value for each row",
      "alter table contact_submissions add column n uuid default gen_random_uuid()",
    ],
    [
      "a generated column",
      "alter table analytics_events add column kind text generated always as (lower(event_type)) stored",
    ],
    [
      "a copy in its place",
      "create table copy as table contact_history; drop table contact_history; alter table copy rename to contact_history",
    ],
  ])("that rewrites is refused, however quick: %s", async (_what, sql) => {
    const judge = await weigh(sql);
    const [complaint] = judge(quick);
    expect(complaint).toMatch(/^next writes \w+ anew$/);
  });

  test("that holds up a large table is refused until it is measured, and for longer than a second", async () => {
    const judge = await weigh("create index next_source on contact_submissions (source, status)");
    expect(judge()).toEqual(["next holds up contact_submissions"]);
    expect(judge({ ...quick, held: 4_000 })).toEqual([
      "next held up contact_submissions for 4000 ms at a million rows; 1000 are allowed.",
    ]);
    expect(judge(quick)).toEqual([]);
  });

  test("that stands beside the website is let through, measured or not", async () => {
    const beside = await weigh("create index concurrently next_beside on contact_submissions (source, status)");
    expect(beside()).toEqual([]);
    const other = await weigh("create table next_table (id uuid primary key, contact_id varchar(255))");
    expect(other()).toEqual([]);
  });
});

test("the plan says of each migration what it took at a million rows, and of one that nobody has measured, that", async () => {
  await using empty = await own(await createDatabase(inject("server"), "empty"));
  const plan = await planMigrations(migrationOf(empty.database));
  const lines = describePlan(plan).split("\n");
  const after = (name: string) => lines[lines.findIndex((line) => line.startsWith(`  ${name}`)) + 2];
  expect(after("0260_contacts_by_words.sql")).toMatch(/^ {6}At a million rows: \d+ s; nobody waits for it\.$/);
  expect(after("0040_contact_columns.sql")).toMatch(
    /^ {6}At a million rows: [\d.]+ m?s; statements on contact_submissions wait for \d+ ms of it\.$/,
  );
  expect(lines.at(-2)).toMatch(/^In all, at a million rows: \d+ s/);
  plan.figures.delete("0260_contacts_by_words.sql");
  const without = describePlan(plan);
  expect(without).toContain("At a million rows: not measured.");
  expect(without).toMatch(/In all, at a million rows: \d+ s, and \d+ not measured\./);
});

async function own(database: TestDatabase): Promise<{ database: TestDatabase } & AsyncDisposable> {
  return { database, [Symbol.asyncDispose]: () => database.drop() };
}
