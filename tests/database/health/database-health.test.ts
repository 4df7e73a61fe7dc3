import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { Prisma } from "@/generated/prisma/client";
import { queryRows } from "@/lib/database/query";
import { getHealthAccess } from "@/lib/health/access";
import { listBloatEstimates } from "@/lib/health/bloat";
import { getConnectionLimit, listConnections } from "@/lib/health/connections";
import { getDiskUse, getLogBytes } from "@/lib/health/disk";
import { listDoubledIndexes } from "@/lib/health/doubled-indexes";
import { listHints } from "@/lib/health/hints";
import { getStatisticsStart, listIndexSizes, listUnusedIndexes } from "@/lib/health/indexes";
import { listBlockedLocks } from "@/lib/health/locks";
import { listMigrations } from "@/lib/health/migrations";
import { getPlan } from "@/lib/health/plans";
import { listReplicas, listReplicationSlots } from "@/lib/health/replication";
import { listOtherStatements, listSlowScreens } from "@/lib/health/screens";
import { startHealth } from "@/lib/health/start";
import { readStatistics } from "@/lib/health/statement-statistics";
import { listTableSizes } from "@/lib/health/table-sizes";
import { listHolders, listTransactionAges } from "@/lib/health/transaction-ids";
import { listVacuumStates } from "@/lib/health/vacuum";
import { workOn } from "@/lib/runtime/screen";
import { countStatement, listStatementTimes, nameStatement } from "@/lib/runtime/statement-times";
import { connect } from "../installation";
import { enterHealthWorld, type HealthWorld } from "./health-world";

/** What the page shows of a statistic: its state, and the commands it tells people to run. */
async function readHints() {
  const access = await getHealthAccess();
  const { state } = await readStatistics(access);
  return { state, lines: listHints(access, state).map(({ line }) => line) };
}

describe.each([18, 15])("on PostgreSQL %i", (version) => {
  let world: HealthWorld;
  beforeAll(async () => {
    world = await enterHealthWorld(version);
  });
  afterAll(() => world.leave());

  /** A session of the website that has locked a contact, and one that waits for it; both are over after `work`. */
  async function whileBlocked(work: () => Promise<void>): Promise<void> {
    await world.admin.query(
      `insert into contact_submissions (id, name, email, message, "timestamp") values ('locked', 'A', 'a@b.example', 'Hi', now()) on conflict do nothing`,
    );
    await using holder = await connect(world.website);
    await using waiter = await connect(world.owner);
    await holder.query("begin");
    await holder.query("update contact_submissions set name = 'B' where id = 'locked'");
    const waiting = waiter.query("update contact_submissions set name = 'C' where id = 'locked'");
    try {
      await expect.poll(async () => (await listBlockedLocks()).length).toBe(1);
      await work();
    } finally {
      await holder.query("rollback");
      await waiting;
    }
  }

  describe("without a grant", () => {
    test("what is missing is a line to run", async () => {
      expect((await getHealthAccess()).versionNumber).toBeGreaterThanOrEqual(version * 10_000);
      expect(await readHints()).toEqual({
        state: "missing",
        lines: ["grant pg_monitor to desk_app;", "create extension pg_stat_statements;"],
      });
    });

    test("others' sessions are counted, and what they do is not told", async () => {
      const groups = await listConnections();
      expect(groups).toContainEqual({
        owner: "website",
        database: world.name,
        state: null,
        connections: 1,
        since: null,
      });
      expect(groups.find(({ owner, state }) => owner === "desk_app" && state === "active")?.connections).toBe(1);
    });

    test("it is told who waits for whom, and not what the other does", async () => {
      await whileBlocked(async () => {
        expect(await listBlockedLocks()).toMatchObject([
          { owner: "desk_owner", target: "transactionid", blockerOwner: "website", blockerState: null },
        ]);
      });
    });

    test("the log of writes is not told of, the rest of the disk is", async () => {
      expect(await getLogBytes()).toBeNull();
      expect((await getDiskUse()).bytes).toBeGreaterThan(1e6);
    });

    test("no part of the page fails", async () => {
      const { statistics, ...parts } = startHealth();
      const loaded = await Promise.all(Object.entries(parts).map(async ([name, part]) => [name, (await part).ok]));
      expect(loaded.filter(([, ok]) => !ok)).toEqual([]);
      expect((await statistics).state).toBe("missing");
    });
  });

  describe("with pg_monitor", () => {
    beforeAll(() => world.admin.query("grant pg_monitor to desk_app"));

    test("others' sessions are told of: their state, and since when", async () => {
      await world.site.query("begin");
      const groups = await listConnections();
      await world.site.query("rollback");
      expect(groups).toContainEqual({
        owner: "website",
        database: world.name,
        state: "idle in transaction",
        connections: 1,
        since: expect.any(Date),
      });
      expect((await readHints()).lines).toEqual(["create extension pg_stat_statements;"]);
    });

    test("the connections are those of the server, and so is the limit", async () => {
      const { rows } = await world.admin.query(
        "select count(*)::int as sessions from pg_stat_activity where backend_type = 'client backend'",
      );
      const sum = (await listConnections()).reduce((all, { connections }) => all + connections, 0);
      // The one that asks may be a new one of the pool.
      expect(sum - rows[0].sessions).toBeLessThanOrEqual(1);
      expect(sum).toBeGreaterThanOrEqual(rows[0].sessions);
      expect(await getConnectionLimit()).toEqual({ most: 200, reserved: 3 });
    });

    test("a blocked lock says what the other does, and nothing of the statements", async () => {
      await whileBlocked(async () => {
        const locks = await listBlockedLocks();
        expect(locks).toEqual([
          {
            pid: expect.any(Number),
            owner: "desk_owner",
            mode: "ShareLock",
            target: "transactionid",
            since: expect.any(Date),
            blocker: expect.any(Number),
            blockerOwner: "website",
            blockerState: "idle in transaction",
            blockerSince: expect.any(Date),
          },
        ]);
        expect(await listHolders()).toContainEqual(
          expect.objectContaining({ kind: "session", owner: "website", name: String(locks[0]?.blocker) }),
        );
      });
      expect(await listBlockedLocks()).toEqual([]);
    });

    test("the log of writes has its size", async () => {
      const { rows } = await world.admin.query("select sum(size)::float8 as bytes from pg_ls_waldir()");
      expect(await getLogBytes()).toBe(rows[0].bytes);
    });

    test("a replica is told of with what it lacks, and a slot with what it keeps", async () => {
      expect(await listReplicas()).toEqual([]);
      await world.admin.query("select pg_create_physical_replication_slot('late', true)");
      const from = (await world.admin.query("select restart_lsn::text as at from pg_replication_slots")).rows[0].at;
      // One that reads the log and never says that it has.
      const options = { connectionString: world.superuser, application_name: "reader", replication: "true" };
      const { Client } = (await import("pg")).default;
      const reader = new Client(options as object);
      reader.on("error", () => undefined);
      await reader.connect();
      void reader.query(`START_REPLICATION SLOT late PHYSICAL ${from}`).catch(() => undefined);
      await expect
        .poll(async () => (await listReplicas()).map(({ name, owner }) => [name, owner]))
        .toEqual([["reader", "postgres"]]);
      await world.admin.query("create table writes_much as select generate_series(1, 20000) as i");
      const [slot] = await listReplicationSlots();
      expect(slot).toMatchObject({ name: "late", kind: "physical", active: true, walStatus: "reserved" });
      expect(slot?.keptBytes).toBeGreaterThan(500_000);
      await world.admin.query("select pg_terminate_backend(pid) from pg_stat_replication");
      await expect.poll(async () => (await listReplicationSlots())[0]?.active).toBe(false);
      await world.admin.query("select pg_drop_replication_slot('late')");
      expect(await listReplicationSlots()).toEqual([]);
    });
  });

  describe("tables", () => {
    beforeAll(async () => {
      await world.admin.query("create schema shop");
      await world.admin.query(`create table shop."Odd, table" (id int primary key, text text)`);
      await world.admin.query(
        `insert into shop."Odd, table" select i, repeat('x', 100) from generate_series(1, 40000) i`,
      );
      await world.admin.query("select pg_stat_force_next_flush()");
      await world.admin.query(`vacuum (analyze) shop."Odd, table"`);
    });
    const find = <T extends { name: string }>(list: T[]) => list.find(({ name }) => name === "Odd, table");

    test("have the sizes that the server says", async () => {
      const { rows } = await world.admin.query(
        `select pg_table_size('shop."Odd, table"')::float8 as bytes, pg_indexes_size('shop."Odd, table"')::float8 as "indexBytes"`,
      );
      expect(find(await listTableSizes())).toEqual({
        schema: "shop",
        name: "Odd, table",
        rows: 40_000,
        ...rows[0],
        locked: false,
      });
    });

    test("that are locked do not hold the page up", async () => {
      await using holder = await connect(world.superuser);
      await holder.query("begin");
      await holder.query(`lock table shop."Odd, table" in access exclusive mode`);
      expect(find(await listTableSizes())).toMatchObject({ locked: true, rows: 40_000 });
      expect((await listIndexSizes()).length).toBeGreaterThan(10);
    });

    test("say how many dead rows they carry, and from when on they are cleared", async () => {
      await world.admin.query(`alter table shop."Odd, table" set (autovacuum_vacuum_scale_factor = 0.5)`);
      await world.admin.query(`delete from shop."Odd, table" where id % 2 = 0`);
      await world.admin.query("select pg_stat_force_next_flush()");
      await expect.poll(async () => find(await listVacuumStates())?.deadRows).toBe(20_000);
      expect(find(await listVacuumStates())).toMatchObject({
        liveRows: 20_000,
        // The server clears nothing by itself here.
        threshold: null,
        vacuumedAt: expect.any(Date),
        automatic: false,
      });
    });

    test("say about how much of them no row uses, or that this is unknown", async () => {
      // The desk's role may not see its columns.
      expect(find(await listBloatEstimates())).toMatchObject({ unused: null });
      await world.admin.query(`grant usage on schema shop to desk_app; grant select on shop."Odd, table" to desk_app`);
      await world.admin.query(`vacuum (analyze) shop."Odd, table"`);
      const found = find(await listBloatEstimates());
      const share = (found?.unused ?? 0) / (found?.bytes ?? 1);
      expect(share).toBeGreaterThan(0.45);
      expect(share).toBeLessThan(0.55);
    });

    test("and the whole database have the size the server says", async () => {
      const { rows } = await world.admin.query("select pg_database_size(current_database())::float8 as bytes");
      expect(await getDiskUse()).toMatchObject({ bytes: rows[0].bytes, estimated: false, deadlocks: 0 });
    });
  });

  describe("indexes", () => {
    beforeAll(() =>
      world.admin.query(`
        create table things (id int primary key, a text, b text, n int unique);
        create index things_used on things (a);
        create index things_a_b on things (a, b);
        create index things_a_b_again on things (a, b);
        create index things_pattern on things (a text_pattern_ops);
        create index things_back on things (a desc);
        create index things_some on things (a) where n > 0;
        create index things_n on things (n);
        create unique index things_apart on things (a, b, n);
        create index things_with on things (a) include (n);
        create index things_lower on things (lower(a));
        create index things_lower_too on things (lower(a));
        create index things_upper on things (upper(a));
        create index things_hash on things using hash (a);
        insert into things select i, i::text, i::text, i from generate_series(1, 5000) i;
        analyze things;`),
    );

    test("that no query used are named, and those that keep values apart are not", async () => {
      await world.admin.query("set enable_seqscan = off");
      await world.admin.query("select from things where a = '5' and b = 'x' order by a, b");
      await world.admin.query("reset enable_seqscan");
      const names = async () =>
        (await listUnusedIndexes()).flatMap(({ name, table }) => (table === "things" ? name : []));
      await expect.poll(async () => (await names()).length).toBeGreaterThan(5);
      expect(await names()).not.toContain("things_pkey");
      expect(await names()).not.toContain("things_apart");
      expect(await names()).toContain("things_upper");
      const used = (await listIndexSizes()).filter(({ table, scans }) => table === "things" && scans > 0);
      for (const { name } of used) expect(await names()).not.toContain(name);
    });

    test("that double another are named with it, and those that differ are not", async () => {
      const doubled = (await listDoubledIndexes())
        .filter(({ table }) => table === "things")
        .map(({ name, coveredBy, same }) => `${name} ${same ? "is" : "begins"} ${coveredBy}`)
        .sort();
      expect(doubled).toEqual([
        "things_a_b begins things_apart",
        "things_a_b_again is things_a_b",
        "things_lower_too is things_lower",
        "things_n is things_n_key",
        "things_used is things_with",
        "things_with begins things_apart",
      ]);
    });

    test("of Contact Desk's own none doubles another", async () => {
      expect((await listDoubledIndexes()).filter(({ table }) => table !== "things")).toEqual([]);
    });

    test("are counted since the statistics began", async () => {
      expect(await getStatisticsStart()).toBeNull();
      await world.admin.query("select pg_stat_reset()");
      expect(await getStatisticsStart()).toBeInstanceOf(Date);
    });
  });

  test("the age of the transaction ids is the server's", async () => {
    const own = (await listTransactionAges()).find(({ isOwn }) => isOwn);
    const { rows } = await world.admin.query(
      "select age(datfrozenxid)::float8 as age from pg_database where datname = current_database()",
    );
    expect(own).toMatchObject({ database: world.name, freezeFrom: 200_000_000 });
    expect(Math.abs((own?.age ?? 0) - rows[0].age)).toBeLessThan(20);
  });

  test("what keeps rows from being cleared is named: a prepared transaction too, where there is one", async () => {
    await world.site.query("begin");
    await world.site.query("update contact_submissions set name = 'D' where id = 'locked'");
    expect(await listHolders()).toContainEqual(expect.objectContaining({ kind: "session", owner: "website" }));
    await world.site.query("rollback");
  });

  test("all migrations are applied, and the next one is pending", async () => {
    const before = await listMigrations();
    expect(new Set(before.map(({ state }) => state))).toEqual(new Set(["applied"]));
    const last = before[0]?.name ?? "";
    const { rows } = await world.admin.query("delete from schema_migration where name = $1 returning *", [last]);
    expect((await listMigrations())[0]).toMatchObject({ name: last, state: "pending", appliedAt: null });
    await world.admin.query(
      "insert into schema_migration select * from json_populate_record(null::schema_migration, $1)",
      [JSON.stringify(rows[0])],
    );
  });

  test("a part that takes too long says so, and leaves the others", async () => {
    await using holder = await connect(world.superuser);
    await holder.query("begin");
    await holder.query("lock table schema_migration in access exclusive mode");
    const health = startHealth();
    expect(await health.migrations).toEqual({
      ok: false,
      message: "The database took more than half a second for this, so the desk stopped asking.",
    });
    expect((await health.disk).ok && (await health.locks).ok && (await health.tableSizes).ok).toBe(true);
  });

  describe("statements", () => {
    const hidden = "what a visitor wrote";
    const ask = () =>
      workOn("/contacts", "1", () =>
        queryRows(Prisma.sql`
          select id, coalesce(name, 'nobody') -- who
          from contact_submissions
          where email = ${hidden} and status in (${Prisma.join(["new", "spam"])}) and "timestamp" > now() - interval '3 days'
            and extract(epoch from "timestamp") > -5 limit 10`),
      );

    test("are read where the extension is, in whatever schema", async () => {
      await world.admin.query("create schema stats");
      await world.admin.query("create extension pg_stat_statements schema stats");
      expect(await readHints()).toEqual({ state: "forbidden", lines: ["grant usage on schema stats to desk_app;"] });
      await world.admin.query("grant usage on schema stats to desk_app");
      expect(await readHints()).toEqual({ state: "read", lines: [] });
    });

    test("by screen are joined with the database's own count of them", async () => {
      for (const _time of [1, 2, 3]) await ask();
      const { statements } = await readStatistics(await getHealthAccess());
      const screen = listSlowScreens(listStatementTimes(), statements).find((one) => one.screen === "/contacts");
      const found = screen?.statements.find(
        ({ text }) => text.includes("nobody") || text.includes("coalesce(name, ?)"),
      );
      expect(found?.inDatabase?.calls).toBe(found?.calls);
      expect(found?.inDatabase?.mean).toBeGreaterThan(0);
      expect(JSON.stringify(screen)).not.toMatch(new RegExp(`${hidden}|nobody|3 days`));
    });

    test("of the page itself are all found again, whatever the database made of their constants", async () => {
      const health = startHealth();
      await Promise.all(Object.values(health));
      const { statements } = await readStatistics(await getHealthAccess());
      const counted = new Set(statements.map(({ id }) => id));
      const lost = listStatementTimes().filter(({ id, text }) => !counted.has(id) && text.includes("pg_"));
      expect(lost.map(({ text }) => text)).toEqual([]);
    });

    test("that this process has not asked for are told of apart", async () => {
      await using other = await connect(world.app);
      await other.query("select count(*), 'elsewhere' from contact_notes");
      const { statements } = await readStatistics(await getHealthAccess());
      const texts = listOtherStatements(listStatementTimes(), statements).map(({ text }) => text);
      expect(texts.some((text) => text.includes("contact_notes"))).toBe(true);
      expect(texts.join()).not.toContain("elsewhere");
    });

    test("show their plan from 16 on, and are not run for it", async () => {
      await ask();
      const id = listStatementTimes().find(({ text }) => text.includes("coalesce(name, 'nobody')"))?.id ?? "";
      const result = await getPlan(id);
      if (version === 15) {
        expect(result).toEqual({
          ok: false,
          message: "PostgreSQL 15 plans a statement only with its values. From 16 on the plan is shown here.",
        });
        return;
      }
      expect(result).toMatchObject({ ok: true, plan: expect.stringContaining("contact_submissions") });
      expect(JSON.stringify(result)).not.toContain(hidden);
      const change = () =>
        queryRows(Prisma.sql`with changed as (select 1) update desk_settings set name = ${"X"} from changed`).catch(
          () => undefined,
        );
      await change();
      const changing = listStatementTimes().find(({ text }) => text.includes("update desk_settings"))?.id ?? "";
      expect(await getPlan(changing)).toMatchObject({
        ok: true,
        plan: expect.stringContaining("Update on desk_settings"),
      });
    });

    test("of which two stand in one text have no plan: the second would be run", async () => {
      const text = "select 1 as two_in_one; delete from change_batches";
      countStatement("/contacts", text, 1, 1);
      const message =
        version === 15 ? expect.stringContaining("PostgreSQL 15") : expect.stringContaining("no longer knows");
      expect(await getPlan(nameStatement(text))).toEqual({ ok: false, message });
    });

    test("that nobody knows have no plan", async () => {
      expect(await getPlan("0123456789abcdef")).toMatchObject({ ok: false });
    });

    test("have no count for a minute where the server has so many that reading their texts takes long", async () => {
      const access = await getHealthAccess();
      await using other = await connect(world.app);
      const askFor = async (column: string) => {
        await other.query(`select pg_sleep(0.1), ${column} from desk_settings`);
        return (await readStatistics(access)).statements.some(({ text }) =>
          text.includes(`, ${column} from desk_settings`),
        );
      };
      const names = ["id", "name", "email", "company", "service", "message", "status", "source", "budget", "version"];
      const digits = Array.from({ length: 1_000 }, (_, number) => [...String(number).padStart(3, "0")].map(Number));
      for (const columns of digits) {
        await other.query(`select ${columns.map((digit) => names[digit]).join(", ")} from contact_submissions`);
      }
      const clock = vi.spyOn(performance, "now");
      const later = performance.now() + 60_000;
      clock.mockReturnValue(later);
      // What took most comes first, so these are among the statements that are read.
      expect(await askFor("id")).toBe(true);
      expect(await askFor("name")).toBe(false);
      clock.mockReturnValue(later + 60_000);
      expect(await askFor("time_zone")).toBe(true);
      clock.mockRestore();
    });
  });
});

test("a server that has not loaded the library says which line loads it", async () => {
  await using admin = await connect(process.env.TEST_SUPERUSER_URL ?? "");
  await admin.query("create extension pg_stat_statements");
  expect(await readHints()).toMatchObject({
    state: "not loaded",
    lines: ["grant pg_monitor to desk_app;", "shared_preload_libraries = 'pg_stat_statements'"],
  });
});
