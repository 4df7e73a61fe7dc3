import type { ChildProcess } from "node:child_process";
import pg from "pg";
import { findFreePort } from "@/scripts/command/processes";
import { startApplication } from "../server";
import { createStaff, removeStaff, signInCookie, type TestStaff } from "../sign-in";
import { expect, test } from "../test";

// A desk with one connection, which another person's page holds as long as the test needs.
let desk: ChildProcess;
let people: TestStaff[];
let base: string;

test.beforeAll(async () => {
  const port = await findFreePort();
  base = `http://127.0.0.1:${port}`;
  desk = await startApplication(port, { DB_POOL_MAX: "1" });
  people = await Promise.all([createStaff("agent"), createStaff("agent")]);
});
test.afterAll(async () => {
  desk.kill("SIGTERM");
  await removeStaff(people);
});

async function cookieOf(person: TestStaff | undefined): Promise<string> {
  const { name, value } = await signInCookie(person?.id ?? "");
  return `${name}=${value}`;
}

test("a page for which there is no connection is 503, says that the desk is busy, and comes a moment later", async ({
  page,
  expectedErrors,
}) => {
  expectedErrors.push(/503 \(Service Unavailable\)/, /The digest of the error: BUSY_/, /React error #441/);
  const [holding, waiting] = [await cookieOf(people[0]), await cookieOf(people[1])];
  const [name = "", value = ""] = waiting.split(/=(.*)/s);
  await page.context().addCookies([{ name, value, url: base }]);
  const locker = new pg.Client({ connectionString: process.env.DATABASE_DIRECT_URL });
  await locker.connect();
  try {
    // The holder's page waits for this table; its session does not.
    await locker.query("begin; lock table views in access exclusive mode");
    const held = fetch(`${base}/contacts`, { headers: { cookie: holding } });
    const inUse = "select count(*)::int as waiting from pg_locks where not granted";
    await expect.poll(async () => (await locker.query(inUse)).rows[0].waiting).toBeGreaterThan(0);
    const response = await page.goto(`${base}/account`);
    expect(response?.status()).toBe(503);
    expect(response?.headers()["retry-after"]).toBe("2");
    await expect(page.getByRole("heading", { name: "The desk is busy" })).toBeVisible();
    await locker.query("rollback");
    await held;
  } finally {
    await locker.end();
  }
  await page.getByRole("button", { name: "Try again" }).click();
  await expect(page.getByRole("heading", { name: "The desk is busy" })).toBeHidden();
});
