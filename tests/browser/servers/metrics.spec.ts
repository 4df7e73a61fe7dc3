import type { ChildProcess } from "node:child_process";
import { readFileSync } from "node:fs";
import { findFreePort } from "@/scripts/command/processes";
import { createDatabase, type TestDatabase } from "@/tests/database/databases";
import { entries } from "../access-table";
import { startApplication } from "../server";
import { createStaff, query, signInAs, signInCookie } from "../sign-in";
import { expect, test } from "../test";
import { attributeOf, type Collector, startCollector } from "./collector";
import { type Prometheus, startPrometheus } from "./prometheus";

// A desk's metrics, log and traces, on a server and a database of this file's own, because it breaks them.
const token = "a token of this file alone";
const sharedDatabase = { BASE_URL: "", DATABASE_URL: "", DATABASE_DIRECT_URL: "" };
let database: TestDatabase;
let collector: Collector;
let application: ChildProcess;
let base: string;
let prometheus: Prometheus;
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
  await query("select increment_visitor_count()");
  collector = await startCollector();
  const traces = { OTEL_EXPORTER_OTLP_ENDPOINT: collector.endpoint };
  const started = performance.now();
  application = await startApplication(own, { NEXTAUTH_URL: base, METRICS_TOKEN: token, ...traces });
  console.log(`A desk that makes traces answers after ${Math.round(performance.now() - started)} ms.`);
  let rest = "";
  application.stdout?.on("data", (chunk) => {
    const parts = `${rest}${chunk}`.split("\n");
    rest = parts.pop() ?? "";
    for (const part of parts) if (part.startsWith("{")) lines.push(JSON.parse(part));
  });
});

test.afterAll(async () => {
  application.kill("SIGKILL");
  await prometheus?.close();
  collector.close();
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
  // Reads to the end, because an answer that is left early counts as such.
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
  expectedErrors.push(/status of 500/, /React error #441/, /The digest of the error/, /^uncaught/);
  await signInAs(context, await createStaff("admin"));
  await query("alter table desk_settings rename to desk_settings_gone");
  const answer = await page.goto(`${base}/settings`, { waitUntil: "commit" });
  const id = (await answer?.headerValue("x-request-id")) ?? "";
  expect(id).toMatch(/^[0-9a-f]{12}$/);
  const shown = page.getByText(/^Number /);
  await expect(shown).toBeVisible();
  const number = (await shown.textContent())?.slice("Number ".length);
  expect(number).toMatch(new RegExp(`^([A-Z]+_)?${id}(\\.\\d+)?$`));
  // A missing table, in the words of whichever asked first: Prisma or the server.
  const codes = expect.arrayContaining([expect.stringMatching(/^(P2021|42P01)$/)]);
  const failed = { event: "request_failed", request: id, screen: "/settings", codes };
  await expect.poll(() => lines.find((line) => line.number === number)).toMatchObject(failed);
  await query("alter table desk_settings_gone rename to desk_settings");
});

test("an id that a request brings is not believed", async () => {
  const answer = await fetch(`${base}/sign-in`, { headers: { "x-request-id": "chosen" } });
  expect(answer.headers.get("x-request-id")).toMatch(/^[0-9a-f]{12}$/);
});

test("Prometheus reads the desk with our settings, takes our rules, and each panel of the dashboard has something to show", async () => {
  prometheus = await startPrometheus(Number(new URL(base).port), token);
  type Targets = { activeTargets: { labels: { job: string }; health: string; lastError: string }[] };
  const findDesk = async () => {
    const { activeTargets } = await prometheus.ask<Targets>("/targets?state=active");
    return activeTargets.find(({ labels }) => labels.job === "desk");
  };
  await expect.poll(async () => (await findDesk())?.health).toBe("up");
  type Rules = { groups: { rules: { name: string; health: string; lastError?: string; state: string }[] }[] };
  const listRules = async () => (await prometheus.ask<Rules>("/rules")).groups.flatMap(({ rules }) => rules);
  const written = [...readFileSync("deploy/prometheus/alerts.yml", "utf8").matchAll(/- alert: (\S+)/g)];
  await expect.poll(async () => (await listRules()).every(({ health }) => health === "ok")).toBe(true);
  expect((await listRules()).map(({ name }) => name)).toEqual(written.map(([, name]) => name));
  // No exporter reports the disk here. The desk has neither a replica nor backups, and has refused nobody.
  const without = /node_filesystem|desk_replica|desk_backup|desk_pool_rejections|desk_database_slow/;
  const { panels }: { panels: { targets?: { expr: string }[] }[] } = JSON.parse(
    readFileSync("deploy/grafana/dashboard.json", "utf8"),
  );
  const expressions = panels.flatMap(({ targets = [] }) => targets.map(({ expr }) => expr));
  expect(expressions.length).toBeGreaterThan(25);
  const { name, value } = await signInCookie((await createStaff("agent")).id);
  for (const expression of expressions.filter((one) => !without.test(one))) {
    await expect
      .poll(
        async () => {
          // Counters continue.
          await (await fetch(`${base}/contacts`, { headers: { cookie: `${name}=${value}` } })).text();
          return (await prometheus.query(expression)).length;
        },
        { message: expression },
      )
      .toBeGreaterThan(0);
  }
  const firing = (await listRules()).filter(({ state }) => state === "firing");
  expect(firing.map(({ name }) => name)).toEqual([]);
});

test("traces have each page with its statements, by the request's id, without what was asked for or stored", async () => {
  const { name, value } = await signInCookie((await createStaff("agent", { name: "secret-name" })).id);
  const headers = { cookie: `${name}=${value}` };
  const answer = await fetch(`${base}/contacts?q=secret-search`, { headers });
  await answer.text();
  await fetch(`${base}/api/health/ready`);
  const ended = new Promise((resolve) => application.once("exit", resolve));
  application.kill("SIGTERM");
  expect(await ended).toBe(0);

  const spans = collector.spans();
  const own = spans.filter((span) => attributeOf(span, "desk.request") === answer.headers.get("x-request-id"));
  const roots = own.filter(({ parentSpanId }) => !parentSpanId);
  expect(roots).toHaveLength(1);
  expect(new Set(own.map(({ traceId }) => traceId))).toEqual(new Set([roots[0]?.traceId]));
  expect(own.find(({ name }) => name === "GET /contacts")?.parentSpanId).toBe(roots[0]?.spanId);
  const statements = own.filter(({ scope }) => scope === "@opentelemetry/instrumentation-pg");
  const texts = statements.map((span) => attributeOf(span, "db.query.text") ?? "");
  expect(texts.filter((text) => /contact_submissions/.test(text) && /\$1/.test(text))).not.toEqual([]);
  const parents = new Set(own.map(({ spanId }) => spanId));
  expect(statements.filter(({ parentSpanId }) => !parents.has(parentSpanId ?? ""))).toEqual([]);

  const failed = spans.filter(({ events }) => events?.some((event) => event.name === "exception"));
  expect(failed).not.toEqual([]);
  expect(
    failed.flatMap(({ events }) => events ?? []).filter((event) => attributeOf(event, "exception.message")),
  ).toEqual([]);
  expect(collector.bodies.join()).not.toMatch(/secret-search|secret-word|secret-name|does not exist/);
  const screens = new Set(spans.map((span) => attributeOf(span, "desk.screen") ?? "none"));
  expect([...screens].filter((screen) => /health|metrics|live|files|none/.test(screen))).toEqual([]);
});

test("a desk that has ended is an alert", async () => {
  type Alerts = { alerts: { labels: Record<string, string>; state: string; annotations: { summary: string } }[] };
  const read = async () => {
    const { alerts } = await prometheus.ask<Alerts>("/alerts");
    return alerts.filter(({ state }) => state === "firing").map(({ labels, annotations }) => [labels, annotations]);
  };
  const instance = new URL(base).host;
  await expect
    .poll(read)
    .toEqual([
      [
        { alertname: "DeskDown", instance, job: "desk", severity: "critical" },
        { summary: `The desk at ${instance} does not answer, or refuses the token.` },
      ],
    ]);
});
