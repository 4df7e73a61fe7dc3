import pg from "pg";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { Prisma } from "@/generated/prisma/client";
import { describeDatabaseError } from "@/lib/database/errors";
import { getPool } from "@/lib/database/pool";
import { inTransaction, queryRows } from "@/lib/database/query";
import { endPool } from "../of-process";
import { startProxy } from "../proxy";

const direct = process.env.DATABASE_URL ?? "";
const watcher = new pg.Client(process.env.TEST_SUPERUSER_URL);
beforeAll(() => watcher.connect());
beforeEach(endPool);
afterAll(() => Promise.all([endPool(), watcher.end()]));

const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => "done",
    (error: unknown) => describeDatabaseError(error).code,
  );

/** What was sent and what was answered while `work` ran, in order. */
async function listExchanges(work: () => Promise<unknown>): Promise<string[]> {
  const heard: string[] = [];
  const query = pg.Client.prototype.query;
  pg.Client.prototype.query = function (this: pg.Client, ...args: unknown[]) {
    const given = args[0] as string | { text: string };
    const [word] = (typeof given === "string" ? given : given.text).split(/\s/);
    heard.push(`${word}?`);
    const answer = Reflect.apply(query, this, args) as Promise<unknown>;
    answer.then(
      () => heard.push(word ?? ""),
      () => heard.push(`${word} failed`),
    );
    return answer;
  } as unknown as typeof query;
  try {
    await work().catch(() => undefined);
  } finally {
    pg.Client.prototype.query = query;
  }
  return heard.filter((line) => !line.startsWith("set"));
}

describe("what is sent before the answers are there", () => {
  test("one reading statement, with its begin and its commit, is one round trip", async () => {
    const url = new URL(direct);
    const network = await startProxy(Number(url.port));
    try {
      process.env.DATABASE_URL = Object.assign(url, { port: String(network.port) }).toString();
      await queryRows(Prisma.sql`select 'before'`);
      network.loseAnswers();
      const before = network.sent().length;
      const reading = queryRows(Prisma.sql`select 'alone' as word`);
      await expect.poll(() => network.sent().slice(before)).toMatch(/begin read only.*select 'alone'.*commit/s);
      // It is a read, so it is tried again on another connection.
      network.resume();
      network.cut();
      expect(await reading).toEqual([{ word: "alone" }]);
    } finally {
      process.env.DATABASE_URL = direct;
      await endPool();
      await network.close();
    }
  });

  test("a write waits for its begin, and its commit for the write", async () => {
    const heard = await listExchanges(() => inTransaction("interactive", (run) => run(Prisma.sql`select 1`)));
    expect(heard).toEqual(["begin?", "begin", "select?", "select", "commit?", "commit"]);
  });

  test("a statement that fails needs no rollback of its own", async () => {
    const heard = await listExchanges(() => queryRows(Prisma.sql`select 1 / 0`));
    expect(heard).toEqual(["begin?", "select?", "commit?", "begin", "select failed", "commit"]);
  });
});

/** The server's process behind the pool's only connection, and whether it is in a transaction of an earlier caller. */
async function seeConnection(): Promise<{ pid: number; clean: boolean }> {
  const { rows } = await getPool().query<{ pid: number; clean: boolean }>(
    "select pg_backend_pid() as pid, now() = statement_timestamp() and current_setting('statement_timeout') = '0' as clean",
  );
  expect(getPool().totalCount).toBe(1);
  return rows[0] ?? { pid: 0, clean: false };
}

describe("a connection is kept, and clean, after", () => {
  const failures: Record<string, [work: () => Promise<unknown>, code: string]> = {
    "an error in one statement": [() => queryRows(Prisma.sql`select 1 / 0`), "unexpected"],
    "a statement that the server cannot read": [() => queryRows(Prisma.sql`selec ${1}::int`), "unexpected"],
    "a time limit": [() => queryRows(Prisma.sql`select pg_sleep(2)`, "health"), "too_slow"],
    "an error in a transaction": [
      () => inTransaction("interactive", (run) => run(Prisma.sql`select 1 / 0`)),
      "unexpected",
    ],
    "two statements at once, of which the first fails": [
      () =>
        inTransaction("interactive", (run) =>
          Promise.all([run(Prisma.sql`select 1 / 0`), run(Prisma.sql`select pg_sleep(0.1)`)]),
        ),
      "unexpected",
    ],
  };

  test.each(Object.entries(failures))("%s", async (_name, [work, code]) => {
    const { pid } = await seeConnection();
    expect(await codeOf(work())).toBe(code);
    expect(await seeConnection()).toEqual({ pid, clean: true });
  });

  test("a statement that an administrator cancels", async () => {
    const { pid } = await seeConnection();
    const reading = codeOf(queryRows(Prisma.sql`select pg_sleep(20)`, "count"));
    const cancel = () =>
      watcher.query("select pg_cancel_backend(pid) from pg_stat_activity where query like 'select pg_sleep(20)%'");
    await expect.poll(async () => (await cancel()).rowCount).toBe(1);
    expect(await reading).toBe("too_slow");
    expect(await seeConnection()).toEqual({ pid, clean: true });
  });
});

test("work that is given up ends its statement on the server at once, and the next has another connection", async () => {
  const giveUp = new AbortController();
  // A server notices that nobody reads any more when it sends rows.
  const rows = Prisma.sql`select repeat('given up', 2000), pg_sleep(0.05) from generate_series(1, 600)`;
  const working = inTransaction("export", (run) => run(rows), "read only", giveUp.signal);
  const running = "select from pg_stat_activity where query like 'select repeat(''given%' and state = 'active'";
  const count = async () => (await watcher.query(running)).rowCount;
  await expect.poll(count).toBe(1);
  giveUp.abort();
  await expect(working).rejects.toThrow();
  await expect.poll(count).toBe(0);
  expect(await queryRows(Prisma.sql`select 1 as n`)).toEqual([{ n: 1 }]);
});

test("of ten readers beside each other, whose every third statement fails, each has its own answers", async () => {
  const read = async (n: number) =>
    queryRows<{ n: number }>(n % 3 ? Prisma.sql`select ${n}::int as n` : Prisma.sql`select ${n}::int / 0 as n`).then(
      ([row]) => row?.n,
      () => "failed",
    );
  await Promise.all(
    Array.from({ length: 10 }, async (_, reader) => {
      for (let n = reader * 100; n < reader * 100 + 50; n++) expect(await read(n)).toBe(n % 3 ? n : "failed");
    }),
  );
  expect(getPool().totalCount).toBeLessThanOrEqual(10);
});
