import { randomUUID } from "node:crypto";
import { createServer, connect as dial, type Socket } from "node:net";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { changeContacts, undoBatch } from "@/lib/change/change";
import { type Status, statusOrder } from "@/lib/contact/status";
import { openWorld, settled } from "./change-world";

// The application's connections go through a proxy that can be cut while a commit is in flight.
const target = new URL(process.env.DATABASE_URL ?? "");
let slam: ((sent: Buffer) => "pass" | "cut" | "cut before") | undefined;
const door = createServer((client) => {
  const server = dial(Number(target.port), target.hostname);
  let cut = false;
  const end = (...sockets: Socket[]) => {
    for (const socket of sockets) socket.destroy();
  };
  client.on("data", (sent) => {
    const action = slam?.(sent) ?? "pass";
    if (action === "cut before") return end(client, server);
    // The server receives the message and executes it; only its answer is lost.
    if (action === "cut") cut = true;
    server.write(sent);
  });
  server.on("data", (answer) => (cut ? end(client, server) : client.write(answer)));
  for (const [one, other] of [
    [client, server],
    [server, client],
  ] as const) {
    one.on("error", () => end(other));
    one.on("close", () => end(other));
  }
});

const world = openWorld();
let people: string[];

beforeAll(async () => {
  await new Promise<void>((resolve) => door.listen(0, "127.0.0.1", resolve));
  const { port } = door.address() as { port: number };
  process.env.DATABASE_URL = Object.assign(new URL(target), { port: String(port) }).toString();
  people = await Promise.all(
    ["Ada Keller", "Tomo Sato", "Noor Haddad", "Luc Dubois"].map((name) => world.addStaff(name)),
  );
});
afterAll(async () => {
  door.close();
  await world.close();
});

const pick = <T>(list: readonly T[]): T => list[Math.floor(Math.random() * list.length)] as T;
const at = (ids: string[], version = 1) => ids.map((id) => ({ id, version }));

describe("two or more at once", () => {
  test("100 random rounds on one contact: its version counts the successes, with one history row each", async () => {
    const [id = ""] = await world.addContacts(1);
    let successes = 0;
    for (let round = 0; round < 100; round++) {
      const { version } = await world.getContact(id);
      const rivals = 2 + Math.floor(Math.random() * 3);
      const results = await Promise.all(
        Array.from({ length: rivals }, () =>
          changeContacts(pick(people), {
            key: randomUUID(),
            change: { status: pick<Status>(statusOrder) },
            contacts: [{ id, version }],
          }),
        ),
      );
      const outcomes = results.map(settled);
      const changed = outcomes.filter((outcome) => outcome.changed.length === 1).length;
      expect(changed).toBeLessThanOrEqual(1);
      for (const { conflicts } of outcomes) for (const { who } of conflicts) expect(who).not.toBe("Someone");
      successes += changed;
    }
    expect((await world.getContact(id)).version).toBe(1 + successes);
    const history = await world.listHistory([id]);
    expect(history.map(({ versionTo }) => versionTo)).toEqual(Array.from({ length: successes }, (_, n) => n + 2));
    expect(successes).toBeGreaterThan(30);
  });

  test("50 rounds of overlapping batches in opposite orders: none fails, none deadlocks, nothing is doubled", async () => {
    const ids = await world.addContacts(40);
    for (let round = 0; round < 50; round++) {
      const contacts = await Promise.all(
        ids.map(async (id) => ({ id, version: (await world.getContact(id)).version })),
      );
      const results = await Promise.all([
        changeContacts(pick(people), { key: randomUUID(), change: { status: round % 2 ? "new" : "closed" }, contacts }),
        changeContacts(pick(people), {
          key: randomUUID(),
          change: { status: "spam" },
          contacts: [...contacts].reverse().slice(0, 30),
        }),
        changeContacts(pick(people), {
          key: randomUUID(),
          change: { status: "qualified" },
          contacts: contacts.slice(5),
        }),
      ]);
      for (const id of ids) {
        const winners = results.map(settled).filter(({ changed }) => changed.some((contact) => contact.id === id));
        expect(winners.length).toBeLessThanOrEqual(1);
      }
    }
    const history = await world.listHistory(ids);
    const versions = await Promise.all(ids.map(async (id) => (await world.getContact(id)).version - 1));
    expect(history.length).toBe(versions.reduce((sum, changes) => sum + changes, 0));
  });

  test("a deadlock with somebody who locks in another order is tried again and not shown", async () => {
    const [low = "", high = ""] = await world.addContacts(2);
    const rival = new pg.Client({ connectionString: process.env.TEST_SUPERUSER_URL });
    await rival.connect();
    // The rival looks for deadlocks late, so that the one who finds it and gives way is the change.
    await rival.query("begin; set local deadlock_timeout = '20s'");
    await rival.query("update contact_submissions set message = 'first' where id = $1", [high]);
    const change = changeContacts(pick(people), {
      key: randomUUID(),
      change: { status: "closed" },
      contacts: at([low, high]),
    });
    await vi.waitUntil(async () => {
      const { rows } = await world.query(
        "select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'",
      );
      return rows.length > 0;
    });
    await rival.query("update contact_submissions set message = 'second' where id = $1", [low]);
    await rival.query("commit");
    await rival.end();
    expect(settled(await change).changed).toHaveLength(2);
  });

  test("changes and undos of the same contacts leave versions equal to history", async () => {
    const ids = await world.addContacts(10);
    for (let round = 0; round < 20; round++) {
      const before = await Promise.all(ids.map((id) => world.getContact(id)));
      const contacts = ids.map((id, index) => ({ id, version: before[index]?.version ?? 0 }));
      const first = settled(
        await changeContacts(pick(people), {
          key: randomUUID(),
          // What the first one is not: where an undo was quicker than all else, they may all be what they were before
          // it.
          change: { status: before[0]?.status === "closed" ? "new" : "closed" },
          contacts,
        }),
      );
      const now = first.changed.map(({ id, version }) => ({ id, version }));
      await Promise.all([
        undoBatch(pick(people), { key: randomUUID(), batch: first.batch }),
        changeContacts(pick(people), {
          key: randomUUID(),
          change: { status: "spam" },
          contacts: now.slice(0, 5).reverse(),
        }),
      ]);
    }
    const history = await world.listHistory(ids);
    const versions = await Promise.all(ids.map(async (id) => (await world.getContact(id)).version - 1));
    expect(history.length).toBe(versions.reduce((sum, changes) => sum + changes, 0));
  });
});

describe("a connection that breaks", () => {
  const isCommit = (sent: Buffer) => sent[0] === 0x51 && sent.toString("latin1", 5, 11) === "commit";

  test("while committing is asked about again with the same key: the change is made once and reported", async () => {
    const ids = await world.addContacts(3);
    let cuts = 0;
    slam = (sent) => (isCommit(sent) && cuts++ === 0 ? "cut" : "pass");
    const result = await changeContacts(pick(people), {
      key: randomUUID(),
      change: { status: "closed" },
      contacts: at(ids),
    });
    slam = undefined;
    expect(cuts).toBe(2);
    expect(settled(result).changed).toHaveLength(3);
    expect(await world.listHistory(ids)).toHaveLength(3);
  });

  test("and stays broken is not known to have failed: the person is told to check", async () => {
    const ids = await world.addContacts(3);
    let broken = false;
    slam = (sent) => {
      if (broken) return "cut before";
      broken = isCommit(sent);
      return broken ? "cut" : "pass";
    };
    const key = randomUUID();
    const person = pick(people);
    const result = await changeContacts(person, { key, change: { status: "closed" }, contacts: at(ids) });
    slam = undefined;
    expect(result).toMatchObject({ ok: false, code: "unknown", message: expect.stringContaining("Check") });
    expect(await world.listHistory(ids)).toHaveLength(3);
    expect(
      settled(await changeContacts(person, { key, change: { status: "closed" }, contacts: at(ids) })).changed,
    ).toHaveLength(3);
    expect(await world.listHistory(ids)).toHaveLength(3);
  });

  test("before the commit has changed nothing and says busy", async () => {
    const ids = await world.addContacts(3);
    slam = (sent) => (sent.includes("change_batches") ? "cut before" : "pass");
    const result = await changeContacts(pick(people), {
      key: randomUUID(),
      change: { status: "closed" },
      contacts: at(ids),
    });
    slam = undefined;
    expect(result).toMatchObject({ ok: false, code: "busy" });
    expect(await world.listHistory(ids)).toHaveLength(0);
  });
});
