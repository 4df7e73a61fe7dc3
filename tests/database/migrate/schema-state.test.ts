import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import type pg from "pg";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { GET as answerReady } from "@/app/api/health/ready/route";
import { describeDatabaseError } from "@/lib/database/errors";
import { migrationLock } from "@/lib/database/migrate/migration-lock";
import { migrate } from "@/lib/database/migrate/migrations";
import { listExpectedMigrations } from "@/lib/database/migrate/previous-version";
import { getSchemaState, hasMigration, requireSchema, untilServed } from "@/lib/database/migrate/schema-state";
import { forgetOfProcess } from "@/lib/runtime/of-process";
import { createDeskServer } from "@/lib/server/desk-server";
import { createDatabase, type TestDatabase } from "../databases";
import { connect, migrationOf } from "../installation";
import { endReadiness } from "../of-process";

const given = process.env.DATABASE_URL;
// Refusals are logged with keyed hashes, which need a secret.
process.env.NEXTAUTH_SECRET ??= "a secret for the tests of the schema";
/** Treats the last migration as one that the previous version lacked. */
const { needed, awaited } = listExpectedMigrations("sql");
const required = [...needed, ...awaited].sort();
const newest = required.at(-1) ?? "";
let database: TestDatabase;
let owner: pg.Client;
let desk: Server;

beforeAll(async () => {
  database = await createDatabase(inject("server"), "empty");
  owner = await connect(database.owner);
  process.env.DATABASE_URL = database.app;
  requireSchema({ needed: required.slice(0, -1), awaited: [newest] });
  desk = createDeskServer(async (_request, response) => void response.end("the application"), new Map());
  await new Promise<void>((listening) => desk.listen(0, "127.0.0.1", listening));
});
afterAll(async () => {
  desk.close();
  desk.closeAllConnections();
  await endReadiness();
  forgetOfProcess("schema");
  process.env.DATABASE_URL = given;
  await owner.end();
  await database.drop();
});

async function ready(): Promise<string> {
  const answer = await answerReady();
  const { status, reason } = (await answer.json()) as { status: string; reason?: string };
  expect(answer.status).toBe(reason ? 503 : 200);
  return reason ?? status;
}

async function ask(path: string): Promise<{ status: number; text: string; again: string | null }> {
  const { port } = desk.address() as AddressInfo;
  const answer = await fetch(`http://127.0.0.1:${port}${path}`, { headers: { accept: "text/html" } });
  return { status: answer.status, text: await answer.text(), again: answer.headers.get("retry-after") };
}

const served = { status: 200, text: "the application", again: null };

test("the desk serves nothing but its health until it has seen the schema", async () => {
  expect(await ask("/contacts")).toMatchObject({
    status: 503,
    again: "5",
    text: expect.stringContaining("waiting for its database"),
  });
  for (const path of ["/api/health", "/api/health/ready"]) expect(await ask(path)).toEqual(served);
  for (const path of ["/api/healthy", "/api/auth/csrf", "/sign-in", "/"]) expect((await ask(path)).status).toBe(503);
});

test("an empty database is older than the code, and a migration that holds its lock is under way", async () => {
  expect(await ready()).toBe("schema");
  expect(await ask("/contacts")).toMatchObject({ status: 503, again: "15", text: expect.stringContaining("updated") });
  await owner.query("select pg_advisory_lock($1)", [migrationLock]);
  expect(await ready()).toBe("migration");
  expect((await ask("/contacts")).status).toBe(503);
  await owner.query("select pg_advisory_unlock($1)", [migrationLock]);
  expect(await ready()).toBe("schema");
});

test("it serves when the migrations are done, and not while they are", async () => {
  let current = false;
  const waiting = untilServed().then(() => {
    current = true;
  });
  const seen = new Set<string>();
  let done = false;
  const work = migrate(migrationOf(database)).finally(() => {
    done = true;
  });
  while (!done) {
    const state = await ready();
    if (!done) seen.add(state);
    expect(current).toBe(state === "ready");
    await pause(20);
  }
  await work;
  expect(seen).toContain("migration");
  expect(await ready()).toBe("ready");
  await waiting;
  expect(await ask("/contacts")).toEqual(served);
});

test("a schema newer than the code is fine, and so is its migration while the desk serves", async () => {
  await owner.query("insert into schema_migration (name, sha256) values ('9990_tomorrow.sql', 'x')");
  await owner.query("select pg_advisory_lock($1)", [migrationLock]);
  expect(await ready()).toBe("ready");
  await owner.query("select pg_advisory_unlock($1)", [migrationLock]);
});

test("an index that waits for an extension is not missed", async () => {
  const optional = await owner.query("delete from schema_migration where not name = any($1) and name < '9'", [
    required,
  ]);
  expect(optional.rowCount).toBeGreaterThan(0);
  expect(await ready()).toBe("ready");
});

test("on the schema of the version before it serves, and says of what is not there yet that it waits", async () => {
  const absent = { code: "42P01" };
  expect(describeDatabaseError(absent).code).toBe("unexpected");
  const removed = await owner.query<{ sha256: string }>(
    "delete from schema_migration where name = $1 returning sha256",
    [newest],
  );
  expect(await ready()).toBe("ready");
  expect(getSchemaState()).toBe("earlier");
  expect(await ask("/contacts")).toEqual(served);
  expect([hasMigration(newest), hasMigration(required[0] ?? "")]).toEqual([false, true]);
  expect(describeDatabaseError(absent)).toMatchObject({
    code: "awaits_update",
    message: expect.stringContaining("being updated"),
  });

  let there = false;
  const waiting = untilServed(newest).then(() => {
    there = true;
  });
  await untilServed();
  // Its record is not enough: the grants come last, while the migration still holds its lock.
  await owner.query("select pg_advisory_lock($1)", [migrationLock]);
  await owner.query("insert into schema_migration (name, sha256) values ($1, $2)", [newest, removed.rows[0]?.sha256]);
  expect(await ready()).toBe("ready");
  expect([hasMigration(newest), there]).toEqual([false, false]);
  await owner.query("select pg_advisory_unlock($1)", [migrationLock]);
  expect(await ready()).toBe("ready");
  await waiting;
  expect([hasMigration(newest), getSchemaState()]).toEqual([true, "current"]);
});

test("an older backup is missed", async () => {
  await owner.query("delete from schema_migration where name = $1", [required.at(-2)]);
  expect(await ready()).toBe("schema");
  expect((await ask("/contacts")).status).toBe(503);
});
