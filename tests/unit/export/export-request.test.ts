import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type ColumnKey, columnKeys, defaultColumns } from "@/lib/export/columns";
import { type ExportFormatKey, exportFormatKeys } from "@/lib/export/formats";
import { exportHref, parseExport } from "@/lib/export/request";
import { emptyFilter, withField, withWords } from "@/lib/filter/filter";

const read = (query: string) => parseExport(new URLSearchParams(query));
const paramsOf = (href: string) => new URL(href, "http://desk.example").searchParams;

describe("what an address asks for", () => {
  test("is every contact with the usual columns where it says nothing", () => {
    expect(read("")).toEqual({ request: { filter: emptyFilter, columns: defaultColumns, format: "comma" } });
    expect(defaultColumns).not.toContain("document_insights");
  });

  test("is the filter, and the columns in the order they are named", () => {
    const filter = withWords(withField(emptyFilter, "status", { add: ["new"] }), "mara");
    expect(read("q=mara&status=new&columns=email,name")).toEqual({
      request: { filter, columns: ["email", "name"], format: "comma" },
    });
  });

  test("is the same again once it is printed", () => {
    const columns = fc.uniqueArray(fc.constantFrom<ColumnKey>(...columnKeys), { minLength: 1 });
    const formats = fc.constantFrom<ExportFormatKey>(...exportFormatKeys);
    const filters = fc
      .tuple(fc.string({ unit: "grapheme", maxLength: 20 }), fc.array(fc.constantFrom("new", "closed", "")))
      .map(([words, statuses]) =>
        withWords(withField(emptyFilter, "status", { set: statuses }), words.replaceAll("\0", "")),
      );
    fc.assert(
      fc.property(filters, columns, formats, (filter, chosen, format) => {
        expect(parseExport(paramsOf(exportHref({ filter, columns: chosen, format })))).toEqual({
          request: { filter, columns: chosen, format },
        });
      }),
    );
  });
});

describe("what cannot be used is refused and not dropped, which would widen the set", () => {
  test.each([
    ["staus=new", /no filter "staus"/],
    ["status=new&confidence=hihg", /Confidence/],
    ["from=2026-02-30", /not a day/],
    ["sort=email", /sorted/],
    ["q=a&q=b", /once/],
    ["after=abc", /position in the list/],
    ["before=end", /position in the list/],
    ["open=contact_1", /position in the list/],
    ["columns=", /no column ""/],
    ["columns=name,", /no column ""/],
    ["columns=name,password_hash", /no column "password_hash"/],
    ["columns=constructor", /no column/],
    ["columns=__proto__", /no column/],
    ["columns=name,name", /twice/],
    ["columns=name&columns=email", /once/],
    ["columns=Name", /no column "Name"/],
    ["format=xls", /no format "xls"/],
    ["format=", /no format ""/],
    ["format=toString", /no format/],
    ["format=tab&format=comma", /once/],
  ])("%s", (query, words) => {
    expect(read(query)).toEqual({ problem: expect.stringMatching(words) });
  });

  test("with words that carry nothing a terminal or a page would act on", () => {
    const answer = read(`columns=${encodeURIComponent(`\u001b[31m\r\nx\u202e${"y".repeat(500)}`)}`);
    expect(answer).toEqual({ problem: `There is no column "[31mx${"y".repeat(55)}…".` });
  });
});
