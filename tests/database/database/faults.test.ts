import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { chmodSync, chownSync, existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Assignments } from "@/lib/change/assignments";
import { runChunk, startBulk } from "@/lib/change/bulk";
import { getBulk } from "@/lib/change/bulk-progress";
import { changeContacts } from "@/lib/change/change";
import { freezeMatching } from "@/lib/change/frozen-set";
import type { ChangeResult } from "@/lib/change/outcome";
import { emptyFilter, withField } from "@/lib/filter/filter";
import type { Viewer } from "@/lib/filter/viewer";
import { listContacts } from "@/lib/list/queries";
import { isAlive } from "@/scripts/command/processes";
import type { Cluster } from "@/scripts/database/postgres";
import { findServerUser } from "@/scripts/database/server-programs";
import { viewerOf } from "../../viewer";
import { openWorld } from "../change/change-world";
import { createDatabase } from "../databases";
import { restartTestServer, startMigratedServer } from "../server";

/**
 * A server of its own, because the tests kill it. Each test records what was acknowledged, and compares it at the end
 * with what is stored: nothing lost, nothing doubled, one row of history for each change.
 */
let cluster: Cluster;
let close: () => Promise<void>;
let world: ReturnType<typeof openWorld>;
let viewer: Viewer;
/** A small disk, where this machine allows mounting one. */
let disk: string | null = null;

beforeAll(async () => {
  const started = await startMigratedServer();
  const database = await createDatabase(started.server);
  await started.cluster.stop();
  cluster = await restartTestServer(started.cluster);
  process.env.DATABASE_URL = database.app;
  world = openWorld(database.superuser);
  viewer = viewerOf(await world.addStaff("Ada Keller"));
  close = async () => {
    await world.close();
    await cluster.stop();
    // What the first start would remove; its process is gone, and so nothing is stopped twice.
    await started.stop().catch(() => undefined);
    if (disk) execFileSync("umount", [disk]);
    if (disk) rmSync(disk, { recursive: true, force: true });
  };
});

afterAll(() => close());

/** So many contacts of a service of their own. */
async function addContacts(count: number): Promise<{ ids: string[]; service: string }> {
  const service = `Faults ${randomUUID()}`;
  const { rows } = await world.query(
    `insert into contact_submissions (id, name, email, message, service, "timestamp", status)
     select 'fault_' || gen_random_uuid(), 'Mara Lindqvist', 'mara@northlight.example', 'Hello', $1, now(), 'new'
     from generate_series(1, $2) returning id`,
    [service, count],
  );
  return { ids: rows.map(({ id }) => id).sort(), service };
}

async function startLarge(service: string, change: Assignments): Promise<string> {
  const set = await freezeMatching(withField(emptyFilter, "service", { add: [service] }), viewer);
  if (set === null || set === "too many") throw new Error("nothing was frozen");
  const key = randomUUID();
  const started = await startBulk(viewer.staffId, { key, set: set.id, change } as never);
  if (!started.ok) throw new Error(started.message);
  return key;
}

/** Makes a large change to its end, whatever fails on the way, as the runner does. */
async function finishLarge(batch: string): Promise<void> {
  for (;;) {
    const progress = await getBulk(batch).catch(() => null);
    if (progress && progress.state !== "running") return;
    await runChunk().catch(() => pause(20));
  }
}

const hasBegun = (batch: string) =>
  expect.poll(async () => (await getBulk(batch).catch(() => null))?.done ?? 0, { timeout: 30_000 }).toBeGreaterThan(0);

/** How many changes of each contact were acknowledged. */
class Ledger {
  readonly counts = new Map<string, number>();

  note(ids: string[]): void {
    for (const id of ids) this.counts.set(id, (this.counts.get(id) ?? 0) + 1);
  }
}

const statuses = ["in_review", "contacted", "qualified", "spam", "new"] as const;

/**
 * Changes some of the contacts again and again. A request without a good answer is sent again under its key, as a
 * person would do.
 */
async function write(ids: string[], rounds: number, ledger: Ledger): Promise<void> {
  for (let round = 0; round < rounds; round++) {
    const chosen = ids.filter(() => Math.random() < 0.2).slice(0, 40);
    const versions = await insist(async () => {
      const { rows } = await world.query("select id, version from contact_submissions where id = any($1)", [chosen]);
      return rows as { id: string; version: number }[];
    });
    if (versions.length === 0) continue;
    const change = { status: statuses[Math.floor(Math.random() * statuses.length)] };
    const request = { key: randomUUID(), change, contacts: versions };
    const result = await insist(async () => {
      const answer: ChangeResult = await changeContacts(viewer.staffId, request);
      if (!answer.ok) throw new Error(`${answer.code}: ${answer.message}`);
      return answer;
    });
    ledger.note(result.changed.map(({ id }) => id));
  }
}

/** Retries until it works, because the database is away for a moment. */
async function insist<T>(work: () => Promise<T>): Promise<T> {
  for (let tries = 0; ; tries++) {
    try {
      return await work();
    } catch (error) {
      if (tries > 500) throw error;
      await pause(20);
    }
  }
}

/** Every contact's version and history say exactly what was acknowledged. */
async function expectLedger(ids: string[], ledger: Ledger, batch: string | null = null): Promise<void> {
  if (batch) {
    const { rows } = await world.query("select contact_id as id from contact_history where batch_id = $1", [batch]);
    ledger.note(rows.map(({ id }) => id));
  }
  const { rows } = await world.query(
    `select c.id, c.version - 1 as versions,
       (select count(*)::int from contact_history h where h.contact_id = c.id) as history
     from contact_submissions c where c.id = any($1)`,
    [ids],
  );
  expect(rows.length).toBe(ids.length);
  const wrong = rows.filter(({ id, versions, history }) => {
    const acknowledged = ledger.counts.get(id) ?? 0;
    return versions !== acknowledged || history !== acknowledged;
  });
  expect(wrong).toEqual([]);
}

/** Kills a process, unless it has ended by itself since it was listed. */
function killIfThere(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}

/** Kills the server and all its processes at once, like a power cut. Resolves when they are gone. */
async function killCluster(): Promise<void> {
  const listed = execFileSync("ps", ["-A", "-o", "pid=,ppid="], { encoding: "utf8" });
  const children = listed
    .split("\n")
    .map((line) => line.trim().split(/\s+/).map(Number))
    .flatMap(([pid = 0, parent]) => (parent === cluster.pid ? [pid] : []));
  for (const pid of [cluster.pid, ...children]) killIfThere(pid);
  // PostgreSQL also refuses to start while a dead process with the old number has not been collected by its parent.
  const isThere = (pid: number) => isAlive(pid) || existsSync(`/proc/${pid}`);
  await expect.poll(() => [cluster.pid, ...children].filter(isThere), { timeout: 30_000 }).toEqual([]);
}

describe("in the middle of a large change and of many small ones", () => {
  test("the database is killed and comes back: nothing is lost, nothing doubled, and it goes on where it stood", async () => {
    const large = await addContacts(6_000);
    const small = await addContacts(200);
    const ledger = new Ledger();
    const batch = await startLarge(large.service, { status: "closed" });
    const traffic = [finishLarge(batch), ...[1, 2, 3].map(() => write(small.ids, 12, ledger))];
    await hasBegun(batch);
    await killCluster();
    cluster = await restartTestServer(cluster);
    await Promise.all(traffic);
    expect(await getBulk(batch)).toMatchObject({ state: "finished", done: 6_000, stale: 0 });
    await expectLedger(small.ids, ledger);
    await expectLedger(large.ids, new Ledger(), batch);
  });

  test("the database is restarted under ten writers: each change is made once, or known not to be", async () => {
    const { ids } = await addContacts(300);
    const ledger = new Ledger();
    const traffic = Array.from({ length: 10 }, () => write(ids, 8, ledger));
    await expect.poll(() => ledger.counts.size, { timeout: 30_000 }).toBeGreaterThan(0);
    await cluster.stop();
    cluster = await restartTestServer(cluster);
    await Promise.all(traffic);
    await expectLedger(ids, ledger);
  });

  test("the desk's own server is killed: another goes on, and no chunk is made twice or in part", async () => {
    const { ids, service } = await addContacts(6_000);
    const batch = await startLarge(service, { status: "closed" });
    const first = startServer();
    await hasBegun(batch);
    first.kill("SIGKILL");
    await new Promise((resolve) => first.once("exit", resolve));
    const { rows } = await world.query(
      "select count(*)::int as closed from contact_submissions where id = any($1) and status = 'closed'",
      [ids],
    );
    // What the killed one had begun is rolled back by the database as soon as it notices.
    const { done = -1 } = (await getBulk(batch)) ?? {};
    expect(rows[0].closed).toBeLessThanOrEqual(done);
    expect(rows[0].closed % 1_000).toBe(0);
    const second = startServer();
    await new Promise((resolve) => second.once("exit", resolve));
    expect(await getBulk(batch)).toMatchObject({ state: "finished", done: 6_000, stale: 0 });
    await expectLedger(ids, new Ledger(), batch);
  });
});

function startServer(): ChildProcess {
  const options = ["--conditions=react-server", "--import", "tsx", "tests/database/database/faults-server.ts"];
  return spawn(process.execPath, options, { stdio: "ignore", env: process.env });
}

test("more changes than there are connections, under a lock: none hangs, each is made once when it is sent again", async () => {
  const { ids } = await addContacts(60);
  const ledger = new Ledger();
  const refused: string[] = [];
  const send = async (id: string) => {
    const request = { key: randomUUID(), change: { status: "closed" as const }, contacts: [{ id, version: 1 }] };
    for (;;) {
      const answer = await changeContacts(viewer.staffId, request);
      if (answer.ok) return ledger.note(answer.changed.map((changed) => changed.id));
      refused.push(answer.code);
    }
  };
  const all = world.hold("lock table contact_submissions in access exclusive mode", [], async () => {
    const sent = ids.map(send);
    // Ten wait for the lock, all others for a connection, until they are told that the desk is busy.
    await expect.poll(() => refused.length, { timeout: 30_000 }).toBeGreaterThanOrEqual(50);
    return sent;
  });
  await Promise.all(await all);
  expect([...new Set(refused)]).toEqual(["busy"]);
  await expectLedger(ids, ledger);
});

describe("a full disk", () => {
  /** Makes the history table run out of space, and returns a function that frees some. */
  async function fillDisk(): Promise<() => Promise<unknown>> {
    const user = findServerUser();
    if (user.uid === undefined || user.gid === undefined) {
      // Only root may mount, so here the server raises the error of a full disk itself.
      await world.query(`create function refuse_space() returns trigger language plpgsql as
        $$ begin raise exception 'no space left on device' using errcode = 'disk_full'; end $$`);
      await world.query(
        "create trigger refuse_space before insert on contact_history for each statement execute function refuse_space()",
      );
      return () => world.query("drop trigger refuse_space on contact_history");
    }
    disk = mkdtempSync(join(tmpdir(), "contact-desk-disk-"));
    chmodSync(disk, 0o755);
    execFileSync("mount", ["-t", "tmpfs", "-o", "size=24m,mode=0755", "tmpfs", disk]);
    chownSync(disk, user.uid, user.gid);
    await world.query(`create tablespace small location '${disk}'`);
    await world.query("create table filler (padding text) tablespace small");
    await world.query("alter table filler alter column padding set storage plain");
    const fill = "insert into filler select repeat('x', 7000) from generate_series(1, $1)";
    const month = await world.query(
      "select name from list_months() where parent = 'contact_history' and now() >= lower and now() < upper",
    );
    await world.query(`alter table ${month.rows[0].name} set tablespace small`);
    for (const rows of [2_000, 500, 100, 10, 1]) {
      for (let full = false; !full; )
        full = await world.query(fill, [rows]).then(
          () => false,
          () => true,
        );
    }
    return () => world.query("drop table filler");
  }

  test("is said in plain words, nothing is half written, reading goes on, and all is well once there is space", async () => {
    const { ids, service } = await addContacts(4_000);
    const makeSpace = await fillDisk();
    const contacts = ids.slice(0, 1_000).map((id) => ({ id, version: 1 }));
    const request = { key: randomUUID(), change: { status: "closed" as const }, contacts };
    expect(await changeContacts(viewer.staffId, request)).toMatchObject({
      ok: false,
      code: "busy",
      message: expect.stringContaining("storage is full"),
    });
    const batch = await startLarge(service, { status: "spam" });
    await expect(runChunk()).rejects.toMatchObject({ code: "storage_full" });
    const filter = withField(emptyFilter, "service", { add: [service] });
    const { rows } = await listContacts(filter, viewer);
    expect(rows.every(({ status, version }) => status === "new" && version === 1)).toBe(true);
    expect(await getBulk(batch)).toMatchObject({ state: "running", done: 0 });
    await expectLedger(ids, new Ledger());

    await makeSpace();
    await finishLarge(batch);
    expect(await getBulk(batch)).toMatchObject({ state: "finished", done: 4_000 });
    await expectLedger(ids, new Ledger(), batch);
  });
});
