import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { languageName, type ReadInsights, readInsights } from "@/lib/contact/insights";
import { layOutJson } from "@/lib/contact/json-text";

function read(stored: unknown): Extract<ReadInsights, { state: "read" }> {
  const result = readInsights(JSON.stringify(stored));
  if (result.state !== "read") throw new Error(`not read: ${result.state}`);
  return result;
}

const whole = {
  total_documents: 5,
  document_types: ["pdf", "docx"],
  total_size: 245678,
  last_document_upload: "2026-10-21T08:00:00Z",
  processing_status: "completed",
  content_analysis: {
    has_business_content: true,
    confidence_level: "high",
    primary_language: "en",
    complexity_score: 0.7,
  },
};

describe("insights", () => {
  it("are read whole when each part is as it should be", () => {
    const { insights, malformed } = read(whole);
    expect(malformed).toEqual([]);
    expect(insights).toEqual({
      documents: { state: "given", value: 5 },
      documentTypes: { state: "given", value: ["pdf", "docx"] },
      totalSize: { state: "given", value: 245678 },
      lastUpload: { state: "given", value: new Date("2026-10-21T08:00:00Z") },
      processing: { state: "given", value: "completed" },
      businessContent: { state: "given", value: true },
      confidence: { state: "given", value: "high" },
      language: { state: "given", value: "en" },
      complexity: { state: "given", value: 0.7 },
    });
  });

  it("are none where nothing was stored", () => {
    for (const text of [null, "null", "{}"]) expect(readInsights(text)).toEqual({ state: "none" });
  });

  it.each([
    ["[1,2,3]", "The insights are malformed: a list where the analysis should be."],
    ['"a string"', "The insights are malformed: a text where the analysis should be."],
    ["5", "The insights are malformed: a number where the analysis should be."],
    ["true", "The insights are malformed: a boolean where the analysis should be."],
    ["{", "The insights cannot be read."],
  ])("that are %s are said to be unreadable", (text, words) => {
    expect(readInsights(text)).toEqual({ state: "unreadable", words });
  });

  it("that are only a part of what was stored are not guessed at", () => {
    expect(readInsights('{"total_documents":', false)).toMatchObject({ state: "unreadable" });
  });

  it("name each malformed part in words and keep the others", () => {
    const { insights, malformed } = read({
      ...whole,
      total_documents: "five",
      document_types: "pdf",
      content_analysis: [],
    });
    expect(malformed).toEqual(["number of documents", "document types", "content analysis"]);
    expect(insights.totalSize).toEqual({ state: "given", value: 245678 });
    expect(insights.confidence).toEqual({ state: "absent" });
  });

  it("of a zero below zero keep the zero", () => {
    const result = readInsights('{"total_documents":-0}');
    expect(result.state === "read" && result.insights.documents).toEqual({ state: "given", value: 0 });
  });

  it.each([
    ["total_documents", [-1, 1_000_001, [], {}, "five", true]],
    ["document_types", ["pdf", {}, [1], [null], 7]],
    ["total_size", [-5, "large", 1e300]],
    ["last_document_upload", ["yesterday", 12, {}, "45", "0045-03-15 BC"]],
    ["processing_status", [1, [], "x".repeat(10_000)]],
  ])("count %s as malformed when it is of the wrong kind or out of bounds", (name, values) => {
    for (const value of values) expect(read({ ...whole, [name]: value }).malformed).toHaveLength(1);
  });

  it.each([
    ["confidence_level", ["very", 3, {}]],
    ["primary_language", [5, [], "x".repeat(10_240)]],
    ["complexity_score", [-0.1, 1.1, "high", []]],
    ["has_business_content", ["yes", 1, {}]],
  ])("count %s within the analysis as malformed likewise", (name, values) => {
    for (const value of values) {
      expect(read({ content_analysis: { ...whole.content_analysis, [name]: value } }).malformed).toHaveLength(1);
    }
  });

  it("treat numbers that PostgreSQL stores and JavaScript cannot hold as malformed", () => {
    for (const number of ["1e400", "9".repeat(12_000), "-1e400"]) {
      const result = readInsights(`{"total_documents":${number},"content_analysis":{"complexity_score":${number}}}`);
      expect(result).toMatchObject({ malformed: ["number of documents", "complexity"] });
    }
  });

  it("are absent where they say that nothing was specified, as the filter counts them", () => {
    const { insights, malformed } = read({
      ...whole,
      document_types: "Not specified",
      content_analysis: { ...whole.content_analysis, primary_language: "Not specified" },
    });
    expect(malformed).toEqual([]);
    expect(insights).toMatchObject({ documentTypes: { state: "absent" }, language: { state: "absent" } });
    const left = { ...whole.content_analysis, has_business_content: "" };
    expect(read({ ...whole, content_analysis: left })).toMatchObject({
      malformed: [],
      insights: { businessContent: { state: "absent" } },
    });
    expect(read({ ...whole, content_analysis: "" }).malformed).toEqual([]);
    for (const types of [["Not specified", "pdf"], [""]]) {
      expect(read({ ...whole, document_types: types }).malformed).toEqual(["document types"]);
    }
  });

  it("take business content from the older place unless the nested one is a boolean", () => {
    const nested = (value: unknown, top: unknown) =>
      read({ has_business_content: top, content_analysis: { has_business_content: value } }).insights.businessContent;
    expect(nested(undefined, true)).toEqual({ state: "given", value: true });
    expect(nested(false, true)).toEqual({ state: "given", value: false });
    expect(nested("yes", true)).toEqual({ state: "given", value: true });
    expect(nested("yes", undefined)).toEqual({ state: "malformed" });
    expect(nested(null, null)).toEqual({ state: "absent" });
  });

  it("never throw, whatever is stored", () => {
    fc.assert(fc.property(fc.json(), (text) => void readInsights(text)));
    fc.assert(fc.property(fc.string(), (text) => void readInsights(text)));
  });

  it("bear 3,000 levels and a megabyte", () => {
    expect(readInsights(`${'{"a":'.repeat(3_000)}1${"}".repeat(3_000)}`)).toMatchObject({ state: "read" });
    expect(readInsights(JSON.stringify({ ...whole, text: "x".repeat(1_000_000) }))).toMatchObject({ malformed: [] });
  });
});

describe("a language", () => {
  it("is called by its name, and by what was stored where it has none", () => {
    expect(["de", "ja", "pt-BR", "not a tag!"].map(languageName)).toEqual([
      "German",
      "Japanese",
      "Portuguese (Brazil)",
      "not a tag!",
    ]);
  });
});

describe("JSON laid out", () => {
  it("is indented, with empty lists and objects on their line", () => {
    expect(layOutJson('{"a": [1, {"b": null}], "c": {}, "d": []}').text).toBe(
      '{\n  "a": [\n    1,\n    {\n      "b": null\n    }\n  ],\n  "c": {},\n  "d": []\n}',
    );
  });

  it("means the same as before", () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        expect(JSON.parse(layOutJson(text).text)).toEqual(JSON.parse(text));
      }),
    );
  });

  it("changes no token: numbers beyond JavaScript, escapes and order stay as stored", () => {
    const text = `{"z": 1e400, "a": ${"7".repeat(12_000)}, "e": "\\u202e \\" { , \\\\", "z2": 1.10}`;
    expect(layOutJson(text).text.replace(/\n */g, " ")).toBe(`{ ${text.slice(1, -1)} }`);
  });

  it("stays small for 3,000 levels", () => {
    const text = `${'{"a": '.repeat(3_000)}1${"}".repeat(3_000)}`;
    expect(layOutJson(text).text.length).toBeLessThan(text.length * 15);
  });

  it("ends at its limit, says so, and never in half a character", () => {
    const { text, complete } = layOutJson('["😀😀😀😀"]', 8);
    expect(complete).toBe(false);
    expect(text.length).toBeLessThanOrEqual(8);
    expect(encodeURIComponent(text)).toBeTypeOf("string");
  });

  it("lays out a part of a value as far as it goes", () => {
    expect(layOutJson('{"a": "cut of').text).toBe('{\n  "a": "cut of');
  });
});
