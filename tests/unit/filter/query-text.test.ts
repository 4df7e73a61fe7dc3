import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { fieldKeys, fields } from "@/lib/filter/fields";
import { type ContactFilter, emptyFilter, sorts } from "@/lib/filter/filter";
import { queryNames } from "@/lib/filter/query/names";
import { parseQueryText, printQueryTerms, printQueryText } from "@/lib/filter/query/text";
import { parseFilter, printFilter, printKey } from "@/lib/filter/url";

const fromUrl = (query: string) => parseFilter(new URLSearchParams(query)).filter;
const printed = (text: string) =>
  decodeURIComponent(String(printFilter(parseQueryText(text).filter))).replaceAll("+", " ");
const problemsOf = (text: string) =>
  parseQueryText(text).problems.map(({ start, end, message }) => `${text.slice(start, end)}|${message}`);

describe("reading a query", () => {
  test("nothing is every contact", () => {
    expect(parseQueryText("  ")).toEqual({ filter: emptyFilter, problems: [] });
  });

  test("the query of the issue is the filter that chips would give", () => {
    const text = 'status:new type:pdf docs:>2 lang:en conf:high -service:"Cloud Architecture" "exact words"';
    expect(parseQueryText(text)).toEqual({
      filter: fromUrl(
        'q="exact words"&status=new&type=pdf&documents=3-&language=en&confidence=high&-service=Cloud Architecture',
      ),
      problems: [],
    });
  });

  test.each([
    ["status:new,closed", "status=closed&status=new"],
    ["status:new status:closed", "status=closed&status=new"],
    ["-status:spam", "-status=spam"],
    ["type.all:pdf,docx", "type.all=docx&type.all=pdf"],
    ['service:""', "service="],
    ["service:none", "service="],
    ['service:"none"', "service=none"],
    ["-company:none", "-company="],
    ['service:"Not specified"', "service="],
    ['company:"say \\"hi\\" \\\\ C:\\dir"', 'company=say "hi" \\ C:\\dir'],
    ['company:"A, B",C', "company=A, B&company=C"],
    ["STATUS:In-Review", "status=in_review"],
    ['status:"New"', "status=New"],
    ["lang:German language:EN", "language=de&language=en"],
    ["business:yes", "business=true"],
    ['business:"No"', "business=false"],
    ["overdue:yes snoozed:No", "snoozed=false&overdue=true"],
    ["conf:High confidence:low", "confidence=high&confidence=low"],
    ["insights:missing", "insights=missing"],
    ["-insights:Malformed", "-insights=malformed"],
    ["doctype:invoice docstatus:Failed", "document.type=invoice&document.status=failed"],
    ["document.status:failed", "document.status=failed"],
    ["from:2026-10-01 to:2026-10-31", "from=2026-10-01&to=2026-10-31"],
    ["from:Last_Month to:last-month", "from=last-month&to=last-month"],
    ['from:"7 days ago" to:YESTERDAY', "from=-7d&to=yesterday"],
    ['from:"1 month ago" to:-0d', "from=-1m&to=today"],
    ["sort:-documents", "sort=-documents"],
    ["sort:-timestamp", ""],
  ])("%s", (text, url) => {
    expect(problemsOf(text)).toEqual([]);
    expect(printed(text)).toBe(url);
  });

  test.each([
    ["docs:>2", "3-"],
    ["docs:>2.5", "3-"],
    ["docs:>=3", "3-"],
    ["docs:<5", "-4"],
    ["docs:<4.5", "-4"],
    ["docs:<=4", "-4"],
    ["docs:1-3", "1-3"],
    ["docs:3-", "3-"],
    ["docs:-2", "-2"],
    ["docs:4", "4"],
    ["docs:none", ""],
    ["complexity:>0.5", "0.500001-"],
    ["complexity:<0.2", "-0.199999"],
    ["complexity:>=0.8", "0.8-"],
  ])("the range %s is %s", (text, range) => {
    const { filter, problems } = parseQueryText(text);
    expect(problems).toEqual([]);
    expect(filter.fields[text.startsWith("docs") ? "documents" : "complexity"]?.any).toEqual([range]);
  });

  test("one of the staff may be called by name, unless two have it", () => {
    const people = ["Milo Brandt", "Ada Keller", "Sam Reed", "sam reed"].map((name, at) => ({
      id: `0000000${at}-0000-4000-8000-000000000000`,
      name,
    }));
    const [milo, ada] = people.map(({ id }) => id);
    const text = 'assignee:"Milo Brandt",me -assignee:ada-keller offer';
    const { filter, problems } = parseQueryText(text, people);
    expect(problems).toEqual([]);
    expect(filter.fields.assignee).toEqual({ any: [milo, "me"].toSorted(), none: [ada], all: [] });
    expect(parseQueryText('assignee:"Sam Reed"', people).problems).toHaveLength(1);
    expect(parseQueryText('assignee:"Milo Brandt"').problems[0]?.message).toBe(
      "Assignee needs me, none or the name of someone on the staff.",
    );
  });

  test.each([
    ["cloud  migration", "cloud  migration"],
    ['"exact words" -"not these" -nor plain', '"exact words" -"not these" -nor plain'],
    ['"status:new"', '"status:new"'],
    ["10:30 https://desk.example/x e-mail", "10:30 https://desk.example/x e-mail"],
    ['"never closed status:new', '"never closed status:new'],
    ["one status:new two", "one two"],
    ['words:"status:new"', "status:new"],
    ["-", "-"],
    [":new 5:5 ünï:x", ":new 5:5 ünï:x"],
  ])("the words of %s are %s", (text, words) => {
    const { filter, problems } = parseQueryText(text);
    expect(problems).toEqual([]);
    expect(filter.words).toBe(words);
  });

  test.each([
    ["stauts:new", 'stauts:|There is no filter "stauts". Did you mean status:?', "status:"],
    ["x -servce:a", '-servce:|There is no filter "servce". Did you mean -service:?', "-service:"],
    ["compl:1", 'compl:|There is no filter "compl". Did you mean complexity:?', "complexity:"],
    ["subject:x", 'subject:|There is no filter "subject". Put it in quotes to search for it.', undefined],
    ["-from:2026-01-01", `-from:|"from" can't be excluded.`, "from:"],
    ["-type.all:pdf", `-type.all:|"type.all" can't be excluded.`, "type.all:"],
  ])("%s names no filter, and the nearest is offered", (text, problem, fix) => {
    expect(problemsOf(text)).toEqual([problem]);
    expect(parseQueryText(text).problems[0]?.fix).toBe(fix);
  });

  test.each([
    ["status: new", "status:|needs a value, such as status:new, or status:none for contacts without one."],
    ["status:new,", "status:new,|needs a value, such as status:new, or status:none for contacts without one."],
    ["from:", "from:|needs a day, such as from:2026-11-22."],
    ["conf:sure x", "sure|Confidence needs high, medium or low."],
    ["docs:five", /^five\|Number of documents needs a number or a range/],
    ["docs:<0", /^<0\|Number of documents needs a number or a range/],
    ["docs:1,>9999999", /^>9999999\|Number of documents needs a number or a range/],
    ["complexity:>1", /^>1\|Complexity needs a number or a range/],
    ["from:2026-02-30", '2026-02-30|"2026-02-30" is not a day, such as 2026-11-22, today, -7d or last-month.'],
    ["from:2026-01-01 from:2026-01-02", '2026-01-02|"from" can only be used once.'],
    ["sort:email", `email|Contacts can't be sorted by "email".`],
    ['service:"Cloud Arch', '"Cloud Arch|needs a closing quote.'],
    ["insights:none", "none|Insights needs missing or malformed."],
    ["status:new\0", "new\0|It contains a character that can't be stored."],
    [`x ${"y ".repeat(20)}`, /^x .*y\|Search for at most/],
  ])("%s is said at its place", (text, problem) => {
    const found = problemsOf(text);
    expect(found).toHaveLength(1);
    if (typeof problem === "string") expect(found[0]).toBe(problem);
    else expect(found[0]).toMatch(problem);
  });

  test("what is wrong is left out, and the rest is understood", () => {
    const { filter, problems } = parseQueryText("status:new stauts:x conf:sure offer");
    expect(filter).toEqual(fromUrl("q=offer&status=new"));
    expect(problems).toHaveLength(2);
  });

  test("more values than a person gives are refused as a whole", () => {
    expect(
      parseQueryText(`company:${Array.from({ length: 300 }, (_, at) => `c${at}`).join(",")}`).problems,
    ).toHaveLength(1);
  });
});

const oddValues = [
  ...["", "none", "Not specified", "true", "high", "High", "missing", "3-", "1-3", "-0.5", "0.500001-", "-0.199999"],
  ...["0.2-0.399999", "new", "New", "In review", "in-review", "German", "de", "2026-11-22", "a b  c", '-"x', 'a"b'],
  ...["a,b", "a\\", '\\"', "status:new", '"status:new"', "foo:bar", ">3", "<", "x:eq:1", 'tags:has:"a b"', "\u3000x"],
  ...["today", "-7d", "Last month", "-1D", "7 days ago"],
  ...["https://a.example/?b=c,d", "-status:spam x", "words:q", 'words:"a"', "type.all:pdf", "line\nbreak", "\u202eabc"],
];

const anyFilter: fc.Arbitrary<ContactFilter> = fc
  .array(
    fc.tuple(
      fc.constantFrom(
        ...["q", "q", "from", "to", "sort"],
        ...fieldKeys.flatMap((key) => (["any", "none", "all"] as const).map((mode) => printKey(key, mode))),
      ),
      fc.oneof(
        fc.string({ unit: "binary", maxLength: 30 }),
        fc.string({ unit: fc.constantFrom('"', "\\", " ", ",", ":", "-", "a", "status:", "\t"), maxLength: 12 }),
        fc.constantFrom(...oddValues, ...sorts),
      ),
    ),
    { maxLength: 12 },
  )
  .map((entries) => parseFilter(new URLSearchParams(entries)).filter);

describe("printing a filter as a query", () => {
  test("it reads back as the same filter, without a problem", () => {
    fc.assert(
      fc.property(anyFilter, (filter) => {
        expect(parseQueryText(printQueryText(filter))).toEqual({ filter, problems: [] });
      }),
      { numRuns: 2_000 },
    );
  });

  test("what was typed and understood prints as the same filter", () => {
    const parts = fc.constantFrom(...oddValues, ...queryNames.map(({ name }) => `${name}:`), " ", " ", '"', ",", "-");
    fc.assert(
      fc.property(fc.array(parts, { maxLength: 12 }), (given) => {
        const { filter } = parseQueryText(given.join(""));
        expect(parseQueryText(printQueryText(filter))).toEqual({ filter, problems: [] });
        expect(fromUrl(String(printFilter(filter)))).toEqual(filter);
      }),
      { numRuns: 2_000 },
    );
  });

  test("a value with characters that an input drops, or that nobody sees, is written with their code points", () => {
    const stored = [" Zed\n", "Zed\u200b", "\u00a0", "می\u200cخواهم", "\\u{200B}", "❤\ufe0f"];
    const filter = fromUrl(String(new URLSearchParams(stored.map((value) => ["service", value]))));
    const text = printQueryText(filter);
    expect(text).toBe('service:" Zed\\u{000A}","Zed\\u{200B}",\\u{200B},"\\u{00A0}",می\u200cخواهم,❤\ufe0f');
    expect(parseQueryText(text)).toEqual({ filter, problems: [] });
    expect(parseQueryText('service:"\\u{110000}\\u{41}\\x"').filter.fields.service?.any).toEqual(["\\u{110000}A\\x"]);
  });

  test("no text whatever throws, and each problem stands within the text", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 200 }), (text) => {
        for (const { start, end } of parseQueryText(text).problems) {
          expect(start).toBeGreaterThanOrEqual(0);
          expect(end).toBeGreaterThanOrEqual(start);
          expect(end).toBeLessThanOrEqual(text.length);
        }
      }),
      { numRuns: 2_000 },
    );
  });

  test.each([
    [
      "status=new&status=in_review&type.all=pdf&-service=Cloud+Architecture",
      'status:in_review,new -service:"Cloud Architecture" type.all:pdf',
    ],
    ["documents=3-&documents=-1&complexity=-0.199999&complexity=0.500001-", "docs:<=1,>=3 complexity:<0.2,>0.5"],
    [
      "q=10:30 offer&from=2026-10-01&service=&-company=none",
      'from:2026-10-01 service:none -company:"none" 10:30 offer',
    ],
    ["q=status:new&sort=name", 'sort:name words:"status:new"'],
  ])("%s", (query, text) => {
    expect(printQueryText(fromUrl(query))).toBe(text);
  });

  test("each chip has its own part of the text", () => {
    expect(printQueryTerms(fromUrl("q=x&from=2026-10-01&to=2026-10-02&status=new&-status=spam"))).toEqual([
      { key: "from", text: "from:2026-10-01 to:2026-10-02" },
      { key: "status", text: "status:new" },
      { key: "-status", text: "-status:spam" },
      { key: "q", text: "x" },
    ]);
  });

  test("every field has a word, and no name means two things", () => {
    const names = queryNames.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    for (const key of fieldKeys) expect(names).toContain(fields[key].word ?? key);
  });
});
