import pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Prisma } from "@/generated/prisma/client";
import { getPool } from "@/lib/database/pool";
import { inTransaction, queryRows, readModels } from "@/lib/database/query";
import { getMeasures } from "@/lib/runtime/measures";
import { workFor } from "@/lib/runtime/requester";
import { workOn } from "@/lib/runtime/screen";
import { listLogLines } from "../log-lines";

const watcher = new pg.Client(process.env.TEST_SUPERUSER_URL);
beforeAll(() => watcher.connect());
afterAll(() => watcher.end());

/** The value of a measure for these labels; 0 where it has none. */
async function read(name: string, labels: Record<string, string> = {}): Promise<number> {
  const found = (await getMeasures().registry.getSingleMetric(name)?.get())?.values ?? [];
  return (
    found.find(({ labels: own }) => Object.entries(labels).every(([key, value]) => String(own[key]) === value))
      ?.value ?? 0
  );
}

describe("every statement is counted for its screen", () => {
  const ways: Record<string, () => Promise<unknown>> = {
    "one statement by query.ts": () => queryRows(Prisma.sql`select pg_sleep(0.02)`),
    "a transaction by query.ts": () => inTransaction("interactive", (run) => run(Prisma.sql`select pg_sleep(0.02)`)),
    "a read by Prisma's models": () => readModels((models) => models.staff.count()),
    "a transaction by Prisma's models": () =>
      inTransaction("interactive", async (run, models) => {
        await models.staff.count();
        await run(Prisma.sql`select pg_sleep(0.02)`);
      }),
    "the pool itself": () => getPool().query("select pg_sleep(0.02)"),
  };

  test.each(Object.entries(ways))("%s", async (name, ask) => {
    await workOn(name, "1", ask);
    expect(await read("desk_database_statements_total", { screen: name })).toBeGreaterThanOrEqual(1);
    const seconds = await read("desk_database_seconds_total", { screen: name });
    expect(seconds).toBeGreaterThan(name === "a read by Prisma's models" ? 0 : 0.019);
  });

  test("also where it fails, and those of two at once are not mixed up", async () => {
    const ask = (screen: string, seconds: number) =>
      workOn(screen, "1", () => queryRows(Prisma.sql`select pg_sleep(${seconds})`));
    const failing = workOn("failing", "1", () => queryRows(Prisma.sql`select 1 / 0`));
    await Promise.allSettled([ask("short", 0.01), ask("long", 0.6), failing]);
    const [short, long] = await Promise.all(
      ["short", "long"].map((screen) => read("desk_database_seconds_total", { screen })),
    );
    expect(long).toBeGreaterThan(0.6);
    expect(short).toBeLessThan(long ?? 0);
    // Its begin, itself, and its rollback.
    expect(await read("desk_database_statements_total", { screen: "failing" })).toBe(3);
  });
});

describe("a statement over a second", () => {
  const secret = "what a visitor wrote";

  test("is one line: its screen, its request, its time and rows, and nothing that it was given", async () => {
    const sql = Prisma.sql`select ${secret}::text, pg_sleep(0.36) from generate_series(1, 3)`;
    const lines = await listLogLines(() => workOn("/contacts", "abc123", () => queryRows(sql)));
    expect(lines).toEqual([
      {
        level: 40,
        time: expect.any(String),
        event: "statement_slow",
        screen: "/contacts",
        request: "abc123",
        ms: expect.any(Number),
        rows: 3,
      },
    ]);
    expect(lines[0]?.ms).toBeGreaterThan(1_000);
    expect(JSON.stringify(lines)).not.toContain(secret);
    expect(await read("desk_database_slow_statements_total", { screen: "/contacts" })).toBe(1);
  });

  test("that the database ended at its time limit is one line, and one within a second none", async () => {
    const sql = Prisma.sql`select ${secret}::text, pg_sleep(5)`;
    const slow = () => workOn("askBulk", "def456", () => queryRows(sql, "broad").catch(() => undefined));
    const lines = await listLogLines(() => Promise.all([slow(), queryRows(Prisma.sql`select pg_sleep(0.5)`)]));
    expect(lines).toMatchObject([{ event: "statement_ended", screen: "askBulk", request: "def456", failed: "57014" }]);
    expect(JSON.stringify(lines)).not.toContain(secret);
  });
});

describe("the pool's numbers under load", () => {
  const hold = () => queryRows(Prisma.sql`select pg_sleep(0.7)`);
  /** The pool's connections as the server sees them: at work, and all. */
  async function askServer(): Promise<{ active: number; open: number }> {
    const { rows } = await watcher.query(
      `select count(*) filter (where state = 'active')::int as active, count(*)::int as open from pg_stat_activity
       where datname = current_database() and usename = $1 and query not like '%set time zone%'`,
      [new URL(process.env.DATABASE_URL ?? "").username],
    );
    return rows[0];
  }

  test.each([1, 4, 10])("agree with pg_stat_activity while %i work", async (count) => {
    const working = Promise.all(Array.from({ length: count }, hold));
    await expect.poll(async () => (await askServer()).active).toBe(count);
    const [server, active, open] = [
      await askServer(),
      await read("active_database_connections"),
      await read("desk_pool_connections"),
    ];
    expect({ active, open }).toEqual({ active: server.active, open: getPool().totalCount });
    expect(await read("desk_pool_limit")).toBe(10);
    await working;
    expect(await read("active_database_connections")).toBe(0);
  });

  test("say who waits, for how long, and who got none", async () => {
    const waits = () => read("desk_pool_wait_seconds", { for: "connection", le: "0.5" });
    const before = { late: await read("desk_pool_rejections_total", { reason: "pool" }), soon: await waits() };
    // Three rounds of 0.8 s: the third waits for 1.6 s, and a fourth would for longer than 2 s.
    const sleeping = Array.from({ length: 31 }, () => queryRows(Prisma.sql`select pg_sleep(0.8)`));
    await expect.poll(() => read("desk_pool_waiting")).toBe(21);
    const done = await Promise.allSettled(sleeping);
    expect(done.filter(({ status }) => status === "rejected")).toHaveLength(1);
    expect(await read("desk_pool_rejections_total", { reason: "pool" })).toBe(before.late + 1);
    expect(await waits()).toBe(before.soon + 10);
    expect(await read("desk_pool_waiting")).toBe(0);
  });

  test("say of a person who has used their share that it was this", async () => {
    const one = () => workFor("greedy", () => queryRows(Prisma.sql`select pg_sleep(0.05)`));
    // Eight at once, and sixty that wait.
    const done = await Promise.allSettled(Array.from({ length: 69 }, one));
    expect(done.filter(({ status }) => status === "rejected")).toHaveLength(1);
    expect(await read("desk_pool_rejections_total", { reason: "share" })).toBe(1);
  });
});
