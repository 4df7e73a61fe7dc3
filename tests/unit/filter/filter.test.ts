import { describe, expect, test } from "vitest";
import { describeFilter } from "@/lib/filter/chips";
import { fields } from "@/lib/filter/fields";
import { emptyFilter, hasConditions, withField, withoutField, withWords } from "@/lib/filter/filter";
import { parseFilter } from "@/lib/filter/url";

const parse = (query: string) => parseFilter(new URLSearchParams(query)).filter;

describe("changing a filter", () => {
  test("a value is added once and removed again, and the field goes with its last value", () => {
    const one = withField(emptyFilter, "status", { add: ["new", "new"] });
    expect(one).toEqual(parse("status=new"));
    expect(withField(one, "status", { remove: ["new"] })).toEqual(emptyFilter);
  });

  test("a value that was left out is no longer so when it is asked for", () => {
    expect(withField(parse("-status=spam"), "status", { add: ["spam"] })).toEqual(parse("status=spam"));
    expect(withField(parse("type=pdf&type=docx"), "type", { mode: "all", add: ["pdf"] })).toEqual(
      parse("type=docx&type.all=pdf"),
    );
  });

  test("setting replaces everything asked of the field and nothing else", () => {
    const filter = parse("q=x&type=pdf&-type=exe&type.all=docx&status=new&sort=name");
    expect(withField(filter, "type", { set: ["csv"] })).toEqual(parse("q=x&type=csv&status=new&sort=name"));
    expect(withoutField(filter, "type")).toEqual(parse("q=x&status=new&sort=name"));
  });

  test("the filter that was changed is left as it was", () => {
    const filter = parse("status=new");
    withField(filter, "status", { add: ["closed"] });
    withoutField(filter, "status");
    expect(filter).toEqual(parse("status=new"));
  });

  test("a sort is no condition; words, days and fields are", () => {
    expect(hasConditions(parse("sort=name"))).toBe(false);
    for (const query of ["q=x", "from=2026-01-01", "to=2026-01-01", "-status=spam"]) {
      expect(hasConditions(parse(query))).toBe(true);
    }
    expect(hasConditions(withWords(emptyFilter, "  "))).toBe(false);
  });
});

describe("a filter in words", () => {
  const say = (query: string) => describeFilter(parse(query)).map((chip) => `${chip.label}: ${chip.text}`);

  test("a chip a part, with labels for what is stored", () => {
    expect(say("status=new&status=in_review&-service=&type.all=pdf&type.all=docx&business=true&language=de")).toEqual([
      "Status: New, In review",
      "Service: given",
      "Document types: all of docx, pdf",
      "Language: German",
      "Business content: Yes",
    ]);
    expect(say("from=2026-11-01&to=2026-11-22&q=cloud")).toEqual(["Words: cloud", "Sent: 1 Nov 2026 to 22 Nov 2026"]);
    expect(say("status=&status=waiting-on-legal&insights=missing&language=not+a+code")).toEqual([
      "Status: No status, waiting-on-legal",
      "Language: not a code",
      "Insights: Missing or malformed",
    ]);
  });

  test("ranges read as people say them", () => {
    expect(["0", "1", "2-3", "4-", "-2", ""].map((value) => fields.documents.labelOf(value))).toEqual([
      "0",
      "1",
      "2 to 3",
      "4 or more",
      "up to 2",
      "Not given",
    ]);
    expect(["-0.199999", "0.2-0.399999", "0.8-", "0.5-1"].map((value) => fields.complexity.labelOf(value))).toEqual([
      "under 0.2",
      "0.2 to under 0.4",
      "0.8 or more",
      "0.5 to 1",
    ]);
  });

  test("each chip carries the filter without it", () => {
    const [status, type] = describeFilter(parse("status=new&type=pdf&sort=name"));
    expect(status?.without).toEqual(parse("type=pdf&sort=name"));
    expect(type?.without).toEqual(parse("status=new&sort=name"));
  });
});
