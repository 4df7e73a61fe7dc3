import type { ChildProcess } from "node:child_process";
import { findFreePort } from "@/scripts/postgres";
import { createDatabase, type TestDatabase } from "@/tests/database/databases";
import { entries } from "./access-table";
import { startApplication } from "./server";
import { createStaff, query, signInAs, signInCookie } from "./sign-in";
import { expect, test } from "./test";

// What a desk tells of itself: its metrics and its log. On a server and a database of this file's own, which it breaks.
const token = "a token of this file alone";
const sharedDatabase = { BASE_URL: "", DATABASE_URL: "", DATABASE_DIRECT_URL: "" };
let database: TestDatabase;
let application: ChildProcess;
let base: string;
const lines: Record<string, unknown>[] = [];

test.describe.configure({ mode: "serial" });

test.beforeAll(async () => {
  for (const name of Object.keys(sharedDatabase) as (keyof typeof sharedDatabase)[]) {
    sharedDatabase[name] = process.env[name] ?? "";
  }
  const { port, password } = new URL(sharedDatabase.DATABASE_URL);
  database = await createDatabase({ port: Number(port), password, version: 18 });
  const own = await findFreePort();
  base = `http://127.0.0.1:${own}`;
  Object.assign(process.env, {
    BASE_URL: base,
    DATABASE_URL: database.app,
    DATABASE_DIRECT_URL: database.owner,
  });
  application = await startApplication(own, { NEXTAUTH_URL: base, METRICS_TOKEN: token });
  let rest = "";
  application.stdout?.on("data", (chunk) => {
    const parts = `${rest}${chunk}`.split("\n");
    rest = parts.pop() ?? "";
    for (const part of parts) if (part.startsWith("{")) lines.push(JSON.parse(part));
  });
});

test.afterAll(async () => {
  application.kill("SIGKILL");
  await database.drop();
  Object.assign(process.env, sharedDatabase);
});

async function scrape(): Promise<Map<string, number>> {
  const answer = await fetch(`${base}/api/metrics`, { headers: { authorization: `Bearer ${token}` } });
  expect(answer.status).toBe(200);
  const series = (await answer.text()).split("\n").filter((line) => line !== "" && !line.startsWith("#"));
  return new Map(
    series.map((line) => [line.slice(0, line.lastIndexOf(" ")), Number(line.slice(line.lastIndexOf(" ") + 1))]),
  );
}

test("who has the token is told how pages and the database did, by names from a closed list", async () => {
  const { name: cookie, value } = await signInCookie((await createStaff("agent")).id);
  const headers = { cookie: `${cookie}=${value}` };
  // To the end: an answer that is left before counts as such.
  for (const path of ["/contacts?q=secret-word", "/contacts/nobody"]) {
    await (await fetch(`${base}${path}`, { headers })).text();
  }
  for (const path of ["/nothing", "/wp-login.php", "/contacts/a/b/c"]) await fetch(`${base}${path}`);
  await fetch(`${base}/contacts`, { method: "POST", headers: { "next-action": "made-up" } });
  const series = await scrape();
  const names = [...series.keys()];
  expect(series.get('desk_request_duration_seconds_count{route="/contacts",status="200"}')).toBe(1);
  expect(series.get('desk_request_duration_seconds_count{route="/contacts/[id]",status="404"}')).toBe(1);
  expect(series.get('desk_database_seconds_total{screen="/contacts"}')).toBeGreaterThan(0);
  expect(series.get("active_database_connections")).toBeGreaterThanOrEqual(0);
  const routes = Object.keys(entries).map((file) =>
    file
      .replace(/^app/, "")
      .replace(/\/\([a-z]+\)/g, "")
      .replace(/\/(page|route)\.tsx?$/, ""),
  );
  const told = new Set(names.flatMap((name) => /route="([^"]*)"/.exec(name)?.[1] ?? []));
  expect([...told].filter((route) => ![...routes, "/", "action", "files", "other"].includes(route))).toEqual([]);
  expect(names.join("\n")).not.toMatch(/secret-word|nobody|wp-login|made-up/);
});

test("a live stream counts while it is open", async ({ page, context }) => {
  await signInAs(context, await createStaff("agent"));
  await page.goto(`${base}/contacts`);
  await expect.poll(async () => (await scrape()).get("desk_live_streams")).toBe(1);
  await page.goto("about:blank");
  await expect.poll(async () => (await scrape()).get("desk_live_streams")).toBe(0);
});

test("sign-ins that are refused are counted", async () => {
  const before = (await scrape()).get('desk_security_events_total{event="sign_in_failed"}') ?? 0;
  const csrf = await fetch(`${base}/api/auth/csrf`);
  const { csrfToken } = (await csrf.json()) as { csrfToken: string };
  await fetch(`${base}/api/auth/callback/credentials`, {
    method: "POST",
    redirect: "manual",
    headers: {
      origin: base,
      cookie: csrf.headers.getSetCookie().join("; "),
      "content-type": "application/x-www-form-urlencoded",
    },
    body: new URLSearchParams({ csrfToken, email: "nobody@desk.example", password: "not the password", json: "true" }),
  });
  expect((await scrape()).get('desk_security_events_total{event="sign_in_failed"}')).toBe(before + 1);
});

test("strangers hear no in little time, and count as no page", async () => {
  const asked = performance.now();
  const answers = await Promise.all(Array.from({ length: 300 }, () => fetch(`${base}/api/metrics`)));
  console.log(`A refused look at the metrics takes ${((performance.now() - asked) / 300).toFixed(2)} ms.`);
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([401]));
});

test("the number on the page of a failure begins with the request's id, which the answer and the log carry too", async ({
  page,
  context,
  expectedErrors,
}) => {
  expectedErrors.push(/status of 500/, /The digest of the error/, /^uncaught/);
  await signInAs(context, await createStaff("admin"));
  await query("alter table desk_settings rename to desk_settings_gone");
  const answer = await page.goto(`${base}/settings`, { waitUntil: "commit" });
  const id = (await answer?.headerValue("x-request-id")) ?? "";
  expect(id).toMatch(/^[0-9a-f]{12}$/);
  const shown = page.getByText(/^Number /);
  await expect(shown).toBeVisible();
  const number = (await shown.textContent())?.slice("Number ".length);
  expect(number).toMatch(new RegExp(`^([A-Z]+_)?${id}(\\.\\d+)?$`));
  const failed = { event: "request_failed", request: id, screen: "/settings", codes: ["P2021"] };
  await expect.poll(() => lines.find((line) => line.number === number)).toMatchObject(failed);
});

test("an id that a request brings is not believed", async () => {
  const answer = await fetch(`${base}/sign-in`, { headers: { "x-request-id": "chosen" } });
  expect(answer.headers.get("x-request-id")).toMatch(/^[0-9a-f]{12}$/);
});
