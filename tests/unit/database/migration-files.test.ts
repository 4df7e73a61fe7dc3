import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { readMigrations } from "@/lib/database/migrate/migration-files";

const migrations = readMigrations("sql");

// What databases in use have written down of files that were marked later. These never change.
const recorded = {
  "0030_history_and_batches.sql": "86a9406d7914b40392e3b67c5e4c8694b12a05a5d088ef1d3329311599a87642",
  "0070_contact_triggers.sql": "f036c1c8fc209ce70c1ac78e8f5a5c14867b2ab32f4d7d260a81b7bf36756eb4",
  "0110_contacts_by_time.sql": "e704f459ecc8c150845e4d852fec29452ff1d6e66c6cf583596756d0a0b6f583",
  "0600_familiar_origins.sql": "5a36ffbc79eb74173a1413eeeea3319ec0921c9ad50c815f9cc2e2a811e432e2",
};

/** The sum and title of one migration with this text. */
function readOne(sql: string) {
  const folder = mkdtempSync(join(tmpdir(), "contact-desk-migration-"));
  try {
    writeFileSync(join(folder, "0010_one.sql"), sql);
    const [migration] = readMigrations(folder);
    return migration;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const listMarks = (sql: string) => [...sql.matchAll(/^-- migrate:replaced-by (\S+)$/gm)].map(([, name]) => name);

test("a file that is marked as replaced has the sum that it was applied with", () => {
  for (const [name, sha256] of Object.entries(recorded)) {
    const migration = migrations.find((each) => each.name === name);
    expect(listMarks(migration?.sql ?? ""), name).not.toEqual([]);
    expect(migration?.sha256, name).toBe(sha256);
  }
});

test("a mark at the top is no edit; below it, or beside it, everything is", () => {
  const sql = "-- Makes a table.\n\ncreate table one (id integer);\n";
  const mark = "-- migrate:replaced-by 0020_two.sql\n";
  expect(readOne(mark + mark + sql)).toMatchObject({ sha256: readOne(sql)?.sha256, title: "Makes a table." });
  for (const edited of [
    sql + mark,
    `\n${mark}${sql}`,
    `-- migrate:replaced-by two\n${sql}`,
    `${mark}-- more\n${sql}`,
  ]) {
    expect(readOne(edited)?.sha256, edited).not.toBe(readOne(sql)?.sha256);
  }
});

test("a file whose function, trigger, index or constraint a later one replaces says so at its top", () => {
  const made =
    /^create (?:or replace )?(?:unique )?(function|trigger|index)(?: concurrently)?(?: if not exists)? (\w+)/gim;
  const replaced = /^ *(?:create or replace|drop) (function|trigger|index|constraint)(?: if exists)? (\w+)/gim;
  const wanted: string[] = [];
  for (const later of migrations) {
    for (const [, , object] of later.sql.matchAll(replaced)) {
      for (const earlier of migrations.filter(({ name }) => name < later.name)) {
        if (![...earlier.sql.matchAll(made)].some(([, , name]) => name === object)) continue;
        wanted.push(`${earlier.name} ${later.name}`);
        expect(listMarks(earlier.sql), `${object} of ${earlier.name}`).toContain(later.name);
      }
    }
  }
  expect(new Set(wanted)).toContain("0070_contact_triggers.sql 0315_triage_triggers.sql");
  for (const { name, sql } of migrations) {
    for (const mark of listMarks(sql)) {
      expect(
        migrations.some((later) => later.name === mark && later.name > name),
        `${name} names ${mark}`,
      ).toBe(true);
    }
  }
});
