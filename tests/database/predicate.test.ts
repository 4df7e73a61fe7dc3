import fc from "fast-check";
import { beforeAll, expect, test } from "vitest";
import { Prisma } from "@/generated/prisma/client";
import { queryRows } from "@/lib/database/query";
import { type FieldKey, fieldKeys, fields } from "@/lib/filter/fields";
import { type ContactFilter, emptyFilter } from "@/lib/filter/filter";
import { matchingContacts } from "@/lib/filter/sql/matching";
import { predicate } from "@/lib/filter/sql/predicate";
import { parseFilter, printFilter, printKey } from "@/lib/filter/url";
import { viewerIn } from "../viewer";
import { matches } from "./inbox-model";
import { assignees, batches, makeUglyContacts, storeContacts } from "./inbox-rows";

const contacts = makeUglyContacts(540);
const zones = ["Europe/Berlin", "Asia/Kathmandu", "Pacific/Apia", "UTC"];

beforeAll(() => storeContacts(contacts));

/** The ids of several filters, each in order, in one statement: by the condition, and by what the terms find of it. */
async function findIds(filters: ContactFilter[], zone: string): Promise<string[][]> {
  const parts = filters.map(
    (filter, index) => Prisma.sql`
      select ${index}::int as position,
        array(select c.id::text from contact_submissions c where ${predicate(filter, viewerIn(zone))}) as ids,
        array(select c.id::text from ${matchingContacts(filter, viewerIn(zone))}) as "byTerms"`,
  );
  const rows = await queryRows<{ ids: string[]; byTerms: string[] }>(
    Prisma.sql`${Prisma.join(parts, " union all ")} order by position`,
  );
  return rows.map((row, index) => {
    const ids = row.ids.toSorted();
    expect({ url: String(printFilter(filters[index] ?? emptyFilter)), ids: row.byTerms.toSorted() }).toEqual({
      url: String(printFilter(filters[index] ?? emptyFilter)),
      ids,
    });
    return ids;
  });
}

function modelIds(filter: ContactFilter, zone: string): string[] {
  return contacts.flatMap((contact) => (matches(contact, filter, zone) ? [contact.id] : [])).toSorted();
}

/** Values that occur, values that nearly do, and any text at all. */
const samples: Record<FieldKey, string[]> = {
  status: ["new", "in_review", "closed", "waiting-on-legal", "New", "nowhere"],
  assignee: ["me", "none", ...assignees, "33333333-3333-4333-8333-333333333333"],
  overdue: ["true", "false"],
  snoozed: ["true", "false"],
  batch: [...batches, "33333333-3333-4333-8333-333333333333"],
  service: ["Cloud Architecture", " Cloud Architecture", "Data %_\\ 'Engineering'", "cloud architecture"],
  source: ["website", "referral", "import"],
  company: ["Zebra", "Äpfel GmbH", "not specified", "株式会社ミナト"],
  page: ["/", "/services?a=b&c=d#e"],
  type: ["pdf", "docx", "PDF", "xlsx", "日本", "a\nb", 'q"uo\\te', "😀".repeat(100), "0"],
  language: ["en", "de", "ja", "EN"],
  confidence: ["high", "medium", "low"],
  business: ["true", "false"],
  documents: ["0", "1", "2-3", "4-", "-2", "1000000", "2.5", "3", "2.5-3", "1000000-"],
  complexity: ["0", "1", "0.7", "-0.199999", "0.2-0.399999", "0.5-", "0-1", "0.2"],
  insights: ["missing", "malformed"],
  "document.type": ["requirements", "invoice", "nothing"],
  "document.status": ["completed", "failed", "odd one", "pending"],
  insight: [
    "content_analysis.primary_language:eq:en",
    "content_analysis.has_business_content:eq:true",
    "content_analysis.complexity_score:gt:0.2",
    "content_analysis.complexity_score:lte:1",
    "content_analysis.complexity_score.value:gte:1",
    "content_analysis:eq:null",
    "content_analysis:missing",
    'content_analysis:eq:[{"primary_language":"en"}]',
    "total_documents:eq:2",
    "total_documents:gt:1000000",
    "total_documents:lt:0",
    "total_documents:exists",
    "total_documents:eq:[2]",
    "total_documents:has:2",
    "document_types:has:pdf",
    "document_types:has:null",
    'document_types:has:["pdf"]',
    'document_types:has:{"type":"pdf"}',
    'document_types:eq:["pdf","docx"]',
    "document_types:eq:[]",
    "document_types:eq:pdf",
    "document_types.0:eq:pdf",
    "document_types.0:exists",
    'document_types:eq:{"0":"pdf"}',
    "a.b:eq:{}",
    "a.b:eq:[]",
    'a.b:eq:[{"c":1}]',
    'a.b:has:{"c":1}',
    "a.b:has:[2,3]",
    "a.b:has:true",
    "a.b.c:exists",
    "a.b.c\\:d:eq:nested",
    "a\\.b.c\\:d:exists",
    "a\\.b.back\\\\slash:gte:5",
    "__proto__.constructor:eq:text",
    "0.1.2:eq:1.5",
    "score:eq:1000",
    'score:eq:"1000"',
    "score:lt:0",
    "tone:eq:5",
    'tone:eq:"5"',
    "tone:eq:formal",
    'document_types:eq:["docx","pdf"]',
    'a.b:has:{"d":2}',
    "a.b:has:[2]",
    "a.b.0:exists",
    "document_types.1:exists",
    "0.0:exists",
    "tone:has:formal",
    "constructor:exists",
  ],
};

const fieldEntry = fc.constantFrom(...fieldKeys).chain((key) =>
  fc.tuple(
    fc.constantFrom("any" as const, "none" as const, "all" as const).map((mode) => printKey(key, mode)),
    fc.oneof(
      { weight: 8, arbitrary: fc.constantFrom(...samples[key]) },
      { weight: 3, arbitrary: fc.constantFrom("", "Not specified") },
      { weight: 1, arbitrary: fc.string({ unit: "grapheme", maxLength: 12 }) },
    ),
  ),
);
const word = fc.oneof(
  fc.constantFrom(
    "mara",
    "HELLO",
    "100%",
    "_",
    "%",
    "\\",
    "émigré",
    "istanbul",
    "\u0130stanbul",
    "\u212a",
    "山田",
    "🚀",
    "-old",
    '"Mara Lindqvist"',
    "ma",
    "-",
  ),
  fc.constantFrom('-"a_b"', '"HELLO  world"', "EXAMPLE.com", "example", '"', '-"', '""', "--"),
);
const otherEntry = fc.oneof(
  fc.tuple(
    fc.constant("q"),
    fc.array(word, { minLength: 1, maxLength: 3 }).map((words) => words.join(" ")),
  ),
  fc.tuple(
    fc.constantFrom("from", "to"),
    fc.constantFrom("2026-11-22", "2026-11-21", "2026-10-25", "2024-02-29", "2011-12-30", "2011-12-31", "9999-12-31"),
  ),
);
const someFilter = fc
  .array(fc.oneof({ weight: 4, arbitrary: fieldEntry }, { weight: 1, arbitrary: otherEntry }), { maxLength: 5 })
  .map((entries) => parseFilter(new URLSearchParams(entries)).filter);

// The longest test of all; on a machine busy with others it needs more than the usual minute.
test("thousands of random filters over ugly rows select what the plain model selects", {
  timeout: 240_000,
}, async () => {
  const rounds = fc.asyncProperty(
    fc.array(someFilter, { minLength: 25, maxLength: 25 }),
    fc.constantFrom(...zones),
    async (filters, zone) => {
      const found = await findIds(filters, zone);
      for (const [index, filter] of filters.entries()) {
        expect({ url: String(printFilter(filter)), ids: found[index] }).toEqual({
          url: String(printFilter(filter)),
          ids: modelIds(filter, zone),
        });
      }
    },
  );
  await fc.assert(rounds, { numRuns: 80 });
});

const insightCondition = fc
  .tuple(
    fc.oneof(
      fc.constantFrom("a", "a.b", "a\\.b", "a.b.c", "0", "0.1.2", "score", "tone", "total_documents", "document_types"),
      fc.constantFrom("content_analysis", "content_analysis.complexity_score", "content_analysis.primary_language"),
      fc.string({ unit: fc.constantFrom("a", "b", "0", ".", "\\", "c"), minLength: 1, maxLength: 6 }),
    ),
    fc.constantFrom("eq", "has", "gt", "gte", "lt", "lte", "exists", "missing"),
    fc.oneof(
      fc.constantFrom(
        "0",
        "1",
        "0.2",
        "0.7",
        "5",
        "1000",
        "1000000",
        "-0.1",
        "null",
        "true",
        "en",
        "pdf",
        "formal",
        '"5"',
      ),
      fc.constantFrom("{}", "[]", "[[]]", '["pdf"]', '["pdf","docx"]', '{"c":1}', '{"c":1,"d":2}', '[{"c":1}]'),
      fc.jsonValue({ maxDepth: 2 }).map((value) => JSON.stringify(value)),
    ),
  )
  .map(([path, operator, value]) =>
    ["exists", "missing"].includes(operator) ? `${path}:${operator}` : `${path}:${operator}:${value}`,
  );

test("random conditions on paths, alone, left out and together, select what the plain model selects", async () => {
  const entries = fc.array(fc.tuple(fc.constantFrom("insight", "-insight", "insight.all"), insightCondition), {
    minLength: 1,
    maxLength: 3,
  });
  const rounds = fc.asyncProperty(fc.array(entries, { minLength: 25, maxLength: 25 }), async (all) => {
    const filters = all.map((each) => parseFilter(new URLSearchParams(each)).filter);
    const found = await findIds(filters, "UTC");
    for (const [index, filter] of filters.entries()) {
      const url = String(printFilter(filter));
      expect({ url, ids: found[index] }).toEqual({ url, ids: modelIds(filter, "UTC") });
    }
  });
  await fc.assert(rounds, { numRuns: 40 });
});

test("each sample value alone selects what the model selects, and its negation exactly the others", async () => {
  for (const key of fieldKeys) {
    const values = [...samples[key], ...(fields[key].notGiven ? [""] : [])];
    const any = values.map((value) => ({ ...emptyFilter, fields: { [key]: { any: [value], none: [], all: [] } } }));
    const none = values.map((value) => ({ ...emptyFilter, fields: { [key]: { any: [], none: [value], all: [] } } }));
    const [found, others] = await Promise.all([findIds(any, "UTC"), findIds(none, "UTC")]);
    for (const [index, filter] of any.entries()) {
      const context = `${key}=${values[index]}`;
      expect(found[index], context).toEqual(modelIds(filter, "UTC"));
      expect([...(found[index] ?? []), ...(others[index] ?? [])].toSorted(), context).toEqual(
        contacts.map((contact) => contact.id).toSorted(),
      );
    }
  }
});

test("every sample but the made-up ones is really there, so that the comparison means something", async () => {
  const none = fieldKeys.flatMap((key) =>
    samples[key].filter((value) => {
      const filter = { ...emptyFilter, fields: { [key]: { any: [value], none: [], all: [] } } };
      return modelIds(filter, "UTC").length === 0;
    }),
  );
  expect(none).toEqual([
    ...["nowhere", "33333333-3333-4333-8333-333333333333", "cloud architecture", "0", "nothing", "pending"],
    "33333333-3333-4333-8333-333333333333",
    ...samples.insight.slice(samples.insight.indexOf('document_types:eq:["docx","pdf"]')),
  ]);
});

test("no text whatever makes the database refuse", async () => {
  const anything = fc.asyncProperty(
    fc.array(fc.tuple(fc.constantFrom("q", "from", "to", "sort", ...fieldKeys), fc.string({ unit: "binary" })), {
      maxLength: 8,
    }),
    async (entries) => {
      const { filter } = parseFilter(new URLSearchParams(entries));
      await findIds([filter], "Europe/Berlin");
    },
  );
  await fc.assert(anything, { numRuns: 150 });
});
