import fc from "fast-check";
import { beforeAll, expect, test } from "vitest";
import { Prisma } from "@/generated/prisma/client";
import { queryRows } from "@/lib/database/query";
import { type FieldKey, fieldKeys, fields } from "@/lib/filter/fields";
import { type ContactFilter, emptyFilter } from "@/lib/filter/filter";
import { matchingContacts } from "@/lib/filter/sql/matching";
import { predicate } from "@/lib/filter/sql/predicate";
import { parseFilter, printFilter, printKey } from "@/lib/filter/url";
import { viewerIn } from "../../viewer";
import { matches, relativeDays } from "../list/inbox-model";
import { makeUglyContacts, storeContacts } from "../list/inbox-rows";
import { fieldModel } from "./field-model";

const contacts = makeUglyContacts(540);
const zones = ["Europe/Berlin", "Asia/Kathmandu", "Pacific/Apia", "UTC"];

beforeAll(() => storeContacts(contacts));

/** The ids of several filters, each in order, in one statement: by the condition, and by the terms. */
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

/** Values that occur, values that almost occur, and values that do not. */
const samplesOf = (key: FieldKey) => [...fieldModel[key].samples, ...(fieldModel[key].absent ?? [])];

const fieldEntry = fc.constantFrom(...fieldKeys).chain((key) =>
  fc.tuple(
    fc.constantFrom("any" as const, "none" as const, "all" as const).map((mode) => printKey(key, mode)),
    fc.oneof(
      { weight: 8, arbitrary: fc.constantFrom(...samplesOf(key)) },
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
    "O’Brien",
    "o'brien",
    "strasse",
    "STRAßE",
    "emigre",
    "cafe",
    "“Mara Lindqvist”",
    "γιωργος",
    "ΓΙΏΡΓΟΣ",
    "ａｃｍｅ",
    "zerowidth",
    "well—known",
    "が",
    "か",
    "-old",
    '"Mara Lindqvist"',
    "ma",
    "-",
  ),
  fc.constantFrom(
    '-"a_b"',
    '"HELLO  world"',
    "EXAMPLE.com",
    "example",
    '"line end"',
    '"the  line"',
    "'",
    "s'",
    "é",
    '"',
    '-"',
    '""',
    "--",
  ),
);
const otherEntry = fc.oneof(
  fc.tuple(
    fc.constant("q"),
    fc.array(word, { minLength: 1, maxLength: 3 }).map((words) => words.join(" ")),
  ),
  fc.tuple(
    fc.constantFrom("from", "to"),
    fc.oneof(
      fc.constantFrom("2026-11-22", "2026-11-21", "2026-10-25", "2024-02-29", "2011-12-30", "2011-12-31", "9999-12-31"),
      fc.constantFrom(...relativeDays),
    ),
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
    const values = [...samplesOf(key), ...(fields[key].notGiven ? [""] : [])];
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
  const none = (key: FieldKey) =>
    samplesOf(key).filter((value) => {
      const filter = { ...emptyFilter, fields: { [key]: { any: [value], none: [], all: [] } } };
      return modelIds(filter, "UTC").length === 0;
    });
  for (const key of fieldKeys) expect(none(key), key).toEqual(fieldModel[key].absent ?? []);
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
