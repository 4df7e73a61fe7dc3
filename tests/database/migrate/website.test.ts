import { randomBytes, randomUUID } from "node:crypto";
import fc from "fast-check";
import pg from "pg";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { migrate } from "@/lib/database/migrate/migrations";
import type { TestDatabase } from "../databases";
import { connect, createInstallation, migrationOf } from "../installation";
import { website } from "../website-statements";

type Connection = pg.Client & AsyncDisposable;
let bare: TestDatabase;
let adopted: TestDatabase;
/** The website, on its original tables and on tables that Contact Desk has adopted. */
let before: Connection;
let after: Connection;

beforeAll(async () => {
  [bare, adopted] = [await createInstallation(inject("server")), await createInstallation(inject("server"))];
  await migrate({ ...migrationOf(adopted), adopt: () => true });
  [before, after] = [await connect(bare.website), await connect(adopted.website)];
});
afterAll(async () => {
  await Promise.all([before.end(), after.end()]);
  await Promise.all([bare.drop(), adopted.drop()]);
});

/** Random bytes, because repeated text is compressed in an index and would fit where real data does not. */
const text = (length: number) => randomBytes(length / 2).toString("hex");
const digits = (length: number) => Array.from(randomBytes(length), (byte, index) => (index ? byte % 10 : 9)).join("");
/** Letters of four bytes, each different from the next. */
const wide = (length: number) =>
  String.fromCodePoint(...Array.from({ length }, () => 0x20000 + (randomBytes(2).readUInt16BE() % 0xa000)));
const nested = (depth: number) => `${'{"a":'.repeat(depth)}1${"}".repeat(depth)}`;
const analysis = (key: string, value: string) => `{"content_analysis":{"${key}":${value}}}`;

const oddInsights: [string, string | null][] = [
  ["null of SQL", null],
  ["null of JSON", "null"],
  ["an array", "[]"],
  ["a long array", JSON.stringify(Array.from({ length: 10_000 }, (_, index) => index))],
  ["a string", '"five"'],
  ["'five' documents", '{"total_documents":"five"}'],
  ["null documents", '{"total_documents":null}'],
  ["an array of documents", '{"total_documents":[3]}'],
  ["1e400 documents", '{"total_documents":1e400}'],
  ["-1e400 documents", '{"total_documents":-1e400}'],
  ["1e-400 documents", '{"total_documents":1e-400}'],
  ["documents of 12,000 digits", `{"total_documents":${digits(12_000)}}`],
  ["documents of 12,000 decimals", `{"total_documents":1.${digits(12_000)}}`],
  ["1e400 as complexity", analysis("complexity_score", "1e400")],
  ["a complexity of 12,000 decimals", analysis("complexity_score", `0.${digits(12_000)}`)],
  ["a language of 10 kB", analysis("primary_language", JSON.stringify(text(10_000)))],
  ["a confidence of 10 kB", analysis("confidence_level", JSON.stringify(text(10_000)))],
  ["a key of 10 kB", `{"${text(10_000)}":true}`],
  ["an analysis that is an array", '{"content_analysis":[]}'],
  ["objects 3,000 deep", nested(3_000)],
  ["arrays 3,000 deep", `${"[".repeat(3_000)}${"]".repeat(3_000)}`],
  ["10,000 types", JSON.stringify({ document_types: Array.from({ length: 10_000 }, (_, index) => `type ${index}`) })],
  [
    "40 types of letters of four bytes",
    JSON.stringify({ document_types: Array.from({ length: 40 }, () => wide(500)) }),
  ],
  ["types that are lists 3,000 deep", `{"document_types":[${"[".repeat(3_000)}${"]".repeat(3_000)},"pdf"]}`],
  ["1 MB of one type", JSON.stringify({ document_types: [text(1_000_000)] })],
  ["types of quotes, backslashes and nothing", JSON.stringify({ document_types: ["'", "\\", "", " ", "&!|:*"] })],
  ["a language of letters of four bytes", analysis("primary_language", JSON.stringify(wide(100)))],
  ["types 3,000 deep", `{"document_types":${nested(3_000)}}`],
  ["1 MB of text", JSON.stringify({ text: text(1_000_000) })],
  ["1 MB of keys", JSON.stringify(Object.fromEntries(Array.from({ length: 20_000 }, () => [randomUUID(), 1])))],
];

test.each(oddInsights)("insights may hold %s, written, replaced and deleted", async (_what, insights) => {
  await using owner = await connect(adopted.owner);
  const id = `odd ${randomUUID()}`;
  await website.submit(after, id);
  await website.analyse(after, id, insights);
  const { rows } = await owner.query(
    "select document_insights is not distinct from $2::jsonb as kept from contact_submissions where id = $1",
    [id, insights],
  );
  expect(rows).toEqual([{ kept: true }]);
  await website.analyse(after, id, '{"total_documents":1}');
  await website.analyse(after, id, insights);
  await after.query("update contact_submissions set status = 'closed' where id = $1", [id]);
  expect((await owner.query("delete from contact_submissions where id = $1", [id])).rowCount).toBe(1);
});

test.each([
  ["2 MB of message", { message: `Grüße 山田 ${text(2_000_000)}` }],
  ["names at their full length", { name: wide(255), company: wide(255), service: wide(255) }],
  ["letters that grow in lower case", { email: "İ".repeat(255) }],
  ["nothing where something is usual", { name: "", email: "", message: "", company: null, service: null }],
  [
    "bidi controls, emoji and noncharacters",
    { name: "\u202e👩🏽‍🚀\uffff\ufffe", company: "\u0000".slice(1) || "\u200b" },
  ],
])("a submission may hold %s", async (_what, given) => {
  // The longest id there can be: it is a part of most indexes.
  const id = `${randomUUID()}${wide(255 - 36)}`;
  expect((await website.submit(after, id, given)).rows).toEqual([{ id }]);
  await after.query(
    "update contact_submissions set message = message || '!', name = left(name || '!', 255) where id = $1",
    [id],
  );
});

/** The SQLSTATE with which a statement failed, or "done". */
const outcome = (statement: Promise<unknown>) =>
  statement.then(
    () => "done",
    (error: { code?: string }) => error.code ?? String(error),
  );

test("whatever the bare tables accept is accepted, and what they refuse is refused alike", async () => {
  const anyText = fc.string({ unit: "binary", maxLength: 300 });
  const number = fc.oneof(fc.double(), fc.bigInt().map(String), fc.constantFrom("1e400", "-0", "1e-9", "1000001"));
  const part = fc.oneof(fc.json(), number.map(String), fc.constantFrom("null", "[]", '"five"', '["pdf"]'));
  const insights = fc.oneof(
    fc.json(),
    part.map((value) => `{"total_documents":${value}}`),
    fc.tuple(fc.constantFrom("complexity_score", "primary_language"), part).map(([key, value]) => analysis(key, value)),
    fc.tuple(part, part).map(([types, all]) => `{"document_types":${types},"content_analysis":${all}}`),
  );
  const submission = fc.record({
    name: anyText,
    email: anyText,
    company: fc.option(anyText),
    service: fc.option(anyText),
    message: anyText,
  });
  await fc.assert(
    fc.asyncProperty(anyText, submission, insights, fc.option(anyText), async (suffix, given, found, status) => {
      const id = `${randomUUID()}${suffix}`;
      for (const statement of [
        (client: pg.Client) => website.submit(client, id, given),
        (client: pg.Client) => website.analyse(client, id, found),
        (client: pg.Client) => client.query("update contact_submissions set status = $2 where id = $1", [id, status]),
      ]) {
        expect(await outcome(statement(after))).toBe(await outcome(statement(before)));
      }
    }),
    { numRuns: 300 },
  );
});

test("the counter counts for a role that may only update, and begins at one", async () => {
  expect(await website.count(before)).toBeNull();
  expect([await website.count(after), await website.count(after)]).toEqual([1, 2]);
});

test("no trigger function that anyone may hang on a table of theirs runs with the owner's rights", async () => {
  const client = new pg.Client({ connectionString: process.env.DATABASE_DIRECT_URL });
  await client.connect();
  const { rows } = await client.query(
    `select proname from pg_proc
     where pronamespace = 'public'::regnamespace and prorettype = 'trigger'::regtype and prosecdef
       and has_function_privilege('website', oid, 'execute')`,
  );
  await client.end();
  expect(rows).toEqual([]);
});
