import { inspect } from "node:util";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { Prisma } from "@/generated/prisma/client";
import { DatabaseError, describeDatabaseError, findViolation, isCut } from "@/lib/database/errors";
import { inTransaction, queryRows } from "@/lib/database/query";
import { asSuperuser } from "../databases";

const owner = new pg.Client(process.env.DATABASE_DIRECT_URL);
beforeAll(async () => {
  await owner.connect();
  await owner.query("grant insert, delete on contact_submissions to desk_app");
});
afterAll(() => owner.end());

/** What a piece of work throws. */
async function failure(work: () => Promise<unknown>): Promise<unknown> {
  try {
    await work();
  } catch (error) {
    return error;
  }
  throw new Error("nothing failed");
}

async function codeOf(work: () => Promise<unknown>): Promise<string> {
  return describeDatabaseError(await failure(work)).code;
}

const insert = (id: string, name: string) =>
  inTransaction("interactive", (_run, models) =>
    models.contact.create({ data: { id, name, email: "a@example.com", message: "", timestamp: new Date() } }),
  );

describe("what the server refuses is told apart", () => {
  test.each([
    ["22P05", "a NUL escape in JSON", `select '{"a":"\\u0000"}'::jsonb ->> 'a'`, "bad_input"],
    ["22P02", "a word where a number belongs", "select 'five'::text::int", "bad_input"],
    ["22003", "a number out of range", "select 99999999999::int", "bad_input"],
    ["22001", "a text too long for its column", "select null from contact_submissions where false", "bad_input"],
    ["22007", "what is no date", "select 'soon'::text::timestamptz", "bad_input"],
    ["22008", "a day that no month has", "select '2026-02-31'::text::date", "bad_input"],
    ["53100", "a full disk", "do $$ begin raise 'full' using errcode = '53100'; end $$", "storage_full"],
    ["53200", "no memory", "do $$ begin raise 'memory' using errcode = '53200'; end $$", "busy"],
    ["42P01", "a table that does not exist", "select 1 from nowhere", "unexpected"],
  ])("%s: %s", async (sqlState, _what, sql, code) => {
    const work =
      sqlState === "22001"
        ? () =>
            owner.query(
              "insert into contact_submissions (id, name, email, message) values ('l', repeat('x', 256), '', '')",
            )
        : () => owner.query(sql);
    const error = await failure(work);
    expect(error).toMatchObject({ code: sqlState });
    expect(describeDatabaseError(error).code).toBe(code);
  });

  test("22021: a NUL in a parameter, through both ways in", async () => {
    expect(await codeOf(() => queryRows(Prisma.sql`select ${"a\0b"}::text`))).toBe("bad_input");
    expect(await codeOf(() => insert("errors-nul", "a\0b"))).toBe("bad_input");
  });

  test("55P03: a lock not had in time", async () => {
    await owner.query("begin; lock table desk_settings in access exclusive mode");
    const other = new pg.Client(process.env.DATABASE_DIRECT_URL);
    await other.connect();
    expect(await codeOf(() => other.query("set lock_timeout = 10; select from desk_settings"))).toBe("too_slow");
    await other.end();
    await owner.query("rollback");
  });

  test("57014: a statement beyond the limit of its purpose", async () => {
    const slow = () =>
      inTransaction("interactive", async (run) => {
        await run(Prisma.sql`set local statement_timeout = 20`);
        await run(Prisma.sql`select pg_sleep(10)`);
      });
    const error = await failure(slow);
    expect(error).toBeInstanceOf(DatabaseError);
    expect(error).toMatchObject({ code: "too_slow", cause: { code: "57014" } });
  });

  test("25P03: a transaction left idle", async () => {
    const client = new pg.Client(process.env.DATABASE_DIRECT_URL);
    const ended = new Promise((resolve) => client.once("error", resolve));
    await client.connect();
    await client.query("set idle_in_transaction_session_timeout = 10; begin");
    expect(describeDatabaseError(await ended).code).toBe("too_slow");
    await client.end();
  });
});

describe("two at once", () => {
  async function pair(): Promise<[pg.Client, pg.Client, () => Promise<void>]> {
    const [a, b] = [new pg.Client(process.env.DATABASE_DIRECT_URL), new pg.Client(process.env.DATABASE_DIRECT_URL)];
    await Promise.all([a.connect(), b.connect()]);
    await a.query("create table if not exists pair (id int primary key, n int)");
    await a.query("insert into pair values (1, 0), (2, 0) on conflict do nothing");
    const done = async () => {
      await Promise.all([a.end(), b.end()]);
      await owner.query("drop table pair");
    };
    return [a, b, done];
  }

  test("40001: a serialization failure is to be retried", async () => {
    const [a, b, done] = await pair();
    for (const client of [a, b]) {
      await client.query("begin isolation level serializable");
      await client.query("select sum(n) from pair");
    }
    await a.query("update pair set n = 1 where id = 1");
    await a.query("commit");
    const error = await failure(async () => {
      await b.query("update pair set n = 1 where id = 1");
      await b.query("commit");
    });
    expect(error).toMatchObject({ code: "40001" });
    expect(describeDatabaseError(error).code).toBe("retry");
    await done();
  });

  test("40P01: a deadlock is to be retried", async () => {
    const [a, b, done] = await pair();
    await a.query("begin; update pair set n = 1 where id = 1");
    await b.query("begin; update pair set n = 1 where id = 2");
    const results = await Promise.allSettled([
      a.query("update pair set n = 1 where id = 2"),
      b.query("update pair set n = 1 where id = 1").catch(async (error) => {
        await b.query("rollback");
        throw error;
      }),
    ]);
    const failed = results.filter((result) => result.status === "rejected").map(({ reason }) => reason);
    expect(failed).toHaveLength(1);
    expect(failed[0]).toMatchObject({ code: "40P01" });
    expect(describeDatabaseError(failed[0]).code).toBe("retry");
    await a.query("rollback");
    await done();
  });
});

describe("a connection that cannot be had, or is lost, means busy", () => {
  const server = inject("server");
  const at = (port: number) => ({ host: "127.0.0.1", port, user: "desk_app", password: server.password });

  test("ECONNREFUSED: nothing listens", async () => {
    expect(await codeOf(() => new pg.Client({ ...at(1), database: "x" }).connect())).toBe("busy");
  });

  test("53300: the server has no connection left for this role", async () => {
    const role = `few_${process.pid}`;
    await asSuperuser(server, `create role ${role} login password '${server.password}' connection limit 0`);
    const client = new pg.Client({ ...at(server.port), user: role, database: "postgres" });
    const error = await failure(() => client.connect());
    expect(error).toMatchObject({ code: "53300" });
    expect(describeDatabaseError(error).code).toBe("busy");
    await asSuperuser(server, `drop role ${role}`);
  });

  test("57P01: ended by the administrator; a write is not repeated, and unsure only while it commits", async () => {
    const error = await failure(() =>
      inTransaction("interactive", async (run) => {
        const [row] = await run<{ pid: number }>(Prisma.sql`select pg_backend_pid() as pid`);
        await asSuperuser(server, `select pg_terminate_backend(${row?.pid})`);
        await run(Prisma.sql`select 1`);
      }),
    );
    expect(error).toMatchObject({ code: "busy", uncertain: false });
    expect(isCut((error as Error).cause)).toBe(true);
  });

  test("a commit that is cut is uncertain", async () => {
    await owner.query(`
      create table slow_commit (id int);
      grant insert on slow_commit to desk_app;
      create function sleep_at_commit() returns trigger language plpgsql as 'begin perform pg_sleep(30); return null; end';
      create constraint trigger slow after insert on slow_commit deferrable initially deferred
        for each row execute function sleep_at_commit()`);
    let pid = 0;
    const work = failure(() =>
      inTransaction("interactive", async (run) => {
        [{ pid }] = (await run<{ pid: number }>(Prisma.sql`select pg_backend_pid() as pid`)) as [{ pid: number }];
        await run(Prisma.sql`insert into slow_commit values (1)`);
      }),
    );
    const watcher = new pg.Client(process.env.TEST_SUPERUSER_URL);
    await watcher.connect();
    const running = () => watcher.query("select query from pg_stat_activity where pid = $1", [pid]);
    await expect.poll(async () => (await running()).rows[0]?.query).toBe("commit");
    await watcher.end();
    await asSuperuser(server, `select pg_terminate_backend(${pid})`);
    expect(await work).toMatchObject({ code: "busy", uncertain: true });
    await owner.query("drop table slow_commit; drop function sleep_at_commit()");
  });

  test("a silent server ends with the client's own limit", async () => {
    const client = new pg.Client(process.env.DATABASE_DIRECT_URL);
    await client.connect();
    const error = await failure(() =>
      client.query({ text: "select pg_sleep(1)", query_timeout: 30 } as pg.QueryConfig),
    );
    expect(describeDatabaseError(error).code).toBe("too_slow");
    await client.end();
  });
});

test("a model fails with the driver's own error", async () => {
  await insert("errors-twice", "Ada");
  expect(await codeOf(() => insert("errors-twice", "Ada"))).toBe("unexpected");
  expect(await codeOf(() => insert("errors-long", "x".repeat(300)))).toBe("bad_input");
  expect(findViolation(await failure(() => insert("errors-twice", "Ada")))).toBe("contact_submissions_pkey");
  await inTransaction("interactive", (_run, models) => models.contact.deleteMany({ where: { id: "errors-twice" } }));
});

test("the words for people repeat nothing of the database's", async () => {
  const error = await failure(() => queryRows(Prisma.sql`select 'Sample77'::text::int`));
  expect(error).toBeInstanceOf(DatabaseError);
  expect((error as DatabaseError).message).not.toMatch(/Sample77|integer|syntax/);
  expect((error as DatabaseError).digest).toMatch(/^BAD_INPUT_[0-9a-f]{8}$/);
});

test("what a log shows of an error is ours: no value that the database repeats", async () => {
  const error = await queryRows(Prisma.sql`select 'secret value'::int`).catch((caught: unknown) => caught);
  expect(error).toBeInstanceOf(DatabaseError);
  expect((error as Error).cause).toMatchObject({ message: expect.stringContaining("secret value") });
  expect(inspect(error)).toMatch(/^DatabaseError: .+ \([A-Z_]+_[0-9a-f]{8}\)$/);
});
