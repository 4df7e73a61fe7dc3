import { randomUUID } from "node:crypto";
import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { Prisma } from "@/generated/prisma/client";
import { describeDatabaseError } from "@/lib/database/errors";
import { timeLimits } from "@/lib/database/limits";
import { inTransaction, type Models, readModels } from "@/lib/database/query";
import { openStaffWorld } from "../staff/staff-world";

const world = openStaffWorld();
const owner = new pg.Client(process.env.DATABASE_DIRECT_URL);
let ownerId: string;

beforeAll(async () => {
  await owner.connect();
  ownerId = (await world.addPerson()).id;
});
afterAll(async () => {
  await owner.query("delete from views");
  await owner.end();
  await world.removeEverybody();
  await world.close();
});

const create = (models: Models, name: string) =>
  models.view.create({ data: { ownerId, name, filter: "", position: 1 }, select: { id: true } });

test("a model works in the transaction around it: with its SQL, and gone with it", async () => {
  const name = randomUUID();
  const work = inTransaction("interactive", async (run, models) => {
    const { id } = await create(models, name);
    expect(await run(Prisma.sql`select name from views where id = ${id}::uuid`)).toEqual([{ name }]);
    throw new Error("changed my mind");
  });
  await expect(work).rejects.toThrow("changed my mind");
  expect(await readModels((models) => models.view.count({ where: { name } }))).toBe(0);
});

test("a nested write is no transaction of its own", async () => {
  const name = randomUUID();
  const work = inTransaction("interactive", async (_run, models) => {
    await models.staff.update({
      where: { id: ownerId },
      data: { views: { create: [{ name, filter: "", position: 1 }] } },
    });
    expect(await models.view.count({ where: { name } })).toBe(1);
    throw new Error("changed my mind");
  });
  await expect(work).rejects.toThrow("changed my mind");
  expect(await readModels((models) => models.view.count({ where: { name } }))).toBe(0);
});

test("those of several transactions at once each see their own", async () => {
  const seen = await Promise.all(
    Array.from({ length: 8 }, (_, at) =>
      inTransaction("interactive", async (_run, models) => {
        await create(models, `at once ${at}`);
        const own = await models.view.findMany({ where: { name: { startsWith: "at once" } }, select: { name: true } });
        await models.view.deleteMany({ where: { name: `at once ${at}` } });
        return own;
      }),
    ),
  );
  expect(seen).toEqual(seen.map((_, at) => [{ name: `at once ${at}` }]));
});

test("a model has the time limit of its transaction, and its mode", async () => {
  const { id } = await inTransaction("interactive", (_run, models) => create(models, randomUUID()));
  await owner.query("begin; lock table views");
  const started = performance.now();
  const late = await readModels((models) => models.view.findFirst({ where: { id } }), "broad").catch((error) => error);
  await owner.query("rollback");
  expect(describeDatabaseError(late).code).toBe("too_slow");
  expect(performance.now() - started).toBeLessThan(timeLimits.interactive);
  await expect(readModels((models) => models.view.deleteMany({ where: { id } }))).rejects.toThrow();
  expect(await readModels((models) => models.view.count({ where: { id } }))).toBe(1);
});

test("no model works once its transaction has ended, and none by findUnique", async () => {
  const kept = await inTransaction("interactive", async (_run, models) => ({ models }));
  await expect(kept.models.view.count()).rejects.toThrow("outside of its transaction");
  // A call that was not awaited does nothing either, although its connection is back in the pool.
  await expect(
    readModels((models) => (models.view as unknown as { findUnique(): Promise<unknown> }).findUnique()),
  ).rejects.toThrow("findUnique");
});
