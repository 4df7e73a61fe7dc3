import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { get, type IncomingMessage } from "node:http";
import { text } from "node:stream/consumers";
import { findFreePort } from "@/scripts/command/processes";
import { startApplication } from "../server";
import { createStaff, removeStaff, signInCookie, type TestStaff } from "../sign-in";
import { type SteadyLoad, startLoad } from "../steady-load";
import { expect, test } from "../test";

// A desk of two processes on one port, on a server of this file's own.
const token = "a token of this file alone";
let people: TestStaff[];
let port: number;
let desk: ChildProcess;

test.beforeAll(async () => {
  people = await Promise.all(Array.from({ length: 4 }, () => createStaff("agent")));
});
test.afterAll(() => removeStaff(people));
test.beforeEach(async () => {
  port = await findFreePort();
  desk = await startApplication(port, { WEB_CONCURRENCY: "2", DB_POOL_MAX: "20", METRICS_TOKEN: token });
  // The second starts when the first is ready.
  let said = "";
  desk.stdout?.on("data", (chunk) => {
    said += chunk;
  });
  await expect.poll(() => said).toContain("Ready");
});
test.afterEach(() => {
  for (const process of [...listProcesses(), desk.pid]) if (process) killIfThere(process);
});

/** The numbers of the processes that serve, oldest first. */
function listProcesses(): number[] {
  try {
    const children = readFileSync(`/proc/${desk.pid}/task/${desk.pid}/children`, "utf8");
    return children.trim().split(" ").filter(Boolean).map(Number);
  } catch {
    return [];
  }
}

function killIfThere(process_: number): void {
  try {
    process.kill(process_, "SIGKILL");
  } catch {
    // It has ended.
  }
}

/** The answer over a new connection, which goes to the other process than the previous one. */
async function ask(path: string, headers: Record<string, string>): Promise<string> {
  const asking = get(`http://127.0.0.1:${port}${path}`, { agent: false, headers });
  const [answer] = (await once(asking, "response")) as [IncomingMessage];
  return text(answer);
}

/** Each person requests the inbox over one connection of theirs; two processors can answer that beside other tests. */
async function startPeople(): Promise<{ answered(): number; stop(): Promise<Record<string, number>> }> {
  const loads: SteadyLoad[] = await Promise.all(
    people.map(async ({ id }) => {
      const { name, value } = await signInCookie(id);
      return startLoad(`http://127.0.0.1:${port}/contacts`, `${name}=${value}`, 1);
    }),
  );
  return {
    answered: () => loads.reduce((sum, load) => sum + load.answered(), 0),
    async stop() {
      const sum: Record<string, number> = {};
      for (const seen of await Promise.all(loads.map((load) => load.stop())))
        for (const [outcome, count] of Object.entries(seen)) sum[outcome] = (sum[outcome] ?? 0) + count;
      return sum;
    },
  };
}

test("a process that dies is replaced, and the other serves meanwhile", async () => {
  const [doomed, other] = listProcesses();
  killIfThere(doomed ?? 0);
  const living = () => listProcesses().filter((process) => process !== doomed);
  await expect.poll(() => living().length, { timeout: 60_000 }).toBe(2);
  expect(living()).toContain(other);
  const health = await fetch(`http://127.0.0.1:${port}/api/health`);
  expect(health.status).toBe(200);
});

test("replacing the processes one after the other drops no request", async () => {
  const before = listProcesses();
  const load = await startPeople();
  await expect.poll(load.answered, { timeout: 60_000 }).toBeGreaterThan(20);
  desk.kill("SIGHUP");
  await expect
    .poll(() => listProcesses().filter((process) => !before.includes(process)).length === 2 && listProcesses().length, {
      timeout: 60_000,
    })
    .toBe(2);
  const now = load.answered();
  await expect.poll(load.answered, { timeout: 60_000 }).toBeGreaterThan(now + 20);
  const seen = await load.stop();
  console.log(`Answers while the processes were replaced: ${JSON.stringify(seen)}`);
  expect(Object.keys(seen)).toEqual(["200"]);
});

test("whichever process tells the figures, one has read them for both", async () => {
  const scrape = async () => {
    const told = await ask("/api/metrics", { authorization: `Bearer ${token}` });
    const read = (series: string) => Number(told.split(`\n${series} `)[1]?.split("\n", 1)[0]);
    return { read, statements: read('desk_database_statements_total{screen="/api/metrics"}') };
  };
  await scrape();
  // What it asked is among the measures of the next one.
  const { statements } = await scrape();
  expect(statements).toBeGreaterThan(8);
  for (let turn = 0; turn < 10; turn++) {
    const { read, statements: then } = await scrape();
    expect(then).toBe(statements);
    expect(read('desk_contacts{status="new"}')).toBeGreaterThan(0);
    expect(read("desk_database_up")).toBe(1);
  }
});

test("whichever process answers, the page of the database tells what both have done", async () => {
  const admin = await createStaff("admin");
  const { name, value } = await signInCookie(admin.id);
  const headers = { cookie: `${name}=${value}` };
  for (let turn = 0; turn < 4; turn++) await ask("/triage", headers);
  /** How often statements were counted for triage, on the page without its markup. */
  const read = async () => {
    const page = (await ask("/database", headers)).replaceAll(/<[^>]*>/g, " ");
    expect(page).toContain("all 2 processes of this server together");
    return /\/triage\s.{0,80}? in all/.exec(page)?.[0];
  };
  const [one, other] = [await read(), await read()];
  expect(one).toMatch(/\d/);
  expect(other).toBe(one);
  await removeStaff([admin]);
});

test("SIGTERM answers what was asked, ends streams within ten seconds and both processes with code 0", async () => {
  const [person] = people;
  const { name, value } = await signInCookie(person?.id ?? "");
  const headers = { cookie: `${name}=${value}`, "sec-fetch-site": "same-origin" };
  const streams = await Promise.all(
    Array.from({ length: 4 }, () => fetch(`http://127.0.0.1:${port}/api/live?list=&since=${Date.now()}`, { headers })),
  );
  expect(streams.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
  const pages = Array.from({ length: 4 }, () => fetch(`http://127.0.0.1:${port}/contacts`, { headers }));
  // The first head is there, so the requests have come in.
  await Promise.race(pages);
  const processes = listProcesses();
  const exited = once(desk, "exit");
  const began = Date.now();
  desk.kill("SIGTERM");
  expect((await Promise.all(pages)).map(({ status }) => status)).toEqual([200, 200, 200, 200]);
  await Promise.all(streams.map((stream) => stream.text()));
  expect(await exited).toEqual([0, null]);
  expect(Date.now() - began).toBeLessThan(10_000);
  expect(processes.filter(isThere)).toEqual([]);
});

function isThere(process_: number): boolean {
  try {
    process.kill(process_, 0);
    return true;
  } catch {
    return false;
  }
}
