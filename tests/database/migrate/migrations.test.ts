import { execFile, spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import type pg from "pg";
import { afterEach, beforeEach, describe, expect, inject, test } from "vitest";
import { migrate, planMigrations } from "@/lib/database/migrate/migrations";
import { readContents } from "../contents";
import { createDatabase, type TestDatabase } from "../databases";
import { connect, migrationOf } from "../installation";
import { startPooler } from "../pooler";

let database: TestDatabase;
let owner: pg.Client & AsyncDisposable;
let folder: string;

beforeEach(async () => {
  database = await createDatabase(inject("server"), "empty");
  owner = await connect(database.owner);
  folder = mkdtempSync(join(tmpdir(), "contact-desk-sql-"));
});
afterEach(async () => {
  await owner.end();
  await database.drop();
  rmSync(folder, { recursive: true });
});

const write = (name: string, sql: string) => writeFileSync(join(folder, name), sql);
const run = (report?: (line: string) => void) => migrate({ ...migrationOf(database), folder, report });
const listApplied = async () =>
  (await owner.query("select name from schema_migration order by name")).rows.map(({ name }) => name);
const listTables = async () =>
  (await owner.query("select tablename from pg_tables where schemaname = 'public' order by 1")).rows.map(
    ({ tablename }) => tablename,
  );
/** Everything of sql/, so that the grants that end a run have their tables. */
const useProduct = () => cpSync("sql", folder, { recursive: true });

describe("a run", () => {
  test("brings an empty database to the present, once", async () => {
    useProduct();
    const applied = await run();
    expect(applied).toEqual(await listApplied());
    expect(applied.at(0)).toBe("0005_found_at_adoption.sql");
    expect(await run()).toEqual([]);
  });

  test("with --plan changes nothing", async () => {
    const before = await readContents(owner);
    const plan = await planMigrations(migrationOf(database));
    expect(plan.adoption).toBeNull();
    const website = plan.pending.find(({ name }) => name === "0010_website_tables.sql");
    expect(website?.title).toBe("The website's four tables, where they do not exist yet.");
    expect(await readContents(owner)).toEqual(before);
  });

  test("applies each file once when four runners start together", async () => {
    useProduct();
    const runs = await Promise.all([run(), run(), run(), run()]);
    const applied = await listApplied();
    expect(runs.flat().sort()).toEqual(applied);
    expect(runs.filter((names) => names.length > 0)).toHaveLength(1);
  });

  test("applies each file once when four processes start together", async () => {
    const environment = { ...process.env, DATABASE_URL: database.app, DATABASE_DIRECT_URL: database.owner };
    const command = ["node_modules/tsx/dist/cli.mjs", "--conditions=react-server", "scripts/migrate.ts"];
    const outputs = await Promise.all(
      [1, 2, 3, 4].map(() => promisify(execFile)(process.execPath, command, { env: environment })),
    );
    const applied = outputs.flatMap(({ stdout }) => [...stdout.matchAll(/^(\S+) applied$/gm)].map(([, name]) => name));
    expect(applied.sort()).toEqual(await listApplied());
    expect(outputs.map(({ stderr }) => stderr)).toEqual(["", "", "", ""]);
  });

  test("says which files a newer version has applied, and goes on", async () => {
    useProduct();
    await run();
    await owner.query("insert into schema_migration (name, sha256) values ('9990_tomorrow.sql', 'x')");
    const lines: string[] = [];
    expect(await run((line) => lines.push(line))).toEqual([]);
    expect(lines).toEqual(["Applied by a newer version of Contact Desk: 9990_tomorrow.sql."]);
  });
});

describe("an edited migration", () => {
  test("is refused, and nothing is applied", async () => {
    useProduct();
    await run();
    const name = "0050_validate_assignee.sql";
    write(name, `${readFileSync(join(folder, name), "utf8")}\n-- edited`);
    write("9990_next.sql", "create table next ();");
    await expect(run()).rejects.toThrow("0050_validate_assignee.sql has been edited");
    await expect(planMigrations({ ...migrationOf(database), folder })).rejects.toThrow("has been edited");
    expect(await listTables()).not.toContain("next");
  });

  test("is not one whose line ends a checkout has changed", async () => {
    useProduct();
    await run();
    const name = "0050_validate_assignee.sql";
    write(name, readFileSync(join(folder, name), "utf8").replaceAll("\n", "\r\n"));
    expect(await run()).toEqual([]);
  });
});

describe("a failing migration", () => {
  test.each([
    ["a mistake in the text", "create table half ();\n\n-- ü\nselect 'ü',\n  nonsense;", 5, 'column "nonsense"'],
    ["a mistake in the grammar", "create table half ();\ncreate\n  tabel other ();", 3, '"tabel"'],
    [
      "data that breaks a rule",
      "create table half (id integer check (id > 0));\n\n\ninsert into half\nvalues (0);",
      4,
      "violates",
    ],
    [
      "a block",
      "create table half ();\ndo $$\nbegin\n  perform 1;\n  raise exception 'no further';\nend $$;",
      5,
      "no further",
    ],
    [
      "a block's own mistake",
      "create table half ();\n\ndo $$ begin\n  perform 1;\n  perform 1 / 0;\nend $$;",
      5,
      "division by zero",
    ],
  ])("leaves nothing and names its line, for %s", async (_what, sql, line, words) => {
    write("0010_good.sql", "create table good ();");
    write("0020_bad.sql", sql);
    write("0030_later.sql", "create table later ();");

    const failure = await run().catch((error: Error) => error.message);

    expect(failure).toContain(`0020_bad.sql, line ${line}: `);
    expect(failure).toContain(words);
    expect(await listApplied()).toEqual(["0010_good.sql"]);
    expect(await listTables()).toEqual(["good", "schema_migration"]);
  });

  test("leaves nothing at all when it is the first", async () => {
    const before = await readContents(owner);
    write("0010_bad.sql", "create table half ();\nselect 1 / 0;");
    await expect(run()).rejects.toThrow("0010_bad.sql, line 2: division by zero");
    expect(await readContents(owner)).toEqual(before);
  });

  test("leaves no invalid index behind", async () => {
    write("0010_twice.sql", "create table twice as select 1 as n union all select 1;");
    write(
      "0020_unique.sql",
      "-- Fails.\n\n-- migrate:no-transaction\ncreate unique index concurrently twice_n on twice (n);",
    );
    await expect(run()).rejects.toThrow("0020_unique.sql, line 4: could not create unique index");
    expect((await owner.query("select from pg_index where not indisvalid")).rowCount).toBe(0);
    expect(await listApplied()).toEqual(["0010_twice.sql"]);
  });

  test("is applied by the next run once it has been put right", async () => {
    useProduct();
    write("9990_bad.sql", "create table half ();\nselect 1 / 0;");
    await expect(run()).rejects.toThrow("9990_bad.sql, line 2");
    write("9990_bad.sql", "create table whole ();");
    expect(await run()).toEqual(["9990_bad.sql"]);
    expect(await listTables()).not.toContain("half");
  });
});

describe("an index that a killed build left invalid", () => {
  test("is built anew, not taken for done", async () => {
    useProduct();
    write("9990_numbers.sql", "create table numbers as select n % 2 as n from generate_series(1, 10) n;");
    await run();
    await expect(owner.query("create unique index concurrently numbers_n on numbers (n)")).rejects.toThrow();
    expect((await owner.query("select from pg_index where not indisvalid")).rowCount).toBe(1);
    write(
      "9991_index.sql",
      "-- migrate:no-transaction\ncreate index concurrently if not exists numbers_n on numbers (n);",
    );
    expect(await run()).toEqual(["9991_index.sql"]);
    const { rows } = await owner.query(
      "select indisvalid, indisunique from pg_index where indexrelid = 'numbers_n'::regclass",
    );
    expect(rows).toEqual([{ indisvalid: true, indisunique: false }]);
  });
});

describe("an index whose runner was killed while the server built it", () => {
  const file = "0170_contacts_by_email.sql";
  const countBuilds = async () => {
    const { rowCount } = await owner.query(
      `select from pg_stat_activity
       where datname = current_database() and query like 'create index concurrently%' and state = 'active'`,
    );
    return rowCount;
  };

  test("is only written down by the next run, since the server has finished it", async () => {
    useProduct();
    rmSync(join(folder, file));
    await run();
    // A transaction that has written to the table blocks the build while it is open.
    await using website = await connect(database.owner);
    await website.query("begin; lock table contact_submissions in row exclusive mode");
    const runner = spawn(
      process.execPath,
      ["node_modules/tsx/dist/cli.mjs", "--conditions=react-server", "scripts/migrate.ts"],
      { env: { ...process.env, DATABASE_URL: database.app, DATABASE_DIRECT_URL: database.owner }, detached: true },
    );
    const ended = new Promise((done) => runner.once("exit", done));
    await expect.poll(countBuilds, { timeout: 30_000 }).toBe(1);
    // The loader runs the command in a process of its own: the group is killed.
    process.kill(-(runner.pid as number), "SIGKILL");
    await ended;
    await website.query("commit");
    await expect.poll(countBuilds, { timeout: 30_000 }).toBe(0);
    const index = "select oid::int, indisvalid from pg_class join pg_index on indexrelid = oid where relname = $1";
    const built = (await owner.query(index, ["contact_submissions_email"])).rows;
    expect(built).toMatchObject([{ indisvalid: true }]);

    useProduct();
    expect(await run()).toEqual([file]);
    expect((await owner.query(index, ["contact_submissions_email"])).rows).toEqual(built);
    expect(await run()).toEqual([]);
  });

  test("is not taken for one of the same name on another table", async () => {
    useProduct();
    write("9990_tables.sql", "create table one (n integer); create table other (n integer);");
    write("9991_other.sql", "-- migrate:no-transaction\ncreate index concurrently numbers on other (n);");
    write("9992_one.sql", "-- migrate:no-transaction\ncreate index concurrently numbers on one (n);");
    await expect(run()).rejects.toThrow('9992_one.sql, line 2: relation "numbers" already exists');
  });
});

describe("a second runner", () => {
  const hold = (client: pg.Client) => client.query("select pg_advisory_lock(x'6465736b'::int)");
  const release = (client: pg.Client) => client.query("select pg_advisory_unlock(x'6465736b'::int)");

  test("waits for as long as the first makes progress", async () => {
    useProduct();
    await using first = await connect(database.owner);
    await hold(first);
    const second = migrate({ ...migrationOf(database), folder, patience: 500 });
    let settled = false;
    second.finally(() => {
      settled = true;
    });
    // Each check of the second is another query of its session; eight of them take four times its patience.
    const looks = new Set<string>();
    while (looks.size < 8 && !settled) {
      const { rows } = await first.query(
        "select query_start::text as at from pg_stat_activity where query like '%pg_try_advisory_lock%' and pid <> pg_backend_pid() and datname = current_database()",
      );
      for (const { at } of rows) looks.add(at);
    }
    expect(settled).toBe(false);
    await release(first);
    expect((await second).length).toBeGreaterThan(20);
  });

  test("gives up on one that stands still, and says which process that is", async () => {
    useProduct();
    await using first = await connect(database.owner);
    await hold(first);
    const { rows } = await first.query("select pg_backend_pid() as pid");
    await expect(migrate({ ...migrationOf(database), folder, patience: 300 })).rejects.toThrow(
      `server process ${rows[0].pid}) holds the lock`,
    );
    expect(await listTables()).toEqual([]);
  });
});

describe("the connection", () => {
  test("is refused when a pooler stands between", async () => {
    await using pooler = await startPooler(database.owner);
    await expect(migrate({ ...migrationOf(database), owner: { connectionString: pooler.url } })).rejects.toThrow(
      "goes through a pooler",
    );
    expect(await listTables()).toEqual([]);
  });

  test("is not bent by settings of the role", async () => {
    useProduct();
    await using superuser = await connect(database.superuser);
    const on = `alter database ${database.name} set`;
    await superuser.query(`${on} search_path = elsewhere`);
    await superuser.query(`${on} statement_timeout = 50`);
    write("9990_slow.sql", "select pg_sleep(0.1);");
    await superuser.query(`${on} default_transaction_read_only = on`);
    await superuser.query(`${on} default_transaction_isolation = 'serializable'`);
    expect(await run()).toContain("9990_slow.sql");
  });

  test("is refused for a role that may create nothing", async () => {
    // Straight to the server, as a migration must go.
    const url = new URL(database.app);
    url.port = new URL(database.owner).port;
    const app = { connectionString: url.href };
    await expect(migrate({ owner: app, application: app })).rejects.toThrow(
      "desk_app may not create anything in the schema public",
    );
  });
});

describe("the folder", () => {
  test.each([
    ["first.sql", "select 1;", "first.sql: a migration is named like"],
    ["0010_two.sql", "-- migrate:no-transaction\nselect 1;\nselect 2;", "0010_two.sql: a file without a transaction"],
  ])("refuses %s", async (name, sql, words) => {
    write(name, sql);
    await expect(run()).rejects.toThrow(words);
  });
});

describe("the application's role", () => {
  test("has what it needs and no more, after every run", async () => {
    await migrate(migrationOf(database));
    await owner.query("grant all on contact_history, schema_migration, staff to desk_app");

    await migrate(migrationOf(database));

    await using app = await connect(database.app);
    const id = randomUUID();
    await app.query("insert into staff (id, email, name, role, password_hash) values ($1, $2, 'A', 'agent', '')", [
      id,
      id,
    ]);
    await app.query("insert into change_batches (id, staff_id, kind, request) values ($1, $1, 'status', '{}')", [id]);
    await app.query("select from contact_submissions c left join documents d on d.contact_id = c.id for update of c");
    for (const denied of [
      "create table mine ()",
      "create function mine() returns integer return 1",
      "alter table staff add column mine text",
      "drop table documents",
      "create index on staff (name)",
      "delete from staff",
      "update contact_history set actor = 'system'",
      "delete from contact_history",
      "truncate contact_history",
      "alter table contact_history disable trigger all",
      "update schema_migration set sha256 = ''",
      "insert into schema_migration (name, sha256) values ('x', 'y')",
      "delete from change_batches",
    ]) {
      await expect(app.query(denied), denied).rejects.toThrow(/permission denied|must be owner/);
    }
  });

  test("is said to be the owner's once, where there is one role for both", async () => {
    const lines: string[] = [];
    const one = { connectionString: database.owner };
    const both = { owner: one, application: one, report: (line: string) => lines.push(line) };
    await migrate(both);
    expect(lines.filter((line) => line.includes("use one role, desk_owner"))).toHaveLength(1);
    lines.length = 0;
    await migrate(both);
    expect(lines).toEqual([]);
  });

  test("is warned of when nothing could restrain it", async () => {
    const lines: string[] = [];
    const application = { connectionString: database.superuser };
    await migrate({ ...migrationOf(database), application, report: (line) => lines.push(line) });
    expect(lines.at(-1)).toBe("The application's role postgres is a superuser, so its rights cannot be limited.");
  });
});
