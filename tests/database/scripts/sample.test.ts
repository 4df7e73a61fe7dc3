import { createHash } from "node:crypto";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PDFDocument } from "pdf-lib";
import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { verifyPassword } from "@/lib/staff/password/password";
import { sampleStaff } from "@/lib/staff/sample-people";
import { countForeignContacts, generateSample } from "@/prisma/sample/generate";
import { type SampleSummary, seedSample } from "@/prisma/seed";

const until = new Date("2026-11-22T15:50:00Z");
const password = "harbour-quarry-tangerine-9";

let client: pg.Client;
let documentsDir: string;
let directUrl: string;
let summary: SampleSummary | null;

beforeAll(async () => {
  directUrl = process.env.DATABASE_DIRECT_URL ?? "";
  client = new pg.Client({ connectionString: process.env.TEST_SUPERUSER_URL });
  await client.connect();
  documentsDir = await mkdtemp(join(tmpdir(), "desk-sample-"));
  summary = await seedSample({ directUrl, documentsDir, until, password, contacts: 600 });
});

afterAll(async () => {
  await client.end();
  await rm(documentsDir, { recursive: true });
});

async function count(sql: string): Promise<number> {
  const { rows } = await client.query<{ count: number }>(sql);
  return rows[0]?.count ?? 0;
}

test("an empty desk is filled as its owner, without superuser rights", async () => {
  expect(summary).toMatchObject({ contacts: 612 });
  expect(await count("select count(*)::int from contact_submissions")).toBe(612);
  expect(await count("select count(*)::int from documents")).toBe(summary?.documents);
  expect(await count("select count from website_visitors")).toBeGreaterThan(0);
});

test("a desk with contacts is left alone", async () => {
  expect(await seedSample({ directUrl, documentsDir, until, password, contacts: 10 })).toBeNull();
  expect(await count("select count(*)::int from contact_submissions")).toBe(612);
});

test("the three people can sign in with the password", async () => {
  const { rows } = await client.query(
    "select email, role, password_hash, must_change_password from staff order by role",
  );
  expect(rows.map((row) => [row.email, row.role])).toEqual(
    sampleStaff.map(({ email, role }) => [email, role]).toSorted((a, b) => ((a[1] ?? "") < (b[1] ?? "") ? -1 : 1)),
  );
  for (const row of rows) expect(await verifyPassword(row.password_hash, password)).toBe(true);
  expect(rows.some((row) => row.must_change_password)).toBe(false);
});

test("each version has its history row, and the last of them says what is decided", async () => {
  expect(
    await count(`select count(*)::int from contact_submissions c
      where version <> 1 + (select count(*) from contact_history h where h.contact_id = c.id)`),
  ).toBe(0);
  expect(
    await count(`select count(*)::int from contact_submissions c
      join lateral (select * from contact_history h where h.contact_id = c.id
        order by changed_at desc, id desc limit 1) h on true
      where h.version_to <> c.version
        or (h.status_to, h.assignee_to, h.snoozed_to, h.spam_reason_to, h.duplicate_of_to) is distinct from
          (c.status, c.assignee_id, c.snoozed_until, c.spam_reason, c.duplicate_of)`),
  ).toBe(0);
  expect(
    await count(`select count(*)::int from contact_history
      where actor <> 'staff' or actor_id not in (select id from staff) or changed_at > '2026-11-22T15:50:00Z'`),
  ).toBe(0);
  expect(await count("select count(*)::int from contact_history")).toBeGreaterThan(50);
});

test("the desk is alive: contacts are somebody's, notes are on contacts that are there, views are shared", async () => {
  expect(await count("select count(*)::int from contact_submissions where assignee_id is not null")).toBeGreaterThan(
    20,
  );
  expect(await count("select count(*)::int from contact_notes")).toBeGreaterThan(0);
  expect(
    await count("select count(*)::int from contact_notes where contact_id not in (select id from contact_submissions)"),
  ).toBe(0);
  expect(await count("select count(*)::int from views where shared")).toBe(2);
  expect(await count("select count(*)::int from desk_settings where business_week is not null")).toBe(1);
});

test("times tell the story, not the moment of loading", async () => {
  expect(
    await count(`select count(*)::int from contact_submissions
      where created_at < "timestamp" or updated_at < created_at or updated_at > '2026-11-22T15:50:01Z'
        or first_contacted_at < "timestamp"`),
  ).toBe(0);
  expect(
    await count(`select count(*)::int from documents d join contact_submissions c on c.id = d.contact_id
      where d.upload_timestamp < c."timestamp" or d.upload_timestamp > c."timestamp" + interval '1 hour'`),
  ).toBe(0);
});

test("every file is what its row says", async () => {
  const { rows } = await client.query<{ key: string; size: string; hash: string; type: string }>(
    `select s3_bucket || '/' || s3_key as key, size, file_hash as hash, content_type as type
     from documents where upload_timestamp > '2026-09-24' and s3_key is not null`,
  );
  const files = await Promise.all(
    rows.map(async (row) => ({ row, content: await readFile(join(documentsDir, row.key)).catch(() => null) })),
  );
  const there = files.filter((file) => file.content !== null);
  expect(there).toHaveLength(summary?.files ?? 0);
  expect(there.length / files.length).toBeGreaterThan(0.9);
  for (const { row, content } of there) {
    expect(content?.byteLength).toBe(Number(row.size));
    expect(
      createHash("sha256")
        .update(content ?? "")
        .digest("hex"),
    ).toBe(row.hash);
  }
  const pdf = there.find(({ row }) => row.key.endsWith(".pdf"));
  expect((await PDFDocument.load(pdf?.content ?? "")).getPageCount()).toBeGreaterThan(0);
});

test("generated contacts are told from all others", async () => {
  expect(await countForeignContacts(client)).toEqual({ contacts: 612, foreign: 0 });
  await client.query(
    "insert into contact_submissions (id, name, email, message) values ('contact_1732270000_1a2b3c4d', 'N', 'n@example.com', '')",
  );
  expect(await countForeignContacts(client)).toEqual({ contacts: 613, foreign: 1 });
  await client.query("delete from contact_submissions where id = 'contact_1732270000_1a2b3c4d'");
});

test("what fails half-way leaves nothing", async () => {
  const before = await count("select count(*)::int from documents");
  // The same seed gives the same ids, so the second chunk collides with what is there.
  await expect(generateSample(client, { contacts: 600, until, odd: true, views: 1 })).rejects.toThrow(/duplicate key/);
  expect(await count("select count(*)::int from documents")).toBe(before);
  expect(await count("select count(*)::int from contact_submissions")).toBe(612);
});
