import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { describeFilter } from "@/lib/filter/chips";
import { emptyFilter } from "@/lib/filter/filter";
import {
  describeInsightCondition,
  type InsightCondition,
  isBroad,
  parseInsightCondition,
  printInsightCondition,
} from "@/lib/filter/insight/condition";
import { withInsightCondition } from "@/lib/filter/insight/with-condition";
import { parseFilter, printFilter } from "@/lib/filter/url";

/** The canonical form of a condition. */
function reprint(text: string): string | null {
  const condition = parseInsightCondition(text);
  return condition && printInsightCondition(condition);
}

/** Texts of a few characters only. */
const textOf = (characters: string, maxLength: number) =>
  fc.array(fc.constantFrom(...characters), { maxLength }).map((some) => some.join(""));

describe("reading a condition on a path", () => {
  test.each<[string, InsightCondition]>([
    ["content_analysis.tone:eq:formal", { path: ["content_analysis", "tone"], operator: "eq", value: "formal" }],
    ["a:eq:5", { path: ["a"], operator: "eq", value: 5 }],
    ['a:eq:"5"', { path: ["a"], operator: "eq", value: "5" }],
    ["a:eq:", { path: ["a"], operator: "eq", value: "" }],
    ["a:eq: 5 ", { path: ["a"], operator: "eq", value: 5 }],
    ["a:eq:5 apples", { path: ["a"], operator: "eq", value: "5 apples" }],
    ["a:eq:b:c.d\\e", { path: ["a"], operator: "eq", value: "b:c.d\\e" }],
    ["a:has:null", { path: ["a"], operator: "has", value: null }],
    ["a:eq:[1,[2]]", { path: ["a"], operator: "eq", value: [1, [2]] }],
    ["a\\.b.c\\:d.e\\\\f:exists", { path: ["a.b", "c:d", "e\\f"], operator: "exists" }],
    ["0.1:missing", { path: ["0", "1"], operator: "missing" }],
    ["a:gt:-0.5", { path: ["a"], operator: "gt", value: -0.5 }],
    ["a b.ü😀:lte:1e3", { path: ["a b", "ü😀"], operator: "lte", value: 1000 }],
  ])("%s", (text, expected) => expect(parseInsightCondition(text)).toEqual(expected));

  test.each([
    ...["", ":", "a", "a:", "a:eq", "a.b", ":eq:1", ".a:eq:1", "a.:eq:1", "a..b:eq:1", "a\\:eq:1", "a:eq\\:1"],
    ...["a:is:1", "a:EQ:1", "a:exists:", "a:exists:1", "a:missing:null", "a:gt:five", 'a:gt:"5"', "a:gt:null", "a:gt:"],
    ...["a:gt:1e400", "a:eq:1e400", "a:eq:1e16", "a:eq:1e-16", "a:eq:1e-400", 'a:eq:[0,{"b":1e99}]'],
    ...["a:eq:1234567890123456", "a:gt:0.1234567890123456", 'a:eq:"\\ud800"', 'a:eq:"\\u0000"', 'a:eq:{"\\u0000":1}'],
    ...[
      `${"a.".repeat(8)}a:exists`,
      `${"k".repeat(201)}:exists`,
      `a:eq:${"v".repeat(501)}`,
      `a:eq:[${"1e14,".repeat(99)}0]`,
    ],
  ])("%.60s is malformed", (text) => expect(parseInsightCondition(text)).toBeNull());

  test("eight keys, keys of 200 characters and values of 500 are still taken", () => {
    for (const text of [`${"a.".repeat(7)}a:exists`, `${"k".repeat(200)}:exists`, `a:eq:${"v".repeat(500)}`]) {
      expect(reprint(text)).toBe(text);
    }
  });

  test.each([
    ["a:eq:1.50", "a:eq:1.5"],
    ["a:eq:-0", "a:eq:0"],
    ["a:eq:1e3", "a:eq:1000"],
    ["a:eq:0.10000000000000000000", "a:eq:0.1"],
    ['a:eq:"formal"', "a:eq:formal"],
    ['a:eq:"12345678901234567890"', 'a:eq:"12345678901234567890"'],
    ['a:has:{ "z": 1, "a": {"c":2,"b":3} }', 'a:has:{"a":{"b":3,"c":2},"z":1}'],
    ['a:eq:{"b":1,"b":2}', 'a:eq:{"b":2}'],
    ["\\a.\\b:exists", "a.b:exists"],
  ])("%s is kept as %s", (text, canonical) => {
    expect(reprint(text)).toBe(canonical);
    expect(reprint(canonical)).toBe(canonical);
  });

  test("any keys and any value come back exactly as they were, and print the same again", () => {
    const key = fc.string({ unit: "grapheme", minLength: 1, maxLength: 20 });
    const value = fc.oneof(
      fc.jsonValue({ maxDepth: 3 }),
      fc.string({ unit: "grapheme", maxLength: 60 }),
      textOf('\\"{}[],:.0129e+- tn', 12),
    );
    const property = fc.property(
      fc.array(key, { minLength: 1, maxLength: 8 }),
      fc.constantFrom("eq" as const, "has" as const),
      value,
      (path, operator, given) => {
        const printed = printInsightCondition({ path, operator, value: given as string });
        const condition = parseInsightCondition(printed);
        // Numbers beyond the bounds, and what PostgreSQL cannot store, are malformed; everything else is the same value.
        if (!condition) return fc.pre(false);
        expect(condition).toEqual({ path, operator, value: JSON.parse(JSON.stringify(given)) });
        const again = printInsightCondition(condition);
        expect(parseInsightCondition(again)).toEqual(condition);
        expect(reprint(again)).toBe(again);
      },
    );
    fc.assert(property, { numRuns: 800 });
  });

  test("no text whatever throws, and what is read is printed in one way", () => {
    const loose = fc.tuple(
      textOf("ab0.\\:", 8),
      fc.constantFrom(":eq:", ":has:", ":gt:", ":exists", ":missing", ":", ""),
      fc.oneof(
        fc.array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 20 }).map((units) => String.fromCharCode(...units)),
        textOf('[]{}",:01.e-\\u', 20),
      ),
    );
    fc.assert(
      fc.property(loose, (parts) => {
        const once = reprint(parts.join(""));
        if (once !== null) expect(reprint(once)).toBe(once);
      }),
      { numRuns: 1_000 },
    );
  });
});

describe("a condition in a filter", () => {
  const parse = (query: string) => parseFilter(new URLSearchParams(query));

  test("repeated it is any of, with a minus none of, insight.all all of", () => {
    const { filter, problems } = parse(
      "insight=tone:eq:casual&insight=tone:eq:formal&-insight=score:missing&insight.all=score:gte:1&insight.all=score:lt:5",
    );
    expect(problems).toEqual([]);
    expect(filter.fields.insight).toEqual({
      any: ["tone:eq:casual", "tone:eq:formal"],
      none: ["score:missing"],
      all: ["score:gte:1", "score:lt:5"],
    });
    expect(parse(String(printFilter(filter))).filter).toEqual(filter);
  });

  test("two spellings of one condition are one", () => {
    expect(parse('insight=a:eq:1.0&insight=a:eq:1&insight=a:eq:"x"&insight=a:eq:x').filter.fields.insight?.any).toEqual(
      ["a:eq:1", "a:eq:x"],
    );
  });

  test("a chip says it in words", () => {
    const chips = describeFilter(
      parse("insight=content_analysis.tone:eq:formal&insight=a:eq:x&-insight=tags:has:urgent&insight.all=n:gt:5")
        .filter,
    );
    expect(chips.map(({ label, text }) => `${label} ${text}`)).toEqual([
      "Insights a: x, content_analysis.tone: formal",
      "Insights not tags: has urgent",
      "Insights all of n: over 5",
    ]);
  });

  test.each([
    ["a:eq:", 'a: ""'],
    ["a:eq:null", "a: null"],
    ['a:eq:"null"', 'a: "null"'],
    ['a:eq:"5"', 'a: "5"'],
    ["a:eq:5 ", "a: 5"],
    ['a:eq:" Zed"', "a: ␣Zed"],
    ["a:eq:[1]", "a: [1]"],
    ["a\\.b:gte:1", "a\\.b: at least 1"],
    ["a:lt:1", "a: under 1"],
    ["a:lte:1", "a: at most 1"],
    ["a:exists", "a: present"],
    ["a:missing", "a: missing"],
  ])("%s reads %s", (text, words) => {
    const condition = parseInsightCondition(text);
    expect(condition && describeInsightCondition(condition)).toBe(words);
  });
});

describe("adding conditions one after the other", () => {
  const add = (...texts: string[]) =>
    decodeURIComponent(
      String(
        printFilter(
          texts.reduce((filter, text) => {
            const condition = parseInsightCondition(text);
            return condition ? withInsightCondition(filter, condition) : filter;
          }, emptyFilter),
        ),
      ),
    );

  test.each([
    [["tone:eq:formal"], "insight=tone:eq:formal"],
    [["tone:eq:formal", "tone:eq:casual"], "insight=tone:eq:casual&insight=tone:eq:formal"],
    [["tone:eq:formal", "tags:has:urgent"], "insight=tone:eq:formal&insight.all=tags:has:urgent"],
    [["score:gte:1", "score:lte:5"], "insight=score:gte:1&insight.all=score:lte:5"],
    [["score:gte:1", "score:lte:5", "score:gt:2", "score:lte:4"], "insight=score:gt:2&insight.all=score:lte:4"],
    [["tone:exists", "tone:missing"], "insight=tone:missing"],
    [["a:eq:1", "b:eq:1", "b:eq:2"], "insight=a:eq:1&insight.all=b:eq:2"],
    [["a:eq:1", "b:has:1", "b:has:2"], "insight=a:eq:1&insight.all=b:has:1&insight.all=b:has:2"],
  ])("%j gives %s", (texts, query) => expect(add(...texts)).toBe(query));
});

test("only a condition that names a value can be answered by an index", () => {
  const broad = (text: string) => {
    const condition = parseInsightCondition(text);
    return condition && isBroad(condition);
  };
  expect(["a:eq:1", "a:has:x", "a:eq:null", 'a:eq:{"b":[1]}'].map(broad)).toEqual([false, false, false, false]);
  expect(["a:eq:{}", "a:has:[]", "a:gt:1", "a:lte:1", "a:exists", "a:missing"].every(broad)).toBe(true);
});
