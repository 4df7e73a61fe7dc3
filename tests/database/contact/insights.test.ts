import { beforeAll, expect, test } from "vitest";
import { Prisma } from "@/generated/prisma/client";
import { type Insights, readInsights } from "@/lib/contact/insights";
import { queryRows } from "@/lib/database/query";
import { emptyFilter, withField } from "@/lib/filter/filter";
import { predicate } from "@/lib/filter/sql/predicate";
import { viewerIn } from "../../viewer";
import { storeContacts, type TestContact, uglyInsights } from "../list/inbox-rows";

const contacts = uglyInsights.map((insights, index): TestContact => {
  const left = { company: null, service: null, status: null, source: null, page: null, documents: [] };
  const base = { ...left, name: "Mara", email: "mara@example.com", message: "", timestamp: "2026-11-21 12:00:00+00" };
  return { ...base, id: String(index), insights };
});

beforeAll(() => storeContacts(contacts));

/** The insights of the contacts that a filter finds. */
async function find(key: "insights" | "language" | "confidence" | "business" | "documents" | "complexity", value = "") {
  const filter = withField(emptyFilter, key, { add: [value] });
  const rows = await queryRows<{ id: string }>(Prisma.sql`
    select c.id from contact_submissions c where ${predicate(filter, viewerIn("UTC"))} order by c.id::int`);
  return rows.map(({ id }) => uglyInsights[Number(id)]);
}

function readParts(text: string | null): Partial<Insights> {
  const read = readInsights(text);
  return read.state === "read" ? read.insights : {};
}

test.each([
  ["language", "language"],
  ["confidence", "confidence"],
  ["business", "businessContent"],
  ["documents", "documents"],
  ["complexity", "complexity"],
] as const)("a contact's page shows %s exactly where the filter does not count it as not given", async (key, part) => {
  expect(await find(key)).toEqual(uglyInsights.filter((text) => readParts(text)[part]?.state !== "given"));
});

test("a contact's page shows all parts as sound exactly where the filter does not count insights as missing", async () => {
  const isSound = (text: string | null) => {
    const { language, confidence, businessContent, documents, complexity, documentTypes } = readParts(text);
    const others = [language, confidence, businessContent, documents, complexity];
    // An empty list of types is valid, with nothing to show.
    const types = documentTypes?.state === "given" || text?.includes('"document_types":[]') === true;
    return types && others.every((part) => part?.state === "given");
  };
  expect(await find("insights", "missing")).toEqual(uglyInsights.filter((text) => !isSound(text)));
});

test("a contact's page says that something is malformed exactly where the filter finds it so", async () => {
  // The filter does not use these.
  const others = ["total size", "last upload", "processing status"];
  const isMalformed = (text: string | null) => {
    const read = readInsights(text);
    return (
      read.state === "unreadable" || (read.state === "read" && read.malformed.some((part) => !others.includes(part)))
    );
  };
  const malformed = uglyInsights.filter(isMalformed);
  expect(malformed.length).toBeGreaterThan(10);
  expect(await find("insights", "malformed")).toEqual(malformed);
});
