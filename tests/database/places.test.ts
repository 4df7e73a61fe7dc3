import { describe, expect, test } from "vitest";
import { Prisma } from "@/generated/prisma/client";
import { describeDatabaseError } from "@/lib/database/errors";
import { getPool, type Purpose } from "@/lib/database/pool";
import { inTransaction, queryRows } from "@/lib/database/query";
import { workFor } from "@/lib/server/requester";

const sleep = (seconds: number) => Prisma.sql`select pg_sleep(${seconds}::float8)`;

/** Work of a person that takes so long, and what became of it, by name, in order. */
function startWork(done: string[], person: string | null, purpose: Purpose, seconds: number, count = 1) {
  const work = () => inTransaction(purpose, (run) => run(sleep(seconds)), "read only");
  return Array.from({ length: count }, () =>
    workFor(person, work).then(
      () => done.push(`${person}`),
      (error: unknown) => done.push(`${person} ${describeDatabaseError(error).code}`),
    ),
  );
}

const inUse = () => getPool().totalCount - getPool().idleCount;

describe("beside one person who asks for as much as they can", () => {
  for (const purpose of ["count", "analytics", "freeze", "export"] as const) {
    test(`a colleague's ${purpose} begins at once`, async () => {
      const done: string[] = [];
      // An export has two places of three: lib/export/record.ts lets one person have no more.
      const greedy = startWork(done, "greedy", purpose, 0.6, purpose === "export" ? 2 : 16);
      await expect.poll(inUse).toBeGreaterThanOrEqual(1);
      const colleague = startWork(done, "colleague", purpose, 0);
      await Promise.all(colleague);
      expect(done).toEqual(["colleague"]);
      await Promise.all(greedy);
    });
  }

  test("a colleague's page has connections while they have no more than their part of the pool", async () => {
    const done: string[] = [];
    const greedy = startWork(done, "greedy", "interactive", 0.5, 40);
    await expect.poll(inUse).toBe(5);
    const colleague = startWork(done, "colleague", "interactive", 0, 5);
    await Promise.all(colleague);
    expect(done).toEqual(Array(5).fill("colleague"));
    expect(inUse()).toBe(5);
    await Promise.all(greedy);
    // They were told "busy" themselves, once they had waited as long as anybody would.
    expect(new Set(done.slice(5))).toEqual(new Set(["greedy", "greedy busy"]));
  });

  test("rows alone are bounded like transactions, and what is nobody's work is not", async () => {
    const rows = (person: string | null, count: number) =>
      Array.from({ length: count }, () => workFor(person, () => queryRows(sleep(0.5))));
    const greedy = rows("greedy", 8);
    await expect.poll(inUse).toBe(5);
    const own = rows(null, 3);
    await expect.poll(inUse).toBe(8);
    await Promise.all([...greedy, ...own]);
  });

  test("what they begin and leave gives its place up", async () => {
    const leaving = new AbortController();
    const export_ = (signal?: AbortSignal) =>
      workFor("greedy", () => inTransaction("export", (run) => run(sleep(0.5)), "read only", signal));
    const running = [export_(), export_(), export_()];
    await expect.poll(inUse).toBe(3);
    const waiting = export_(leaving.signal);
    leaving.abort(new Error("left"));
    await expect(waiting).rejects.toThrow("left");
    await Promise.all(running);
    await export_();
  });
});
