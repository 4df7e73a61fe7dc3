import pg from "pg";
import { afterEach, describe, expect, inject, test } from "vitest";
import { Prisma } from "@/generated/prisma/client";
import { DatabaseError, describeDatabaseError } from "@/lib/database/errors";
import { timeLimits } from "@/lib/database/limits";
import { getPool, poolWait } from "@/lib/database/pool";
import { inTransaction, queryRows, readModels } from "@/lib/database/query";
import { asSuperuser } from "../databases";
import { endPool, withoutConnections } from "../of-process";
import { type NetworkProxy, startProxy } from "../proxy";

const direct = process.env.DATABASE_URL ?? "";
let proxy: NetworkProxy | undefined;

/** Puts the pool of this process behind a proxy. */
async function throughProxy(): Promise<NetworkProxy> {
  proxy = await startProxy(inject("server").port);
  const url = new URL(direct);
  url.port = String(proxy.port);
  process.env.DATABASE_URL = url.toString();
  return proxy;
}

afterEach(async () => {
  await proxy?.close();
  proxy = undefined;
  await endPool();
  process.env.DATABASE_URL = direct;
});

async function codeOf(work: Promise<unknown>): Promise<string> {
  return work.then(
    () => "done",
    (error) => describeDatabaseError(error).code,
  );
}

describe("every connection of the pool", () => {
  test("speaks UTC, whatever the server's zone is", async () => {
    const zones = await Promise.all(
      Array.from({ length: 5 }, () =>
        queryRows<{ zone: string }>(Prisma.sql`select current_setting('timezone') as zone, pg_sleep(0.05)`),
      ),
    );
    expect(zones.map(([row]) => row?.zone)).toEqual(Array(5).fill("UTC"));
    expect(getPool().totalCount).toBeGreaterThan(1);
  });

  test("answers a page by itself, with the room it needs, whatever the server is set to", async () => {
    const settings = Prisma.sql`select current_setting('work_mem') as room, current_setting('jit') as jit,
      current_setting('max_parallel_workers_per_gather') as helpers`;
    const wanted = { room: "16MB", jit: "off", helpers: "0" };
    expect(await queryRows(settings)).toEqual([wanted]);
    expect(await queryRows(settings, "count")).not.toEqual([wanted]);
  });

  test("leaves no setting behind when it is given back", async () => {
    await inTransaction("export", (run) => run(Prisma.sql`select 1`));
    const { rows } = await getPool().query("show statement_timeout");
    expect(rows).toEqual([{ statement_timeout: "0" }]);
  });
});

describe("an exhausted pool", () => {
  test("answers busy within its bounded wait, never holds more than ten connections, and recovers", async () => {
    await withoutConnections(async () => {
      const started = Date.now();
      const waiting = Array.from({ length: 190 }, (_, n) =>
        codeOf(n % 2 ? queryRows(Prisma.sql`select 1`) : readModels((models) => models.contact.count())),
      );
      expect(new Set(await Promise.all(waiting))).toEqual(new Set(["busy"]));
      expect(Date.now() - started).toBeLessThan(5 * poolWait);
      expect(getPool().totalCount).toBe(10);
    });
    expect(await codeOf(queryRows(Prisma.sql`select 1`))).toBe("done");
  });

  test("says busy in words for people", async () => {
    await withoutConnections(async () => {
      const error = await queryRows(Prisma.sql`select 1`).catch((thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(DatabaseError);
      expect(error).toMatchObject({ code: "busy", message: "The desk is busy. Try again in a moment." });
    });
  });
});

describe("faults of the network", () => {
  test("a black hole ends interactive work at the client's own limit, and the next attempt works once it is gone", async () => {
    const network = await throughProxy();
    await queryRows(Prisma.sql`select 1`);
    network.silence();
    const started = Date.now();
    const code = await codeOf(queryRows(Prisma.sql`select 1`));
    expect(["too_slow", "busy"]).toContain(code);
    expect(Date.now() - started).toBeLessThan(4 * timeLimits.interactive);
    network.resume();
    network.cut();
    expect(await codeOf(queryRows(Prisma.sql`select 1`))).toBe("done");
  });

  test("a server that does not even let anyone in is busy within the bounded wait", async () => {
    const network = await throughProxy();
    network.silence();
    const started = Date.now();
    expect(await codeOf(queryRows(Prisma.sql`select 1`))).toBe("busy");
    expect(Date.now() - started).toBeLessThan(5 * poolWait);
  });

  test("a read that is cut is tried again, on another connection", async () => {
    const network = await throughProxy();
    const reading = queryRows<{ n: number }>(Prisma.sql`select 1 as n, pg_sleep(0.5)`);
    await expect.poll(() => getPool().totalCount - getPool().idleCount).toBe(1);
    await expect.poll(() => network.opened()).toBe(1);
    // Cut only while the statement itself is running.
    await expect.poll(async () => isRunning("pg_sleep(0.5)")).toBe(true);
    network.cut();
    expect(await reading).toMatchObject([{ n: 1 }]);
    expect(network.opened()).toBe(2);
  });

  test("a write that is cut is not repeated", async () => {
    const network = await throughProxy();
    let attempts = 0;
    const writing = inTransaction("interactive", async (run) => {
      attempts++;
      await run(Prisma.sql`select pg_sleep(0.6)`);
    });
    await expect.poll(async () => isRunning("pg_sleep(0.6)")).toBe(true);
    network.cut();
    expect(await codeOf(writing)).toBe("busy");
    expect(attempts).toBe(1);
  });

  test("idle connections that the server ends cost nobody anything", async () => {
    const hold = () => queryRows(Prisma.sql`select pg_sleep(0.05)`);
    await Promise.all([hold(), hold(), hold()]);
    const server = inject("server");
    const name = new URL(direct).pathname.slice(1);
    await asSuperuser(
      server,
      `select pg_terminate_backend(pid) from pg_stat_activity where datname = '${name}' and usename = 'desk_app'`,
    );
    expect(await codeOf(queryRows(Prisma.sql`select 1`))).toBe("done");
  });
});

async function isRunning(part: string): Promise<boolean> {
  const client = new pg.Client(process.env.TEST_SUPERUSER_URL);
  await client.connect();
  const { rows } = await client.query(
    "select from pg_stat_activity where datname = current_database() and state = 'active' and query like '%' || $1 || '%' and pid <> pg_backend_pid()",
    [part],
  );
  await client.end();
  return rows.length > 0;
}
