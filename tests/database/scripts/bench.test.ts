import pg from "pg";
import { expect, test } from "vitest";
import { generateSample } from "@/prisma/sample/generate";
import { runBench } from "@/tests/bench/run";

const contacts = 400;

test("the bench asks its questions of the database, gets the same rows as its ideals and leaves nothing behind", async () => {
  const url = process.env.DATABASE_DIRECT_URL ?? "";
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const state = async () => {
    const { rows } = await client.query(
      `select (select count(*)::int from contact_submissions) as contacts, (select count(*)::int from staff) as staff,
         (select count(*)::int from contact_history) as history, (select count(*)::int from change_batches) as batches,
         (select count from website_visitors) as visitors, to_regnamespace('bench_existing') as schema`,
    );
    return rows[0];
  };
  try {
    await generateSample(client, { contacts, until: new Date("2026-11-22T12:00:00Z"), seed: "bench", views: 1 });
    const before = await state();
    const groups = ["rows", "counts", "facets", "analytics", "contact", "counter", "writes"];
    const options = { repeat: 1, sample: 1, seconds: 0.1, groups, buildAtHand: true };
    const { lines } = await runBench(url, { ...options, say: () => undefined, goesOn: () => true });
    expect(lines.filter((line) => "failed" in line)).toEqual([]);
    expect(new Set(lines.map(({ group }) => group))).toEqual(new Set(groups));
    expect(await state()).toEqual(before);
  } finally {
    await client.end();
  }
});
