import { randomUUID } from "node:crypto";
import pg from "pg";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { Prisma } from "@/generated/prisma/client";
import { changeContacts } from "@/lib/change/change";
import { describeDatabaseError } from "@/lib/database/errors";
import { type Purpose, timeLimits } from "@/lib/database/limits";
import { inTransaction, queryRows, readModels } from "@/lib/database/query";
import { openWorld } from "../change/change-world";
import { type PgBouncer, startPgBouncer } from "../pgbouncer";

// A PgBouncer with one connection for the application, so that each client gets the one that another has used.
let pooler: PgBouncer;
const world = openWorld();

beforeAll(async () => {
  pooler = await startPgBouncer(inject("server"), { poolSize: 1, queryWait: 1 });
  const url = new URL(process.env.DATABASE_URL ?? "");
  url.port = String(pooler.port);
  process.env.DATABASE_URL = url.href;
});
afterAll(async () => {
  await world.close();
  await pooler.stop();
});

async function openNext(): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: process.env.DATABASE_URL });
  client.on("error", () => undefined);
  await client.connect();
  return client;
}

test("whatever the desk did, who gets its connection next finds nothing of it", async () => {
  const staffId = await world.addStaff("Ada Keller");
  const id = `pooled_${randomUUID()}`;
  await world.query(
    `insert into contact_submissions (id, name, email, message, "timestamp") values ($1, 'Mara', 'm@a.example', 'Hi', now())`,
    [id],
  );
  for (const purpose of Object.keys(timeLimits) as Purpose[]) {
    await inTransaction(purpose, (run) => run(Prisma.sql`select 1`), "read only");
    await inTransaction(purpose, (run) => run(Prisma.sql`select no_such_column`)).catch(() => undefined);
    await queryRows(Prisma.sql`select ${id}::text`, purpose);
  }
  await readModels((models) => models.staff.findMany({ where: { id: staffId } }));
  const contacts = [{ id, version: 1 }];
  expect(await changeContacts(staffId, { key: randomUUID(), change: { status: "closed" }, contacts })).toMatchObject({
    ok: true,
    conflicts: [],
  });

  const next = await openNext();
  const ask = async (sql: string) => (await next.query(sql)).rows;
  // The time zone is the one setting that PgBouncer keeps apart for each client.
  expect(await ask("select name, setting from pg_settings where source = 'session' order by name")).toEqual([
    { name: "TimeZone", setting: "Europe/Berlin" },
  ]);
  expect(await ask("select nullif(current_setting('desk.actor', true), '') as actor")).toEqual([{ actor: null }]);
  expect(await ask("select name from pg_prepared_statements")).toEqual([]);
  expect(await ask("select name from pg_cursors where name <> ''")).toEqual([]);
  expect(await ask("select pg_listening_channels() as channel")).toEqual([]);
  expect(await ask("select objid from pg_locks where locktype = 'advisory' and pid = pg_backend_pid()")).toEqual([]);
  expect(await ask("select oid from pg_class where pg_my_temp_schema() = relnamespace")).toEqual([]);
  await next.end();
});

test("while it has no connection left the desk is busy, and then it is not", async () => {
  const holder = await openNext();
  await holder.query("begin");
  await holder.query("select 1");
  const asked = await queryRows(Prisma.sql`select 1`).then(
    () => "answered",
    (error: unknown) => describeDatabaseError(error).code,
  );
  expect(asked).toBe("busy");
  await holder.query("commit");
  await holder.end();
  expect(await queryRows(Prisma.sql`select 1 as one`)).toEqual([{ one: 1 }]);
});
