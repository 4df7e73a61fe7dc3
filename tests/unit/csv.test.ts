import { parse } from "csv-parse/sync";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { byteOrderMark, guardCell, printCsv, printLine, readCell } from "@/lib/desk/csv";

/** What PostgreSQL can store: anything but NUL and halves of surrogate pairs. */
const piece = fc.oneof(
  fc.constantFrom(
    ..."=+-@＝＋－＠﹢﹣﹦﹫⁺⁻−'\"`,;\t\r\n \u00a0\u3000\u200b\ufeff\u202e\u001b|!1a",
    "\r\n",
    "''",
    '""',
    "cmd|' /C calc'!A0",
  ),
  fc.string({ unit: "grapheme", maxLength: 4 }),
);
const text = fc.array(piece, { maxLength: 8 }).map((pieces) => pieces.join("").replaceAll("\0", ""));
const cell = fc.option(text);

function read(csv: string): string[][] {
  return parse(csv, { bom: true, relax_column_count: false });
}

describe("a file", () => {
  test("gives back every text exactly, once one apostrophe is taken from each cell that begins with one", () => {
    const table = fc
      .integer({ min: 1, max: 5 })
      .chain((width) =>
        fc.array(fc.array(cell, { minLength: width, maxLength: width }), { minLength: 1, maxLength: 6 }),
      );
    fc.assert(
      fc.property(table, (rows) => {
        // A line of one absent value is an empty line, which readers leave out; a file of ours has an id or a header.
        const lines = rows.map((row) => ["x", ...row]);
        const csv = byteOrderMark + lines.map(printLine).join("");
        expect(read(csv).map((row) => row.map(readCell))).toEqual(lines.map((row) => row.map((each) => each ?? "")));
      }),
      { numRuns: 1_000 },
    );
  });

  test("tells an absent value from an empty text, as PostgreSQL's own CSV does", () => {
    expect(printLine(["a", null, "", "b"])).toBe('a,,"",b\r\n');
  });

  test("keeps numbers numbers, below a head that is guarded like any text", () => {
    expect(
      printCsv([
        ["=Day", "﹢New"],
        [-5, 1e-7],
        ["-5 €", null],
      ]),
    ).toBe("\uFEFF'=Day,'﹢New\r\n-5,1e-7\r\n'-5 €,\r\n");
  });

  test("quotes quotes, commas, line breaks, and blanks that a reader might trim", () => {
    expect(printLine(['say "hi"', "a,b", "one\ntwo", " x ", "plain text"])).toBe(
      '"say ""hi""","a,b","one\ntwo"," x ",plain text\r\n',
    );
  });
});

describe("a cell that a spreadsheet might take for a formula", () => {
  test.each([
    "=1+1",
    "+49 30 1234",
    "-1+1",
    "- a list",
    "@SUM(A1)",
    "\t=1",
    "\tx",
    "\rx",
    "\nx",
    "  =1",
    "\u00a0=1",
    "\u200b=1",
    "\ufeff@x",
    "\u0001=1",
    "\u202e=1",
    "＝1",
    "＋1",
    "－1",
    "＠x",
    "\u3000＝1",
    "﹦1",
    "−1",
    "'=1",
    "'",
    "''",
    "'t Hooft",
  ])("%j gets one apostrophe", (given) => {
    expect(guardCell(given)).toBe(`'${given}`);
    expect(readCell(guardCell(given))).toBe(given);
  });

  test.each([
    "",
    "a=b",
    "O'Neill",
    "5",
    "-5",
    "-5.25",
    "0.7",
    "1e400",
    "-1E-7",
    "Ünal",
    "日本",
    "😀",
    " x",
    "#1",
    "(=1)",
  ])("%j stays as it is", (given) => expect(guardCell(given)).toBe(given));

  test("is known by every sign that Unicode takes for one of the four", () => {
    const signs = Array.from({ length: 0x110000 }, (_, code) => code)
      .filter((code) => code < 0xd800 || code > 0xdfff)
      .map((code) => String.fromCodePoint(code))
      .filter((sign) => /^[=+\-@]/.test(sign.normalize("NFKC")));
    expect(signs.length).toBeGreaterThan(15);
    expect(signs.filter((sign) => guardCell(`${sign}A1`) !== `'${sign}A1`)).toEqual([]);
  });

  test("none is left after guarding, whatever the text", () => {
    fc.assert(
      fc.property(text, (given) => {
        const guarded = guardCell(given);
        const blank = guarded.replace(/^[\s\p{Z}\p{C}]+/u, "");
        if (/^-?\d+(\.\d+)?([eE][+-]?\d+)?$/.test(guarded)) return;
        expect(blank.normalize("NFKC")).not.toMatch(/^[=+\-@]/);
        expect(guarded).not.toMatch(/^[\t\r\n]/);
      }),
      { numRuns: 1_000 },
    );
  });
});
