import fc from "fast-check";
import pg from "pg";
import { beforeAll, expect, test } from "vitest";
import { fieldKeys, fields, listedValues } from "@/lib/filter/fields";
import { type ContactFilter, emptyFilter, withField } from "@/lib/filter/filter";
import { histogramOf } from "@/lib/filter/histograms";
import { parseFilter, printFilter } from "@/lib/filter/url";
import { countLimit } from "@/lib/list/counts";
import { type Facet, facetLimit, listFacets } from "@/lib/list/facets";
import { listContacts } from "@/lib/list/queries";
import { viewerIn } from "../../viewer";
import { matches } from "./inbox-model";
import { makeUglyContacts, storeContacts } from "./inbox-rows";

const contacts = makeUglyContacts(540);
const zone = "Europe/Berlin";

beforeAll(() => storeContacts(contacts));

const parse = (query: string) => parseFilter(new URLSearchParams(query)).filter;

/** Each value's count beside the number of contacts that the model finds behind its link. */
function compareWithLinks(filter: ContactFilter, facets: Facet[]): void {
  for (const { key, values } of facets) {
    for (const { value, count } of values) {
      const link = withField(filter, key, { set: [value] });
      const url = String(printFilter(link));
      const behind = contacts.filter((contact) => matches(contact, link, zone)).length;
      expect({ url, count }).toEqual({ url, count: behind });
    }
  }
}

function find(facets: Facet[], key: Facet["key"]): Facet["values"] {
  return facets.find((facet) => facet.key === key)?.values ?? [];
}

test("every value of every facet is a link to exactly as many contacts as it says", async () => {
  const facets = await listFacets(emptyFilter, viewerIn(zone));
  expect(facets.map((facet) => facet.key)).toEqual(fieldKeys.filter((key) => fields[key].facet !== null));
  expect(facets.every((facet) => facet.exact && facet.values.length > 0)).toBe(true);
  compareWithLinks(emptyFilter, facets);
});

test("so it is under any filter: a facet respects all the others and not its own field", async () => {
  const part = fc.constantFrom(
    ...["status=new", "status=closed", "-status=spam", "type=pdf", "type.all=docx", "-type=", "documents=2-", "q=mara"],
    ...["insights=missing", "-insights=missing", "business=true", "language=", "complexity=0.3-0.8", "-service="],
    ...["document.type=requirements", "-document.status=failed", "from=2024-01-01", "company=Zebra", "page=/"],
  );
  const underFilters = fc.asyncProperty(fc.array(part, { minLength: 1, maxLength: 4 }), async (parts) => {
    const filter = parse(parts.join("&"));
    compareWithLinks(filter, await listFacets(filter, viewerIn(zone)));
  });
  await fc.assert(underFilters, { numRuns: 30 });
});

test("the bars of a histogram are the contacts behind their ranges, whatever its own field asks for", async () => {
  for (const filter of [emptyFilter, parse("status=new&complexity=0.3-0.7&documents=2-3&documents=5")]) {
    const facets = await listFacets(filter, viewerIn(zone));
    for (const key of ["documents", "complexity"] as const) {
      const { bars = [], values = [] } = facets.find((facet) => facet.key === key) ?? {};
      const behind = (histogramOf(key)?.bars ?? []).map((bar) => {
        const link = withField(filter, key, { set: [bar] });
        return contacts.filter((contact) => matches(contact, link, zone)).length;
      });
      expect({ key, bars }).toEqual({ key, bars: behind });
      expect(bars.filter((count) => count > 0).length).toBeGreaterThan(1);
      // The list of values has its own ranges and what is asked for, and no bars.
      const offered = [...listedValues(key), ...(filter.fields[key]?.any ?? [])];
      expect(values.filter(({ value }) => !offered.includes(value))).toEqual([]);
    }
  }
});

test("a value is there while it is asked for, though no contact has it or others are commoner", async () => {
  const facets = await listFacets(parse("company=Nobody&-company=apple&documents=7-9&confidence=low"), viewerIn(zone));
  expect(find(facets, "company")).toContainEqual(
    expect.objectContaining({ value: "Nobody", count: 0, selected: true, excluded: false }),
  );
  expect(find(facets, "company")).toContainEqual(
    expect.objectContaining({ value: "apple", selected: false, excluded: true }),
  );
  expect(find(facets, "documents")).toContainEqual(
    expect.objectContaining({ value: "7-9", label: "7 to 9", selected: true }),
  );
});

test("statuses stand in triage order with their labels, unknown ones after them", async () => {
  const labels = find(await listFacets(emptyFilter, viewerIn(zone)), "status").map((value) => value.label);
  expect(labels.slice(0, 6)).toEqual(["New", "In review", "Contacted", "Qualified", "Closed", "Spam"]);
  expect(labels.slice(6).toSorted()).toEqual(["No status", "waiting-on-legal", "“New”"]);
});

test("values that differ only in what cannot be seen are different rows, to the eye too", async () => {
  const alike = ["Zed", " Zed\n", "Zed\u200b", "Z\u00aded", "Z\u0065\u0301d", "Zéd", " ", "\u00a0", "Not given", ""];
  const twins = alike.map((service, index) => ({
    ...{ id: `twin_${index}`, name: "n", email: "e", company: "Twins", message: "m", timestamp: "2024-01-01Z" },
    ...{ service, source: service, status: service.slice(0, 50), page: service, documents: [], assignee: null },
    insights: JSON.stringify({ document_types: [service], content_analysis: { primary_language: service } }),
  }));
  await storeContacts(twins);
  try {
    const facets = await listFacets(parse("company=Twins"), viewerIn(zone));
    // As a browser shows a label: a run of blanks is one, and none stands at its ends.
    const shown = (label: string) => label.replace(/[\s\p{Default_Ignorable_Code_Point}]+/gu, " ").trim();
    for (const key of ["service", "source", "status", "type", "language"] as const) {
      const values = find(facets, key);
      // Some facets have room for eight values.
      expect(values.length).toBeGreaterThanOrEqual(8);
      expect(new Set(values.map(({ label }) => shown(label).normalize("NFC"))).size, key).toBe(values.length);
      for (const { value } of values) {
        const { rows } = await listContacts(withField(parse("company=Twins"), key, { set: [value] }), viewerIn(zone));
        expect(rows.map(({ id }) => id)).toEqual([`twin_${alike.indexOf(value)}`]);
      }
    }
  } finally {
    const client = new pg.Client({ connectionString: process.env.DATABASE_DIRECT_URL });
    await client.connect();
    await client.query("delete from contact_submissions where id like 'twin%'");
    await client.end();
  }
});

test("a stored page too long for any URL is no value one could click, and hides no other", async () => {
  const pages = find(await listFacets(emptyFilter, viewerIn(zone)), "page").map((value) => value.value);
  expect(pages.toSorted()).toEqual(["", "/", "/services?a=b&c=d#e"]);
});

test("facets count all contacts of a desk with up to 10,000; of one with more, 3,000, and say so", async () => {
  const client = new pg.Client({ connectionString: process.env.DATABASE_DIRECT_URL });
  await client.connect();
  const addMany = (from: number, to: number) =>
    client.query(`
      insert into contact_submissions (id, name, email, message, "timestamp", status)
      select 'many_' || n, 'n', 'e', 'm', now(), 'new' from generate_series(${from}, ${to}) n`);
  try {
    await addMany(1, facetLimit);
    const all = await listFacets(parse("status=new"), viewerIn(zone));
    expect(all.filter((facet) => !facet.exact)).toEqual([]);
    const ours = contacts.filter((contact) => matches(contact, parse("status=new"), zone)).length;
    expect(find(all, "status").find(({ value }) => value === "new")?.count).toBe(ours + facetLimit);
    await addMany(facetLimit + 1, countLimit);
    const facets = await listFacets(parse("status=new"), viewerIn(zone));
    expect(facets.filter((facet) => facet.exact)).toEqual([]);
    expect(find(facets, "source")[0]).toMatchObject({ value: "website" });
    const few = await listFacets(parse("status=new&q=mara"), viewerIn(zone));
    expect(few.filter((facet) => !facet.exact)).toEqual([]);
  } finally {
    await client.query("delete from contact_submissions where id like 'many%'");
    await client.end();
  }
});
