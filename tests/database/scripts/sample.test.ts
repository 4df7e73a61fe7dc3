import { createHash } from "node:crypto";
import { mkdtemp, readFile, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PDFDocument } from "pdf-lib";
import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { verifyPassword } from "@/lib/staff/password/password";
import { sampleStaff } from "@/lib/staff/sample-people";
import { countForeignContacts, generateSample } from "@/prisma/sample/generate";
import { stories } from "@/prisma/sample/story-texts";
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
  expect(summary).toMatchObject({ contacts: 620 });
  expect(await count("select count(*)::int from contact_submissions")).toBe(620);
  expect(await count("select count(*)::int from documents")).toBe(summary?.documents);
  expect(await count("select count from website_visitors")).toBeGreaterThan(0);
});

test("a desk with contacts is left alone", async () => {
  expect(await seedSample({ directUrl, documentsDir, until, password, contacts: 10 })).toBeNull();
  expect(await count("select count(*)::int from contact_submissions")).toBe(620);
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

/** The queue, the longest waiting first. */
const queue = `from contact_submissions c where status in ('new', 'in_review') and snoozed_until is null`;

test("the queue begins with contacts worth reading, all its files are there, and little of it is spam", async () => {
  const { rows } = await client.query<{ name: string; message: string }>(
    `select name, message ${queue} order by "timestamp" limit 8`,
  );
  expect(rows.map(({ name }) => name)).toEqual(stories.map(({ name }) => name));
  for (const { message } of rows) expect(message.length).toBeGreaterThan(120);
  const documents = await client.query<{ key: string }>(
    `select s3_bucket || '/' || s3_key as key from documents
     where s3_key is not null and contact_id in (select id ${queue} and id not like 'contact\\_odd\\_%')`,
  );
  expect(documents.rows.length).toBeGreaterThan(13);
  for (const { key } of documents.rows) expect((await stat(join(documentsDir, key))).size, key).toBeGreaterThan(0);
  const spam = await count(`select count(*)::int ${queue} and email like '%@promo.example'`);
  expect(spam / (await count(`select count(*)::int ${queue}`))).toBeLessThan(0.05);
});

test("the insights agree with the documents: how many, how large, how complex on one scale", async () => {
  const summed = `select document_insights as said, coalesce(sum(d.size), 0) as size, count(d.id) as documents,
      avg(d.complexity_score) as complexity, min(d.complexity_score) as least, max(d.complexity_score) as most
    from contact_submissions c left join documents d on d.contact_id = c.id
    where document_insights ? 'total_size' group by c.id`;
  expect(await count(`select count(*)::int from (${summed}) s where documents > 0`)).toBeGreaterThan(300);
  expect(
    await count(`select count(*)::int from (${summed}) s
      where (said -> 'total_documents')::int <> documents or (said -> 'total_size')::bigint <> size
        or least < 0 or most > 1
        or abs((said #> '{content_analysis,complexity_score}')::numeric - complexity) > 0.006`),
  ).toBe(0);
});

test("averages over a month and over a year are alike, stored and by the insights", async () => {
  const averagesSince = async (since: string) => {
    const { rows } = await client.query<{ size: number; stored: number; said: number }>(
      `select (select avg(size)::float8 from documents where upload_timestamp > $1) as size,
         avg((select count(*) from documents d where d.contact_id = c.id))::float8 as stored,
         (avg((document_insights -> 'total_documents')::int)
           filter (where document_insights ? 'total_size'))::float8 as said
       from contact_submissions c where "timestamp" > $1 and email not like '%@promo.example' and id ~ '^contact_[0-9]'`,
      [since],
    );
    return rows[0] ?? { size: 0, stored: 0, said: 0 };
  };
  const [month, year] = [await averagesSince("2026-10-23"), await averagesSince("2025-11-22")];
  for (const key of ["size", "stored", "said"] as const) {
    expect(month[key] / year[key], key).toBeGreaterThan(0.6);
    expect(month[key] / year[key], key).toBeLessThan(1.6);
  }
  for (const { stored, said } of [month, year]) expect(Math.abs(said - stored)).toBeLessThan(0.15);
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
  expect(await countForeignContacts(client)).toEqual({ contacts: 620, foreign: 0 });
  await client.query(
    "insert into contact_submissions (id, name, email, message) values ('contact_1732270000_1a2b3c4d', 'N', 'n@example.com', '')",
  );
  expect(await countForeignContacts(client)).toEqual({ contacts: 621, foreign: 1 });
  await client.query("delete from contact_submissions where id = 'contact_1732270000_1a2b3c4d'");
});

test("what fails half-way leaves nothing", async () => {
  const before = await count("select count(*)::int from documents");
  // The same seed gives the same ids, so the second chunk collides with what is there.
  await expect(generateSample(client, { contacts: 600, until, odd: true, views: 1 })).rejects.toThrow(/duplicate key/);
  expect(await count("select count(*)::int from documents")).toBe(before);
  expect(await count("select count(*)::int from contact_submissions")).toBe(620);
});
