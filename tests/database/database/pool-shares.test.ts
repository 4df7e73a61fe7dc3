import pg from "pg";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { Prisma } from "@/generated/prisma/client";
import { describeDatabaseError } from "@/lib/database/errors";
import type { Purpose } from "@/lib/database/limits";
import { getPool } from "@/lib/database/pool";
import { inTransaction, queryRows } from "@/lib/database/query";
import { workFor } from "@/lib/runtime/requester";

// Each place is held until the test opens a gate, so nothing here depends on the machine's speed.
const gate = new pg.Client({ connectionString: process.env.DATABASE_DIRECT_URL });
const throughGate = Prisma.sql`select 1 as passed from pg_advisory_xact_lock_shared(4711)`;
const open = () => gate.query("select pg_advisory_unlock(4711)");

beforeAll(() => gate.connect());
afterAll(() => gate.end());
beforeEach(() => gate.query("select pg_advisory_lock(4711)"));
afterEach(open);

/** Work of a person, so many times; and what became of it, by name, in order. */
function start(done: string[], person: string | null, purpose: Purpose, sql: Prisma.Sql, count = 1) {
  const work = () => inTransaction(purpose, (run) => run(sql), "read only");
  return Array.from({ length: count }, () =>
    workFor(person, work).then(
      () => done.push(`${person}`),
      (error: unknown) => done.push(`${person} ${describeDatabaseError(error).code}`),
    ),
  );
}

const atOnce = Prisma.sql`select 1`;
const inUse = () => getPool().totalCount - getPool().idleCount;

describe("beside one person who asks for as much as they can", () => {
  for (const purpose of ["count", "analytics", "freeze", "export"] as const) {
    test(`a colleague's ${purpose} is done while theirs goes on`, async () => {
      const done: string[] = [];
      // An export has two places of three: lib/export/record.ts lets one person have no more.
      const greedy = start(done, "greedy", purpose, throughGate, purpose === "export" ? 2 : 16);
      await expect.poll(inUse).toBeGreaterThanOrEqual(1);
      await Promise.all(start(done, "colleague", purpose, atOnce));
      expect(done).toContain("colleague");
      expect(done).not.toContain("greedy");
      await open();
      await Promise.all(greedy);
      expect(new Set(done)).not.toContain("colleague busy");
    });
  }

  test("a colleague's page has connections while they have no more than their part of the pool", async () => {
    const done: string[] = [];
    const rows = (person: string | null, sql: Prisma.Sql) => workFor(person, () => queryRows(sql));
    const working = rows("colleague", throughGate);
    await expect.poll(inUse).toBe(1);
    const greedy = start(done, "greedy", "interactive", throughGate, 40);
    await expect.poll(inUse).toBe(1 + 5);
    // Single reads count like transactions; nobody's work does not count.
    const more = rows("greedy", throughGate).catch(() => undefined);
    const own = [rows(null, throughGate), rows(null, throughGate)];
    await expect.poll(inUse).toBe(1 + 5 + 2);
    await Promise.all(Array.from({ length: 5 }, () => rows("colleague", atOnce)));
    expect(inUse()).toBe(1 + 5 + 2);
    expect(done).not.toContain("greedy");
    await open();
    await Promise.all([working, ...greedy, ...own, more]);
  });

  test("what takes long takes one processor while others work, and helpers while nobody does", async () => {
    const setting = Prisma.sql`select current_setting('max_parallel_workers_per_gather') as helpers`;
    const helpers = () =>
      workFor("only one", () => inTransaction("analytics", (run) => run<{ helpers: string }>(setting)));
    // People of the other tests count as working for two more seconds.
    await expect.poll(helpers, { interval: 200 }).toEqual([{ helpers: "2" }]);
    const working = workFor("colleague", () => queryRows(throughGate));
    await expect.poll(inUse).toBe(1);
    expect(await helpers()).toEqual([{ helpers: "0" }]);
    await open();
    await working;
  });

  test("what they ask for and leave gives its place in the queue up", async () => {
    const exportOf = (sql: Prisma.Sql, signal?: AbortSignal) =>
      workFor("greedy", () => inTransaction("export", (run) => run(sql), "read only", signal));
    const running = [exportOf(throughGate), exportOf(throughGate), exportOf(throughGate)];
    await expect.poll(inUse).toBe(3);
    const leaving = new AbortController();
    const waiting = exportOf(atOnce, leaving.signal);
    leaving.abort(new Error("left"));
    await expect(waiting).rejects.toThrow("left");
    await open();
    await Promise.all(running);
    await exportOf(atOnce);
  });
});
