import { NextRequest } from "next/server";
import pg from "pg";
import { afterAll, afterEach, beforeAll, describe, expect, inject, test, vi } from "vitest";
import { GET } from "@/app/api/metrics/route";
import { forgetOfProcess } from "@/lib/runtime/of-process";
import { endPool, endReadiness, withoutConnections } from "../of-process";
import { type NetworkProxy, startProxy } from "../proxy";

const token = "a token of these tests";
const direct = process.env.DATABASE_URL ?? "";
const site = new pg.Client({ connectionString: process.env.TEST_WEBSITE_URL });
const owner = new pg.Client({ connectionString: process.env.DATABASE_DIRECT_URL });
let network: NetworkProxy | undefined;

beforeAll(async () => {
  vi.stubEnv("METRICS_TOKEN", token);
  await Promise.all([site.connect(), owner.connect()]);
});
afterEach(async () => {
  await network?.close();
  network = undefined;
  await Promise.all([endPool(), endReadiness()]);
  forgetOfProcess("figures");
  process.env.DATABASE_URL = direct;
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await Promise.all([site.end(), owner.end()]);
});

const ask = (authorization?: string) =>
  GET(new NextRequest("http://desk.example/api/metrics", { headers: authorization ? { authorization } : {} }));

/** What Prometheus reads: the values by series. */
async function scrape(): Promise<Map<string, number>> {
  const answer = await ask(`Bearer ${token}`);
  expect(answer.status).toBe(200);
  expect(answer.headers.get("content-type")).toBe("text/plain; version=0.0.4; charset=utf-8");
  const lines = (await answer.text()).split("\n").filter((line) => line !== "" && !line.startsWith("#"));
  return new Map(
    lines.map((line) => [line.slice(0, line.lastIndexOf(" ")), Number(line.slice(line.lastIndexOf(" ") + 1))]),
  );
}

async function throughProxy(): Promise<NetworkProxy> {
  network = await startProxy(inject("server").port);
  const url = new URL(direct);
  url.port = String(network.port);
  process.env.DATABASE_URL = url.toString();
  return network;
}

describe("the door", () => {
  test.each([undefined, "Bearer", `Bearer ${token}x`, `Bearer x${token}`, `Basic ${token}`, token, "Bearer é"])(
    "stays closed to %s",
    async (authorization) => {
      const answer = await ask(authorization);
      expect(answer.status).toBe(401);
      expect(answer.headers.get("www-authenticate")).toBe("Bearer");
      expect(await answer.text()).toBe("This needs the desk's token for metrics.\n");
    },
  );

  test("is not there without a token", async () => {
    vi.stubEnv("METRICS_TOKEN", "");
    const answers = await Promise.all([ask(), ask("Bearer "), ask(`Bearer ${token}`)]);
    vi.stubEnv("METRICS_TOKEN", token);
    expect(answers.map(({ status }) => status)).toEqual([404, 404, 404]);
  });
});

describe("the figures of the desk", () => {
  test("are what the database holds", async () => {
    const stored = ["new", "new", "in_review", "spam", "archived", null];
    for (const [index, status] of stored.entries()) {
      await site.query(
        `insert into contact_submissions (id, name, email, message, "timestamp", status) values ($1, 'A', 'a@b.example', 'Hi', now(), $2)`,
        [`metrics-${index}`, status],
      );
    }
    for (const state of ["pending", "failed", "failed", "completed"]) {
      await site.query(
        "insert into documents (contact_id, filename, size, content_type, document_type, upload_timestamp, processing_status) values ('metrics-0', 'a.pdf', 1, 'application/pdf', 'diagram', now(), $1)",
        [state],
      );
    }
    await site.query("select increment_visitor_count() from generate_series(1, 7)");
    const series = await scrape();
    const contacts = Object.fromEntries([...series].filter(([name]) => name.startsWith("desk_contacts")));
    expect(contacts).toEqual({
      'desk_contacts{status="new"}': 2,
      'desk_contacts{status="in_review"}': 1,
      'desk_contacts{status="contacted"}': 0,
      'desk_contacts{status="qualified"}': 0,
      'desk_contacts{status="closed"}': 0,
      'desk_contacts{status="spam"}': 1,
      'desk_contacts{status="other"}': 2,
    });
    expect(series.get('desk_documents{state="pending"}')).toBe(1);
    expect(series.get('desk_documents{state="processing"}')).toBe(0);
    expect(series.get('desk_documents{state="failed"}')).toBe(2);
    expect(series.get("website_visitor_count")).toBe(7);
    expect(series.get("desk_bulk_changes")).toBe(0);
    expect(series.get("desk_database_up")).toBe(1);
    expect(series.has("desk_replica_lag_bytes")).toBe(false);
  });

  test("are read once in ten seconds, however many ask", async () => {
    const network = await throughProxy();
    await Promise.all(Array.from({ length: 20 }, scrape));
    await site.query(
      "insert into website_visitors (id, count) values ('visitor_count', 0) on conflict (id) do update set count = 99",
    );
    const series = await scrape();
    expect(series.get("website_visitor_count")).not.toBe(99);
    // One of the pool, and the readiness check's own.
    expect(network.opened()).toBe(2);
  });

  test("of large changes say what is left to do", async () => {
    const { rows } = await owner.query<{ id: string }>(
      "insert into staff (email, name, role, password_hash) values ('metrics@desk.example', 'M', 'agent', '') returning id",
    );
    const staff = rows[0]?.id;
    await owner.query(
      `with s as (insert into frozen_sets (staff_id, total) values ($1, 500) returning id)
       insert into change_batches (id, staff_id, kind, request, set_id, total, done)
       select gen_random_uuid(), $1, 'status', '{}', s.id, 500, 120 from s`,
      [staff],
    );
    const series = await scrape();
    expect(series.get("desk_bulk_changes")).toBe(1);
    expect(series.get("desk_bulk_contacts")).toBe(380);
  });

  test("are left out while the database does not answer, and the rest is told at once", async () => {
    const network = await throughProxy();
    // A statement on an open connection would wait for 5.5 s.
    await scrape();
    forgetOfProcess("figures");
    network.silence();
    const started = performance.now();
    const series = await scrape();
    expect(performance.now() - started).toBeLessThan(5_000);
    expect(series.get("desk_database_up")).toBe(0);
    expect(series.has("website_visitor_count")).toBe(false);
    expect([...series.keys()].filter((name) => name.startsWith("desk_contacts"))).toEqual([]);
    expect(series.has("active_database_connections")).toBe(true);
    network.resume();
  });

  test("that cannot be had in time keep no other, and are no sign that the database is away", async () => {
    const late = new pg.Client({ connectionString: process.env.DATABASE_DIRECT_URL });
    await late.connect();
    // Who counts contacts waits until its time is over.
    await late.query("begin; lock table contact_submissions");
    const series = await scrape();
    await late.end();
    expect(series.get("desk_database_up")).toBe(1);
    expect(series.has("website_visitor_count")).toBe(true);
    expect(series.get('desk_figure_age_seconds{figure="contacts"}')).toBeGreaterThan(1);
    expect([...series.keys()].filter((name) => name.startsWith("desk_contacts"))).toEqual([]);
    await expect.poll(async () => (await scrape()).has('desk_documents{state="failed"}')).toBe(true);
  });

  test("need no pool that is free: while it is in use, its own numbers are told, and that the database is there", async () => {
    const series = await withoutConnections(scrape);
    expect(series.get("active_database_connections")).toBe(10);
    expect(series.get("desk_database_up")).toBe(1);
  });
});
