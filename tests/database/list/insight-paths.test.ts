import pg from "pg";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { getPool } from "@/lib/database/pool";
import { predicate } from "@/lib/filter/sql/predicate";
import { parseFilter } from "@/lib/filter/url";
import { listInsightPaths, sampleInsightPaths, sampleSize } from "@/lib/list/insight-paths";
import { viewerIn } from "../../viewer";
import { makeUglyContacts, storeContacts } from "./inbox-rows";

let owner: pg.Client;

beforeEach(async () => {
  owner = new pg.Client({ connectionString: process.env.DATABASE_DIRECT_URL });
  await owner.connect();
});
afterEach(async () => {
  vi.useRealTimers();
  await owner.query("truncate contact_submissions cascade");
  await owner.end();
});

/** Contacts with the same insights, an hour apart, the newest first. */
async function add(count: number, insights: string, prefix: string, hours = 0): Promise<void> {
  await owner.query(
    `insert into contact_submissions (id, name, email, message, "timestamp", document_insights)
    select $1 || n, 'n', 'e', 'm', now() - make_interval(hours => $2::int + n), $3::jsonb from generate_series(1, $4::int) n`,
    [prefix, hours, insights, count],
  );
}

test("an empty desk has no paths", async () => {
  expect(await sampleInsightPaths()).toEqual({ paths: [], sampled: 0, whole: true });
});

test("of a small desk every contact is looked at, odd ones too", async () => {
  const contacts = makeUglyContacts(300);
  await storeContacts(contacts);
  const { paths, sampled, whole } = await sampleInsightPaths();
  expect({ sampled, whole }).toEqual({ sampled: 300, whole: true });
  const [first] = paths;
  expect(first).toMatchObject({ path: "document_types", kinds: expect.arrayContaining(["list", "text", "group"]) });
  expect(first?.values[0]).toMatchObject({ json: "pdf" });
  const names = paths.map(({ path }) => path);
  expect(names).toContain("content_analysis.complexity_score.value");
  expect(names).toContain("a\\.b.c\\:d");
});

test("of a large one the newest and some of all others are, each once", async () => {
  await add(sampleSize, '{"recent":true}', "recent ");
  await add(3 * sampleSize, '{"old":"yes"}', "old ", sampleSize);
  await owner.query("analyze contact_submissions");
  const { paths, sampled, whole } = await sampleInsightPaths();
  expect(whole).toBe(false);
  expect(sampled).toBeLessThanOrEqual(sampleSize);
  const recent = paths.find(({ path }) => path === "recent")?.contacts ?? 0;
  const old = paths.find(({ path }) => path === "old")?.contacts ?? 0;
  expect(recent).toBeGreaterThanOrEqual(sampleSize / 2);
  expect(old).toBeGreaterThan(0);
  expect(recent + old).toBe(sampled);
});

test("what is absurdly large is not read", async () => {
  const noise = Array.from({ length: 40 }, (_, at) => `"k${at}":"${"x".repeat(at * 997 + 1)}${Math.random()}"`);
  await add(2, `{"sound":1}`, "sound ");
  await add(2, `{"huge":[${Array.from({ length: 20_000 }, Math.random)}],${noise}}`, "huge ");
  const { paths, sampled } = await sampleInsightPaths();
  expect(sampled).toBe(4);
  expect(paths.map(({ path }) => path)).toEqual(["sound"]);
});

test("a value at a path is found by the index on the insights, one of an object or a list too", async () => {
  await owner.query("set enable_seqscan = off");
  for (const condition of ["a.b:eq:formal", "a.b:has:5", 'a.b:eq:{"c":1}', 'a.b:has:{"c":[1]}', "a:eq:null"]) {
    const { filter, problems } = parseFilter(new URLSearchParams([["insight", condition]]));
    const { text, values } = predicate(filter, viewerIn("UTC"));
    const { rows } = await owner.query(`explain select c.id from contact_submissions c where ${text}`, values);
    const plan = rows.map((row) => row["QUERY PLAN"]).join("\n");
    expect(problems).toEqual([]);
    expect(plan, condition).toMatch(/Bitmap Index Scan on contact_submissions_insights .*\n\s+Index Cond: .*@>/);
  }
});

test("many who ask at once share one sample, and it is good for five minutes", async () => {
  await add(1, '{"first":1}', "a ");
  const start = Date.now();
  vi.useFakeTimers({ now: start, toFake: ["Date"] });
  const all = await Promise.all(Array.from({ length: 50 }, () => listInsightPaths()));
  expect(new Set(all).size).toBe(1);
  await add(1, '{"second":1}', "b ");
  // The same, and not only an equal one.
  vi.setSystemTime(start + 299_000);
  expect(await listInsightPaths()).toBe(all[0]);
  vi.setSystemTime(start + 301_000);
  expect((await listInsightPaths()).paths.map(({ path }) => path)).toEqual(["first", "second"]);
  expect(getPool().totalCount).toBeLessThanOrEqual(2);
});

test("a sample that failed is not kept", async () => {
  vi.useFakeTimers({ now: Date.now() + 3_600_000, toFake: ["Date"] });
  await owner.query("alter table contact_submissions rename to away");
  try {
    await expect(listInsightPaths()).rejects.toThrow("Something went wrong.");
  } finally {
    await owner.query("alter table away rename to contact_submissions");
  }
  expect((await listInsightPaths()).sampled).toBe(0);
});
