import { type ChildProcess, spawn } from "node:child_process";
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import pg from "pg";
import { afterAll, expect, test } from "vitest";
import { findRunningServer, readPidFile, stopServer } from "@/scripts/database/postgres";

const folder = mkdtempSync(join(tmpdir(), "contact-desk-embedded-"));
chmodSync(folder, 0o711);
const data = join(folder, ".data", "postgres");
const started: ChildProcess[] = [];

afterAll(async () => {
  for (const child of started) child.kill("SIGKILL");
  const orphan = findRunningServer(data);
  if (orphan) await stopServer(orphan.pid);
  rmSync(folder, { recursive: true, force: true });
});

type Desk = { child: ChildProcess; ended: Promise<number | null>; output(): string };

/** Runs a desk without its application in a folder of its own. */
function run(kind: "desk" | "command"): Desk {
  const tsx = import.meta.resolve("tsx");
  const child = spawn(
    process.execPath,
    ["--conditions=react-server", "--import", tsx, resolve("tests/database/scripts/embedded-desk.ts"), kind],
    {
      cwd: folder,
      env: { NODE_ENV: "production", PATH: process.env.PATH, TSX_TSCONFIG_PATH: resolve("tsconfig.json") },
    },
  );
  started.push(child);
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on("data", (chunk) => {
      output += chunk;
    });
  }
  const ended = new Promise<number | null>((done) => child.once("exit", (code) => done(code)));
  return { child, ended, output: () => output };
}

async function untilOpen(desk: Desk): Promise<{ owner: string; app: string }> {
  await expect.poll(desk.output, { timeout: 30_000 }).toMatch(/open \S+ \S+/);
  const [, owner = "", app = ""] = /open (\S+) (\S+)/.exec(desk.output()) ?? [];
  return { owner, app };
}

async function query(url: string, sql: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

test("the built-in database: made once, shared by commands, refused to a second desk, taken over from a killed one, stopped without a trace", async () => {
  const first = run("desk");
  const { owner, app } = await untilOpen(first);

  const [settings] = await query(
    owner,
    `select current_setting('max_connections') as connections, current_setting('shared_buffers') as buffers,
      current_setting('effective_cache_size') as cache, current_setting('work_mem') as work,
      current_setting('server_version_num')::int / 10000 as version, lower('ÀÉÎ') as lower`,
  );
  expect(settings).toEqual({
    connections: "200",
    buffers: "256MB",
    cache: "1GB",
    work: "16MB",
    version: 18,
    lower: "àéî",
  });
  await query(owner, "create table kept (n int); insert into kept values (7)");
  await expect(query(app, "create table mine (n int)")).rejects.toMatchObject({ code: "42501" });
  await expect(query(app.replace(/:[^:@]+@/, ":wrong@"), "select 1")).rejects.toMatchObject({ code: "28P01" });
  for (const name of ["database.json", "launcher", "postgres.log"]) {
    expect(statSync(join(folder, ".data", name)).mode & 0o077).toBe(0);
  }

  const second = run("desk");
  expect(await second.ended).toBe(1);
  expect(second.output()).toMatch(
    /^Contact Desk already runs from this folder .* http:\/\/localhost:4321: stop it first\.\n$/,
  );

  const command = run("command");
  expect(await command.ended).toBe(0);
  expect(command.output()).toContain(owner);
  expect(await query(owner, "select n from kept")).toEqual([{ n: 7 }]);

  first.child.kill("SIGKILL");
  await first.ended;
  const orphan = readPidFile(data);
  const third = run("desk");
  expect(await untilOpen(third)).toEqual({ owner, app });
  expect(third.output()).toContain("an earlier run left behind");
  expect(readPidFile(data)?.pid).not.toBe(orphan?.pid);
  expect(await query(owner, "select n from kept")).toEqual([{ n: 7 }]);

  third.child.kill("SIGINT");
  third.child.kill("SIGINT");
  expect(await third.ended).toBe(0);
  expect(existsSync(join(data, "postmaster.pid"))).toBe(false);
  expect(existsSync(join(folder, ".data", "launcher"))).toBe(false);
  await expect(query(owner, "select 1")).rejects.toMatchObject({ code: "ECONNREFUSED" });
});

test("a process id that belongs to something else by now is not taken for the database", async () => {
  writeFileSync(join(data, "postmaster.pid"), `${process.pid}\n${data}\n0\n1\n\n127.0.0.1\n\nready\n`);
  const command = run("command");
  expect(await command.ended).toBe(0);
  expect(command.output()).toMatch(/^open /);
});

test("passwords that cannot be read are said, and nothing is made anew over the data", async () => {
  const file = join(folder, ".data", "database.json");
  const kept = readFileSync(file, "utf8");
  writeFileSync(file, "{");
  const desk = run("desk");
  expect(await desk.ended).toBe(1);
  expect(desk.output()).toMatch(/database\.json cannot be read: .*\n$/);
  writeFileSync(file, kept);
  expect(existsSync(join(data, "PG_VERSION"))).toBe(true);
});
