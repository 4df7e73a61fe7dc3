import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { withFilter } from "@/lib/filter/combine";
import { completeQuery, type Offered } from "@/lib/filter/query/completion";
import { parseQueryText } from "@/lib/filter/query/text";
import { parseFilter } from "@/lib/filter/url";

const facets: Offered["facets"] = [
  {
    key: "service",
    values: [
      { value: "Cloud Architecture", label: "Cloud Architecture", count: 12 },
      { value: "Data Engineering", label: "Data Engineering", count: 7 },
      { value: "", label: "Not given", count: 3 },
    ],
    exact: true,
  },
  { key: "status", values: [{ value: "on_hold", label: "on_hold", count: 2 }], exact: false },
  { key: "type", values: [{ value: "pdf", label: "pdf", count: 9 }], exact: true },
];
const offered: Offered = {
  facets,
  paths: [
    { path: "content_analysis.tone", kinds: ["text"], values: [{ json: "formal" }, { json: "very friendly" }] },
    { path: "content_analysis.score", kinds: ["number", "text"], values: [{ json: 5 }] },
    { path: "tags", kinds: ["list"], values: [{ json: "urgent" }] },
    { path: "odd key\\.one", kinds: ["text"], values: [] },
  ],
};

/** `|` is the caret; gives the text as each option would leave it. */
function complete(marked: string, asked = false) {
  const caret = marked.indexOf("|");
  const text = marked.replace("|", "");
  const { start, end, options, likely } = completeQuery(text, caret, offered, asked);
  return { texts: options.map((option) => text.slice(0, start) + option.text + text.slice(end)), options, likely };
}

describe("completing a query", () => {
  test("a word is completed to the names that begin like it, by name or label, and nothing is likely yet", () => {
    expect(complete("st|")).toMatchObject({ texts: ["status:"], likely: false });
    expect(complete("offer lang|").texts).toEqual(["offer lang:"]);
    expect(complete("language|").texts).toEqual(["lang:"]);
    expect(complete("-conf|").texts).toEqual(["-conf:"]);
    expect(complete("ty|").texts).toEqual(["type:", "type.all:"]);
  });

  test("a value that contacts have is found without its name", () => {
    expect(complete("clo|").texts).toEqual(['service:"Cloud Architecture"']);
    expect(complete("-pd|").texts).toEqual(["-type:pdf"]);
    expect(complete("p|").texts).not.toContain("type:pdf");
  });

  test("values are offered after a name: those that contacts have first, with how many", () => {
    const { options, likely } = complete("service:|");
    expect(options).toEqual([
      { text: '"Cloud Architecture"', label: "Cloud Architecture", count: 12, exact: true },
      { text: '"Data Engineering"', label: "Data Engineering", count: 7, exact: true },
      { text: "none", label: "Not given", count: 3, exact: true },
    ]);
    expect(likely).toBe(false);
    expect(complete("status:|").options[0]?.text).toBe("on_hold");
    expect(complete("sort:|").options[0]).toEqual({ text: "-timestamp", label: "Newest first", count: null });
  });

  test("once a value has been begun the first is likely, quotes or not; what stands there whole is not replaced", () => {
    expect(complete("service:clo|")).toMatchObject({ texts: ['service:"Cloud Architecture"'], likely: true });
    expect(complete('x -service:"Data|')).toMatchObject({ texts: ['x -service:"Data Engineering"'], likely: true });
    expect(complete("status:review|").texts).toEqual(["status:in_review"]);
    expect(complete("lang:ger|").texts).toEqual(["lang:de"]);
    expect(complete("status:new|").options).toEqual([]);
    expect(complete("company:whoever|").options).toEqual([]);
  });

  test("a second value leaves out the first, and replaces only itself", () => {
    expect(complete("status:new,clos|,spam x").texts).toEqual(["status:new,closed,spam x"]);
    expect(complete("conf:high,|").texts).toEqual(["conf:high,medium", "conf:high,low", "conf:high,none"]);
  });

  test("ranges are examples, which Enter does not take by itself", () => {
    expect(complete("docs:|").options.map(({ text }) => text)).toEqual(["0", "1", "2-3", ">=4", "none"]);
    expect(complete("docs:>|")).toMatchObject({ texts: ["docs:>=4"], likely: false });
    expect(complete("docs:>2|").options).toEqual([]);
  });

  test("nothing is offered in phrases, in the middle of a word, after unknown names, or where nothing is typed", () => {
    for (const text of ['"st|', "st|x", "stauts:|", "status:new |", "|", "10:|"]) {
      expect(complete(text).options).toEqual([]);
    }
    expect(complete("status:new |", true).texts[0]).toBe("status:new status:");
  });

  test("days are offered by what people call them, and stay relative", () => {
    expect(complete("from:|")).toMatchObject({ likely: false });
    expect(complete("from:|").options.map(({ text, label }) => `${text} ${label}`)).toEqual([
      "today Today",
      "yesterday Yesterday",
      "this-week This week",
      "last-week Last week",
      "this-month This month",
      "last-month Last month",
      "-7d 7 days ago",
      "-30d 30 days ago",
    ]);
    expect(complete("status:new to:yest|")).toMatchObject({ texts: ["status:new to:yesterday"], likely: true });
    expect(complete("from:-14|").texts).toEqual(["from:-14d", "from:-14w", "from:-14m", "from:-14y"]);
    expect(complete("from:quarter|").texts).toEqual(["from:this-quarter", "from:last-quarter"]);
    expect(complete("from:2024-12-24|").options).toEqual([]);
    expect(complete("from:-14d|").options).toEqual([]);
  });

  test("a path of the insights is completed first, then what can be asked of it", () => {
    expect(complete("insight:ton|")).toMatchObject({
      texts: ["insight:content_analysis.tone:"],
      options: [{ label: "text", beginning: true }],
      likely: true,
    });
    expect(complete("insight:content_analysis.tone:|").texts).toEqual([
      "insight:content_analysis.tone:eq:formal",
      'insight:"content_analysis.tone:eq:very friendly"',
      "insight:content_analysis.tone:exists",
      "insight:content_analysis.tone:missing",
    ]);
    expect(complete("-insight:content_analysis.score:g|").texts).toEqual(["-insight:content_analysis.score:gte:"]);
    expect(complete("insight:tags:h|").texts).toEqual(["insight:tags:has:urgent"]);
    expect(complete('insight:"content_analysis.tone:eq:ve|').texts).toEqual([
      'insight:"content_analysis.tone:eq:very friendly"',
    ]);
  });

  test("a value alone finds its path, and a condition that is whole is not replaced by Enter", () => {
    expect(complete("insight:form|").texts).toEqual(["insight:content_analysis.tone:eq:formal"]);
    expect(complete("insight:content_analysis.tone:eq:form|")).toMatchObject({ likely: false });
    expect(complete("insight:content_analysis.tone:eq:formal|").options).toEqual([]);
    expect(complete("insight:nothing.like.it|").options).toEqual([]);
    expect(complete("insight:odd|").texts).toEqual(['insight:"odd key\\\\.one:exists"']);
  });

  test("whatever is typed, a value that is offered reads as itself", () => {
    const parts = fc.constantFrom(
      "status:",
      "service:",
      "lang:",
      "-",
      "type:",
      "d",
      "a",
      '"',
      ",",
      " ",
      "n",
      "conf:",
      "\\",
    );
    fc.assert(
      fc.property(fc.array(parts, { maxLength: 8 }), fc.nat(30), (given, at) => {
        const text = given.join("");
        const caret = Math.min(at, text.length);
        const { start, end, options } = completeQuery(text, caret, offered);
        expect(start).toBeLessThanOrEqual(caret);
        expect(end).toBeGreaterThanOrEqual(caret);
        for (const option of options.filter((one) => !one.text.endsWith(":") && one.text.includes(":"))) {
          expect(parseQueryText(option.text).problems).toEqual([]);
        }
      }),
      { numRuns: 2_000 },
    );
  });
});

describe("adding what was typed to a filter", () => {
  const add = (url: string, text: string) =>
    withFilter(parseFilter(new URLSearchParams(url)).filter, parseQueryText(text).filter);
  const is = (url: string) => parseFilter(new URLSearchParams(url)).filter;

  test("values join those of the field, the latest way of asking wins, the rest stays", () => {
    expect(add("status=new&type=pdf&sort=name", "status:closed offer")).toEqual(
      is("q=offer&status=new&status=closed&type=pdf&sort=name"),
    );
    expect(add("status=new&status=closed", "-status:new")).toEqual(is("status=closed&-status=new"));
    expect(add("from=2026-01-01&to=2026-02-01", "from:2026-01-15 sort:-name")).toEqual(
      is("from=2026-01-15&to=2026-02-01&sort=-name"),
    );
    expect(add("q=old", "status:new")).toEqual(is("status=new"));
  });
});
