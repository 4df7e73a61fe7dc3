import { randomUUID } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { Prisma } from "@/generated/prisma/client";
import { runChunk, startBulk } from "@/lib/change/bulk";
import { changeContacts } from "@/lib/change/change";
import { freezeMatching } from "@/lib/change/frozen-set";
import { getContact } from "@/lib/contact/queries";
import { inTransaction, queryRows } from "@/lib/database/query";
import { getReplicaState, mostBehind } from "@/lib/database/replica/replica-watch";
import { emptyFilter } from "@/lib/filter/filter";
import { parseFilter } from "@/lib/filter/url";
import { getOwnReplica } from "@/lib/health/replication";
import { countContacts } from "@/lib/list/counts";
import { listContacts } from "@/lib/list/queries";
import { printMetrics } from "@/lib/metrics/print";
import { workFor } from "@/lib/runtime/requester";
import { findFreePort } from "@/scripts/command/processes";
import { viewerOf } from "../../viewer";
import { connect } from "../installation";
import { startPgBouncer } from "../pgbouncer";
import { startProxy } from "../proxy";
import {
  beginExport,
  countReads,
  enterReplicaWorld,
  own,
  type Person,
  portOf,
  type ReplicaWorld,
  trouble,
} from "./replica-world";

let world: ReplicaWorld;
/** Somebody who never changes anything. */
let manager: Person;

beforeAll(async () => {
  world = await enterReplicaWorld();
  manager = await world.addPerson();
});
afterAll(() => world.leave());
beforeEach(() => untilWell());

/** Runs SQL on the replica as its superuser. */
async function onReplica(sql: string): Promise<void> {
  const url = new URL(world.superuser);
  url.port = String(world.replica.port);
  await using superuser = await connect(url.toString());
  await superuser.query(sql);
}

/** Until the replica is read from again. */
const untilWell = () => expect.poll(trouble).toBe(null);

const closedOf = (count: number) => ({ counted: count, facet: count, charted: count, exported: count });
const port = (person: Person) => person.ask(() => portOf());

describe("a replica that keeps up", () => {
  test("answers what may be a moment old, for a person alone", async () => {
    await untilWell();
    expect(await port(manager)).toBe(world.replica.port);
    expect(await manager.ask(() => portOf("read only"))).toBe(world.server.port);
    // What is read for nobody is cached for everybody.
    expect(await workFor(null, () => portOf())).toBe(world.server.port);
  });

  test("answers charts, files, exact counts and facets, and nothing that is acted upon", async () => {
    const person = await world.addPerson();
    const before = await countReads();
    expect(await person.read()).toEqual(closedOf(0));
    // One each of charts, files and counts, and two of facets. Charts are there before their transaction ends.
    await expect.poll(async () => ((await countReads()).replica ?? 0) - (before.replica ?? 0)).toBe(5);
    const after = await countReads();
    const viewer = viewerOf(person.id);
    await person.ask(async () => {
      await listContacts(emptyFilter, viewer);
      await countContacts(emptyFilter, viewer);
      await getContact(person.contacts[0] ?? "");
      await freezeMatching(emptyFilter, viewer);
    });
    await person.close(2);
    expect(await countReads()).toEqual(after);
  });

  test("is no later than it is, on a primary that nobody writes to", async () => {
    const behind = () => getReplicaState()?.lagBytes;
    await expect.poll(behind).toBe(0);
    await pause(2_500);
    expect(getReplicaState()).toMatchObject({ lagBytes: 0, lagSeconds: 0 });
    expect(getOwnReplica()?.words).toMatch(
      /^The desk reads charts, exports, exact counts and facets from its replica\./,
    );
    expect(await printMetrics()).toContain("\ndesk_replica_used 1\n");
  });
});

describe("a replica that is late", () => {
  test("answers others, and not a person without what they have changed", async () => {
    const person = await world.addPerson();
    await onReplica("select pg_wal_replay_pause()");
    try {
      await person.close(3);
      expect(await person.read()).toEqual(closedOf(3));
      expect(await port(person)).toBe(world.server.port);
      expect(await port(manager)).toBe(world.replica.port);
    } finally {
      await onReplica("select pg_wal_replay_resume()");
    }
    await expect.poll(() => port(person)).toBe(world.replica.port);
    expect(await person.read()).toEqual(closedOf(3));
  });

  test("is not read from by the very request that changes something, nor after a large change", async () => {
    const person = await world.addPerson();
    const viewer = viewerOf(person.id);
    const filter = parseFilter(new URLSearchParams({ service: person.service })).filter;
    await onReplica("select pg_wal_replay_pause()");
    try {
      await person.ask(async () => {
        expect(await portOf()).toBe(world.replica.port);
        const contacts = [{ id: person.contacts[0] ?? "", version: 1 }];
        await changeContacts(person.id, { key: randomUUID(), change: { status: "closed" }, contacts });
        expect(await portOf()).toBe(world.server.port);
      });
      await person.ask(async () => {
        const frozen = await freezeMatching(filter, viewer);
        if (!frozen || frozen === "too many") throw new Error("Nothing was frozen.");
        await startBulk(person.id, { key: randomUUID(), set: frozen.id, change: { status: "closed" } });
      });
      while (await workFor(null, runChunk));
      expect(await person.read()).toEqual(closedOf(own));
    } finally {
      await onReplica("select pg_wal_replay_resume()");
    }
  });

  test("is left by all above a limit, said in bytes and seconds, and read from again when it has caught up", async () => {
    await onReplica("select pg_wal_replay_pause()");
    try {
      await world.admin.query(
        "select pg_logical_emit_message(false, 'desk', repeat('x', 1000000)) from generate_series(1, 20)",
      );
      await expect.poll(trouble).toBe("late");
      const { lagBytes, lagSeconds } = getReplicaState() ?? {};
      expect(lagBytes).toBeGreaterThan(mostBehind.bytes);
      expect(lagBytes).toBeLessThan(30e6);
      expect(await port(manager)).toBe(world.server.port);
      expect(getOwnReplica()).toEqual({
        used: false,
        words: expect.stringMatching(
          /^The desk reads everything from the primary: its replica is too far behind\. It is \d\d MB and .+ behind\.$/,
        ),
      });
      const metrics = await printMetrics();
      expect(metrics).toContain("\ndesk_replica_used 0\n");
      expect(Number(/^desk_replica_lag_bytes (\d+)$/m.exec(metrics)?.[1])).toBeGreaterThan(mostBehind.bytes);
      expect(metrics).toMatch(/^desk_replica_lag_seconds \d/m);
      await expect.poll(() => getReplicaState()?.lagSeconds).toBeGreaterThan((lagSeconds ?? 0) + 1);
    } finally {
      await onReplica("select pg_wal_replay_resume()");
    }
    await untilWell();
    expect(await port(manager)).toBe(world.replica.port);
  });
});

describe("a replica that fails", () => {
  /** Reads for so many ms, wherever it may. */
  const readFor = (milliseconds: number) =>
    manager.ask(async () => {
      const read = Prisma.sql`select inet_server_port() as port, pg_sleep(${milliseconds / 1_000})`;
      const [row] = await inTransaction("analytics", (run) => run<{ port: number }>(read), "aside");
      return row?.port;
    });

  /** How many statements of the desk sleep on the replica. */
  async function countSleeping(): Promise<number> {
    const url = new URL(world.superuser);
    url.port = String(world.replica.port);
    await using superuser = await connect(url.toString());
    const { rows } = await superuser.query(
      "select count(*)::int as n from pg_stat_activity where usename = 'desk_app' and wait_event = 'PgSleep'",
    );
    return rows[0].n;
  }

  test("by taking too long: that is the answer, and the primary is not asked as well", async () => {
    const before = await countReads();
    const slow = manager.ask(() => queryRows(Prisma.sql`select pg_sleep(30)`, "broad", "aside"));
    const cancelled = expect(slow).rejects.toMatchObject({ code: "too_slow" });
    await expect.poll(countSleeping).toBe(1);
    await cancelled;
    expect(await countReads()).toEqual(before);
  });

  test("in the middle of a read: the primary answers it", async () => {
    const reading = readFor(1_000);
    await expect.poll(countSleeping).toBe(1);
    await world.replica.stop();
    try {
      expect(await reading).toBe(world.server.port);
      expect(await port(manager)).toBe(world.server.port);
      await expect.poll(trouble).toBe("silent");
    } finally {
      await world.replica.start();
    }
    await untilWell();
    expect(await port(manager)).toBe(world.replica.port);
  });

  test("in the middle of a file: it ends with an error, and never looks whole", async () => {
    const long = `Long ${randomUUID()}`;
    await world.admin.query(
      `insert into contact_submissions (id, name, email, message, service, "timestamp")
       select $1 || n, 'Long', 'l@x.example', repeat('x', 100000), $1, now() from generate_series(1, 200) n`,
      [long],
    );
    const viewer = viewerOf(manager.id);
    const filter = parseFilter(new URLSearchParams({ service: long })).filter;
    const begin = () => manager.ask(() => beginExport(filter, viewer));
    /** Begins it and leaves. */
    const matching = async () => {
      const started = await begin();
      await started?.body.cancel();
      return started?.matching;
    };
    await expect.poll(matching).toBe(200);
    const started = await begin();
    await world.replica.stop();
    await expect(new Response(started?.body).text()).rejects.toThrow("An export cannot begin twice.");
    expect(await matching()).toBe(200);
    await world.replica.start();
    await world.admin.query("delete from contact_submissions where service = $1", [long]);
  });

  test("because the log takes away what is read: the primary answers, and files are read there from the beginning", async () => {
    await world.replica.stop();
    await world.replica.start({ hot_standby_feedback: "off", max_standby_streaming_delay: "0" });
    await expect.poll(() => getReplicaState()?.keepsRows).toBe(false);
    await untilWell();
    const person = await world.addPerson();
    const ports: unknown[] = [];
    const counted = await manager.ask(() =>
      inTransaction(
        "analytics",
        async (run) => {
          ports.push(...(await run(Prisma.sql`select inet_server_port() as port, count(*) from contact_submissions`)));
          if (ports.length === 1) {
            await person.close(own);
            await world.admin.query("delete from contact_submissions where id = any($1)", [person.contacts.slice(1)]);
            await world.admin.query("vacuum contact_submissions");
            // The replica cancels it as soon as it replays the vacuum.
            await expect
              .poll(() =>
                run(Prisma.sql`select from contact_submissions`).then(
                  () => "reads",
                  () => "broken off",
                ),
              )
              .toBe("broken off");
          }
          return run<{ port: number }>(Prisma.sql`select inet_server_port() as port`);
        },
        "aside",
      ),
    );
    expect(counted).toEqual([{ port: world.server.port }]);
    expect(ports).toHaveLength(2);
    const before = await countReads();
    const [row] = await manager.ask(() =>
      inTransaction("export", (run) => run<{ port: number }>(Prisma.sql`select inet_server_port() as port`), "aside"),
    );
    expect(row?.port).toBe(world.server.port);
    expect((await countReads()).unusable).toBe((before.unusable ?? 0) + 1);
    await world.replica.stop();
    await world.replica.start();
  });

  test("without a word: nobody waits longer than some seconds", async () => {
    const network = await startProxy(world.replica.port);
    world.readFrom(network.port);
    try {
      await untilWell();
      const reading = readFor(30_000);
      // Expected from now on: it may fail before the cancelling itself is answered.
      const cancelled = expect(reading).rejects.toMatchObject({ code: "too_slow" });
      await expect.poll(countSleeping).toBe(1);
      // On a connection that is open already nothing refuses the next read.
      expect(await port(manager)).toBe(world.replica.port);
      network.silence();
      const started = performance.now();
      expect(await port(manager)).toBe(world.server.port);
      expect(performance.now() - started).toBeLessThan(3_000);
      // The read in progress starts again on the primary, without waiting for its own 30 seconds.
      const onPrimary = () =>
        world.admin.query("select pid from pg_stat_activity where usename = 'desk_app' and wait_event = 'PgSleep'");
      await expect.poll(async () => (await onPrimary()).rowCount).toBe(1);
      await world.admin.query("select pg_cancel_backend($1)", [(await onPrimary()).rows[0].pid]);
      await cancelled;
    } finally {
      world.readFrom();
      await network.close();
    }
  });

  test("to be what it should: the primary itself, another database, a server that nobody knows", async () => {
    try {
      world.readFrom(world.server.port);
      await expect.poll(trouble).toBe("promoted");
      expect(await port(manager)).toBe(world.server.port);
      world.readFrom(world.replica.port, "postgres");
      await expect.poll(trouble).toBe("another");
      expect(await port(manager)).toBe(world.server.port);
      world.readFrom(await findFreePort());
      await expect.poll(trouble).toBe("silent");
      expect(await manager.read()).toEqual(closedOf(0));
    } finally {
      world.readFrom();
    }
  });
});

test("PgBouncer may stand before it", async () => {
  const pooler = await startPgBouncer({ ...world.server, port: world.replica.port });
  world.readFrom(pooler.port);
  try {
    await untilWell();
    expect(await port(manager)).toBe(world.replica.port);
    expect(await manager.read()).toEqual(closedOf(0));
    await expect
      .poll(() =>
        manager.ask(() =>
          queryRows<{ limit: string }>(
            Prisma.sql`select current_setting('statement_timeout') || ' ' || current_setting('lock_timeout') as limit`,
            "interactive",
            "aside",
          ),
        ),
      )
      .toEqual([{ limit: "5s 1s" }]);
    // It keeps clients waiting whose server is gone.
    await world.replica.stop();
    expect(await port(manager)).toBe(world.server.port);
    await world.replica.start();
  } finally {
    world.readFrom();
    await pooler.stop();
  }
});

test("under load nobody sees an error, nor anybody less than they have changed, whatever becomes of the replica", async () => {
  const people = await Promise.all(Array.from({ length: 3 }, () => world.addPerson()));
  const seen: unknown[] = [];
  const wrong: unknown[] = [];
  let working = true;
  const note = (found: unknown, expected: unknown) => {
    seen.push(found);
    if (JSON.stringify(found) !== JSON.stringify(expected)) wrong.push({ found, expected });
  };
  const work = async (person: Person, round: number): Promise<void> => {
    if (!working) return;
    const count = person === manager ? 0 : (round % own) + 1;
    try {
      if (person !== manager) await person.close(count);
      note(await person.read(), closedOf(count));
    } catch (error) {
      wrong.push(error);
    }
    return work(person, round + 1);
  };
  const loops = [...people, manager].map((person) => work(person, 0));
  /** Until both have read there since, who changes things and who does not. */
  const untilReadThere = async () => {
    const { replica = 0 } = await countReads();
    await expect.poll(async () => (await countReads()).replica ?? 0).toBeGreaterThan(replica + 20);
  };
  /** Until everybody has read some times more. */
  const untilMore = async () => {
    const before = seen.length;
    await expect.poll(() => seen.length).toBeGreaterThan(before + 8);
  };
  try {
    await untilReadThere();
    await onReplica("select pg_wal_replay_pause()");
    await untilMore();
    await onReplica("select pg_wal_replay_resume()");
    await untilReadThere();
    await world.replica.stop();
    await untilMore();
    await world.replica.start();
    await untilReadThere();
    await onReplica("select pg_promote()");
    // Before anybody has looked, too.
    expect(await port(manager)).toBe(world.server.port);
    await expect.poll(trouble).toBe("promoted");
    await untilMore();
  } finally {
    working = false;
    await Promise.all(loops);
  }
  expect(wrong).toEqual([]);
  const { own_change: kept, failed } = await countReads();
  expect(kept).toBeGreaterThan(0);
  expect(failed).toBeGreaterThan(0);
  // Its slot stays behind on the primary.
  const { rows } = await world.admin.query("select slot_name, active from pg_replication_slots");
  expect(rows).toEqual([{ slot_name: "desk_replica", active: false }]);
});
