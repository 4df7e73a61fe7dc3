import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isDay } from "@/lib/filter/days";
import { fieldKeys } from "@/lib/filter/fields";
import { type ContactFilter, emptyFilter, sorts, withField } from "@/lib/filter/filter";
import { contactHref, contactsHref, parseFilter, printFilter, printKey } from "@/lib/filter/url";

const parse = (query: string) => parseFilter(new URLSearchParams(query));

describe("reading a filter from a URL", () => {
  test("nothing gives every contact, newest first", () => {
    expect(parse("")).toEqual({ filter: emptyFilter, problems: [] });
  });

  test("a key repeated is any of, with a minus none of, type.all all of; values are sorted and unique", () => {
    expect(parse("status=new&status=closed&status=new&-service=&type.all=pdf&type.all=docx").filter.fields).toEqual({
      status: { any: ["closed", "new"], none: [], all: [] },
      service: { any: [], none: [""], all: [] },
      type: { any: [], none: [], all: ["docx", "pdf"] },
    });
  });

  test("'Not specified' is the same as not given", () => {
    expect(parse("service=Not+specified").filter).toEqual(parse("service=").filter);
  });

  test("text is kept exactly as it is written, spaces and case included", () => {
    expect(parse("company=%20Zebra%20").filter.fields.company?.any).toEqual([" Zebra "]);
  });

  test.each([
    ["3-", "3-"],
    ["1-3", "1-3"],
    ["-2", "-2"],
    ["03-07.50", "3-7.5"],
    ["2-2", "2"],
    ["2", "2"],
    ["0.000001-", "0.000001-"],
  ])("the range %s is kept as %s", (text, canonical) => {
    expect(parse(`documents=${text}`).filter.fields.documents?.any).toEqual([canonical]);
  });

  test.each([
    ["today", "today"],
    ["-0d", "today"],
    ["-1d", "yesterday"],
    ["-07d", "-7d"],
    ["-1w", "-1w"],
    ["-999y", "-999y"],
    ["this-quarter", "this-quarter"],
  ])("the relative day %s is kept as %s", (text, canonical) => {
    expect(parse(`from=${text}&to=${text}`).filter).toEqual({ ...emptyFilter, from: canonical, to: canonical });
  });

  test.each([
    "documents=five",
    "documents=-",
    "documents=3-1",
    "documents=1-2-3",
    "documents=1000001-",
    "documents=1e3-",
    "documents=--5",
    "documents=%2B5",
    "complexity=0-1.1",
    "complexity=0.1234567-",
    "confidence=HIGH",
    "business=yes",
    "insights=present",
    "insights=",
    "type.all=",
    "status.all=new",
    "-q=word",
    "-sort=name",
    "sort=email",
    "from=2026-02-29",
    "from=0000-01-01",
    "to=tomorrow",
    "from=next-week",
    "from=this-day",
    "from=Today",
    "from=7d",
    "from=-1000d",
    "from=-7h",
    "from=-",
    "to=2026-1-1",
    "from=99999-01-01",
    "snoozed=maybe",
    "snoozed=",
    "assignee=myself",
    "assignee.all=me",
    "batch=1",
    "batch=",
    "insight=",
    "insight=Not+specified",
    "insight=a",
    "insight.all=a:is:1",
    "nonsense=1",
    "__proto__=1",
    "constructor=1",
    "toString=1",
    "status=a%00b",
    `status=${"x".repeat(51)}`,
    `q=${"x".repeat(501)}`,
    `q=${"x+".repeat(21)}`,
    `page=${"x".repeat(1_000_000)}`,
  ])("%.40s is dropped, and the page can say so in one sentence", (query) => {
    const { filter, problems } = parse(query);
    expect(filter).toEqual(emptyFilter);
    expect(problems).toHaveLength(1);
    expect(problems[0]?.message).toMatch(/\.$/);
    expect(problems[0]?.value.length).toBeLessThan(100);
  });

  test("what can be given once and is given twice keeps the first", () => {
    const { filter, problems } = parse("sort=name&sort=-name&q=one&q=two");
    expect(filter).toEqual({ ...emptyFilter, sort: "name", words: "one" });
    expect(problems.map((problem) => problem.key)).toEqual(["sort", "q"]);
  });

  test("the page's own parameters are no part of the filter and no problem", () => {
    expect(parse("after=x&before=y&open=z")).toEqual({ filter: emptyFilter, problems: [] });
  });

  test("ten thousand values are cut off with a problem", () => {
    const { filter, problems } = parse(Array.from({ length: 10_000 }, (_, index) => `company=c${index}`).join("&"));
    expect(filter.fields.company?.any).toHaveLength(200);
    expect(problems).toHaveLength(1);
  });

  test("half a surrogate pair, which no decoded URL has but a caller may, is dropped with a problem", () => {
    const params = new URLSearchParams();
    params[Symbol.iterator] = () => [["q", "a\ud800b"] as [string, string]][Symbol.iterator]();
    expect(parseFilter(params).problems).toHaveLength(1);
  });

  test.each(["2024-02-29", "0001-01-01", "9999-12-31"])("%s is a day", (day) => expect(isDay(day)).toBe(true));
});

const anyFilter: fc.Arbitrary<ContactFilter> = fc
  .array(
    fc.tuple(
      fc.constantFrom(
        ...["q", "from", "to", "sort", "nonsense"],
        ...fieldKeys.flatMap((key) => (["any", "none", "all"] as const).map((mode) => printKey(key, mode))),
      ),
      fc.oneof(
        fc.string({ unit: "binary", maxLength: 30 }),
        fc.constantFrom(
          "",
          "Not specified",
          "true",
          "high",
          "missing",
          "3-",
          "1-3",
          "-0.5",
          "2026-11-22",
          "today",
          "last-month",
          "-007d",
          "-1d",
          "-12m",
          "a b  c",
          '-"x',
          "a.b:eq:formal",
          'a\\.b:has:{"z":1,"a":[2.50]}',
          "score:gte:1e3",
          "tone:missing",
        ),
        fc.constantFrom(...sorts),
      ),
    ),
    { maxLength: 12 },
  )
  .map((entries) => parseFilter(new URLSearchParams(entries)).filter);

describe("printing a filter", () => {
  test("defaults are omitted", () => {
    expect(String(printFilter(emptyFilter))).toBe("");
    expect(contactsHref(emptyFilter)).toBe("/contacts");
  });

  test("what is printed reads back as the same filter, and prints the same again, without a problem", () => {
    fc.assert(
      fc.property(anyFilter, (filter) => {
        const printed = String(printFilter(filter));
        const again = parseFilter(new URLSearchParams(printed));
        expect(again).toEqual({ filter, problems: [] });
        expect(String(printFilter(again.filter))).toBe(printed);
      }),
      { numRuns: 2_000 },
    );
  });

  test("filters that say the same print the same, in whatever order they were given", () => {
    const one = printFilter(parse("type=pdf&status=new&status=closed&sort=-timestamp").filter);
    const other = printFilter(parse("status=closed&status=new&type=pdf&q=").filter);
    expect(String(one)).toBe(String(other));
  });

  test("no text whatever throws", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 300 }), (query) => {
        parseFilter(new URLSearchParams(query));
      }),
      { numRuns: 2_000 },
    );
  });
});

describe("links", () => {
  const filter = withField(emptyFilter, "status", { add: ["new"] });

  test("the list carries the filter, the place and the open contact", () => {
    expect(contactsHref(filter, { after: "abc", open: "legacy 5/ümlaut?&#" })).toBe(
      "/contacts?status=new&after=abc&open=legacy+5%2F%C3%BCmlaut%3F%26%23",
    );
  });

  test("any id makes a link that leads back to it", () => {
    expect(contactHref("legacy 5/ümlaut?&#", filter)).toBe("/contacts/legacy%205%2F%C3%BCmlaut%3F%26%23?status=new");
    for (const id of [".", "..", "open", ""]) {
      const href = new URL(contactHref(id, filter), "http://desk");
      expect(href.pathname).toBe("/contacts/open");
      expect(href.searchParams.get("id")).toBe(id);
    }
  });
});
