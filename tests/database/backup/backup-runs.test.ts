import { spawn } from "node:child_process";
import { once } from "node:events";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { getBackupFigures } from "@/lib/backup/make/figures";
import { beginRun, endRun, extendRun, listRuns, recordCheck, recordMade } from "@/lib/backup/runs";
import { lookForDue } from "@/lib/backup/scheduler";
import { stopBackup } from "@/lib/backup/stop";
import type { TestDatabase } from "../databases";
import { connect } from "../installation";
import { type BackupWorld, createDesk, listFiles, replaceTools, startBackupWorld } from "./backup-world";

let world: BackupWorld;
let desk: TestDatabase;
let folder: string;
let hour = 0;

beforeAll(async () => {
  world = await startBackupWorld();
  desk = await createDesk(world.server, 50);
});
beforeEach(async () => {
  folder = world.begin(desk);
  process.env.BACKUP_CHECK = "each";
  await using owner = await connect(desk.owner);
  await owner.query("delete from backup_runs");
});
afterAll(async () => {
  delete process.env.BACKUP_CHECK;
  await world.stop();
});

/** An instant at which a backup is due that no test before has used. */
const nextDue = () => new Date(Date.UTC(2026, 0, 1, 6 * hour++));

/** A server of the desk's in a process of its own, which looks for what is due. */
function startServer(now: Date) {
  const child = spawn(process.execPath, [
    "--conditions=react-server",
    "--import",
    "tsx",
    "tests/database/backup/backup-server.ts",
    now.toISOString(),
  ]);
  let said = "";
  child.stdout.on("data", (text) => {
    said += text;
  });
  child.stderr.pipe(process.stderr);
  return { child, ended: once(child, "close").then(() => said) };
}

test("of several servers one makes the backup that is due, and proves it", async () => {
  const due = nextDue();
  const said = await Promise.all([due, due, new Date(due.getTime() + 3_600_000)].map((now) => startServer(now).ended));
  expect(said.filter((line) => line.includes("\nmade") || line.startsWith("made"))).toHaveLength(1);
  const runs = await listRuns(10);
  expect(runs).toMatchObject([
    { dueAt: due, state: "proved", reason: null, startedBy: expect.stringMatching(/ \d+$/) },
  ]);
  const name = runs[0]?.name ?? "";
  expect(listFiles(folder)).toEqual([`${name}.dump`, `${name}.json`, `${name}.proved.json`]);
  expect(runs[0]?.bytes).toBeGreaterThan(10_000);
  expect(await lookForDue(due)).toBe(false);
});

describe("a run", () => {
  test("is one at a time, and one for each instant", async () => {
    const due = nextDue();
    const begun = await Promise.all(Array.from({ length: 8 }, () => beginRun(due)));
    expect(begun.filter(({ ok }) => ok)).toHaveLength(1);
    expect(await beginRun(nextDue())).toEqual({ ok: false, reason: "under way" });
    expect(await beginRun(null)).toEqual({ ok: false, reason: "under way" });
    const [run] = begun.filter((each) => each.ok);
    const id = run?.id ?? "";
    expect(await beginRun(due)).toEqual({ ok: false, reason: "under way" });
    await recordMade(id, "dump-20260101-000000", 1);
    await endRun(id, { check: null, reason: null });
    expect(await beginRun(due)).toEqual({ ok: false, reason: "taken" });
    expect(await beginRun(null)).toMatchObject({ ok: true });
  });

  test("whose process has fallen silent is told of, and another begins; what the first does then counts no more", async () => {
    const due = nextDue();
    const first = await beginRun(due);
    const id = first.ok ? first.id : "";
    expect(await extendRun(id)).toBe(true);
    await using owner = await connect(desk.owner);
    await owner.query("update backup_runs set seen_at = now() - interval '3 minutes'");
    expect(await beginRun(due)).toEqual({ ok: false, reason: "resting" });
    expect(await beginRun(null)).toMatchObject({ ok: true });
    expect(await extendRun(id)).toBe(false);
    await endRun(id, { check: "proved", reason: null });
    expect(await listRuns(2)).toMatchObject([
      { state: "running" },
      { state: "failed", reason: "Its process ended before it was done." },
    ]);
  });

  test("that is killed in the middle leaves no backup, and is made up for when it has rested", async () => {
    await replaceTools(world.folder, {
      dump: `"$real_dump" "$@" | head -c 20000; kill -USR2 ${process.pid}; exec sleep 60`,
    });
    const half = once(process, "SIGUSR2");
    const due = nextDue();
    const server = startServer(due);
    await half;
    server.child.kill("SIGKILL");
    await server.ended;
    expect(listFiles(folder).filter((file) => !file.startsWith("."))).toEqual([]);
    delete process.env.PG_DUMP_PATH;
    // Nobody knows yet that it is dead; then it rests.
    expect(await lookForDue(due)).toBe(false);
    await using owner = await connect(desk.owner);
    await owner.query("update backup_runs set seen_at = now() - interval '3 minutes'");
    expect(await lookForDue(due)).toBe(false);
    await owner.query("update backup_runs set retry_at = now()");
    expect(await lookForDue(due)).toBe(true);
    expect(await listRuns(2)).toMatchObject([{ state: "proved" }, { state: "failed" }]);
  });

  test("that fails says why, in the words of the one sentence, and is tried again half an hour later", async () => {
    process.env.PG_DUMP_PATH = "/nowhere";
    const due = nextDue();
    expect(await lookForDue(due)).toBe(true);
    expect(await listRuns(1)).toMatchObject([
      {
        state: "failed",
        scheduled: true,
        dueAt: null,
        name: null,
        reason: "PG_DUMP_PATH names a program that is not there.",
      },
    ]);
    expect(await getBackupFigures()).toMatchObject({ failed: 1, bytes: null });
    delete process.env.PG_DUMP_PATH;
    expect(await lookForDue(due)).toBe(false);
    await using owner = await connect(desk.owner);
    const { rows } = await owner.query("select retry_at - ended_at = interval '30 minutes' as rests from backup_runs");
    expect(rows).toEqual([{ rests: true }]);
    await owner.query("update backup_runs set retry_at = now()");
    expect(await lookForDue(due)).toBe(true);
    expect(await listRuns(1)).toMatchObject([{ state: "proved", dueAt: due }]);
  });

  test("that is given up as its server ends is made by the next server at once", async () => {
    await replaceTools(world.folder, { dump: `kill -USR2 ${process.pid}; exec sleep 60` });
    const due = nextDue();
    const begun = once(process, "SIGUSR2");
    const looking = lookForDue(due);
    await begun;
    await stopBackup();
    await looking;
    expect(await listRuns(1)).toMatchObject([{ state: "failed", reason: expect.stringContaining("told to end") }]);
    expect(listFiles(folder)).toEqual([]);
    delete process.env.PG_DUMP_PATH;
    expect(await lookForDue(due)).toBe(true);
    expect(await listRuns(1)).toMatchObject([{ state: "proved", dueAt: due }]);
  });

  test("that could not be checked is made and not proved; with BACKUP_CHECK=daily one a day is", async () => {
    process.env.BACKUP_CHECK_URL = "postgresql://nobody:x@127.0.0.1:1/none";
    await lookForDue(nextDue());
    expect(await listRuns(1)).toMatchObject([
      { state: "unchecked", reason: expect.stringContaining("Cannot reach the database") },
    ]);
    expect(await getBackupFigures()).toMatchObject({ failed: 0, bytes: expect.any(Number) });
    delete process.env.BACKUP_CHECK_URL;
    process.env.BACKUP_CHECK = "daily";
    await lookForDue(nextDue());
    await lookForDue(nextDue());
    expect((await listRuns(3)).map(({ state }) => state)).toEqual(["made", "proved", "unchecked"]);
  });
});

test("what a later check finds is known of the run, unless it could not be made", async () => {
  const begun = await beginRun(null);
  const id = begun.ok ? begun.id : "";
  await recordMade(id, "dump-20261129-000000", 1_000);
  await endRun(id, { check: "unchecked", reason: "No room." });
  await recordCheck("dump-20261129-000000", { state: "unchecked", reason: "No room again.", seconds: 1 });
  expect(await listRuns(1)).toMatchObject([{ state: "unchecked", reason: "No room." }]);
  await recordCheck("dump-20261129-000000", { state: "refuted", reason: "A byte is another.", seconds: 1 });
  expect(await listRuns(1)).toMatchObject([{ state: "refuted", reason: "A byte is another." }]);
  await recordCheck("dump-20261129-000000", { state: "proved", proof: { tables: 1, rows: 1, seconds: 1 } as never });
  expect(await listRuns(1)).toMatchObject([{ state: "proved", reason: null }]);
});

test("what is told to Prometheus grows from the moment a backup is late, or has not been proved", async () => {
  process.env.BACKUP_SCHEDULE = "0 */6 * * *";
  const at = (text: string) => new Date(`2026-03-01T${text}Z`);
  await using owner = await connect(desk.owner);
  const insert = (started: string, name: string | null, check: string | null) =>
    owner.query(
      `insert into backup_runs (scheduled, started_by, started_at, ended_at, name, bytes, check_state)
       values (true, 'x', $1, $1, $2::text, case when $2::text is not null then 1000 end, $3)`,
      [at(started), name, check],
    );
  expect(await getBackupFigures(at("07:00:00"))).toEqual({ late: 3_600, unproved: 0, failed: 0, bytes: null });
  await insert("06:00:10", "dump-1", "proved");
  expect(await getBackupFigures(at("12:00:00"))).toEqual({ late: 0, unproved: 21_590, failed: 0, bytes: 1_000 });
  await insert("12:00:10", null, null);
  await insert("18:00:10", "dump-2", "refuted");
  expect(await getBackupFigures(at("21:00:00"))).toEqual({ late: 0, unproved: 53_990, failed: 1, bytes: 1_000 });
  delete process.env.BACKUP_DIR;
  expect(await getBackupFigures()).toBeNull();
  delete process.env.BACKUP_SCHEDULE;
});
