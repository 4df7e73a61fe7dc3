import { parse } from "csv-parse/sync";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { byteOrderMark, guardCell, printCsv, printLine, readCell, type Separator } from "@/lib/desk/csv";

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

const separators: Separator[] = [",", ";", "\t"];

function read(csv: string, delimiter: Separator): string[][] {
  return parse(csv, { bom: true, delimiter, relax_column_count: false });
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
        for (const separator of separators) {
          const csv = byteOrderMark + lines.map((line) => printLine(line, separator)).join("");
          const cells = read(csv, separator).map((row) => row.map(readCell));
          expect(cells).toEqual(lines.map((row) => row.map((each) => each ?? "")));
        }
      }),
      { numRuns: 400 },
    );
  });

  test("tells an absent value from an empty text, as PostgreSQL's own CSV does", () => {
    expect(printLine(["a", null, "", "b"])).toBe('a,,"",b\r\n');
  });

  test("keeps numbers numbers, below a head that is guarded like any text", () => {
    expect(
      printCsv([
        ["=Day", "﹢New"],
        ["x", -5, 1e-7],
        ["-5 €", null],
      ]),
    ).toBe("\uFEFF'=Day,'﹢New\r\nx,-5,1e-7\r\n'-5 €,\r\n");
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
    '"=1+1"',
    "+5 %",
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
    "+5",
    "1e3",
    "a - b",
    "a, b; c|d\te\nf",
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

  test.each([
    ["x;=1+1;y", "x;'=1+1;y"],
    ["x,=1,@y", "x,'=1,'@y"],
    ["x\t=1", "x\t'=1"],
    ["\t=1", "'\t'=1"],
    ["x|=1", "x|'=1"],
    ["a\n=1", "a\n'=1"],
    ["a\r\n=1\r+2", "a\r\n'=1\r'+2"],
    ["a\u2028=1\u2029=1\u0085=1\v=1\f=1", "a\u2028'=1\u2029'=1\u0085'=1\v'=1\f'=1"],
    ["x; \u3000＝1", "x;' \u3000＝1"],
    ['x;"=1";y', 'x;\'"=1";y'],
    ['x; ""+1', 'x;\' ""+1'],
    ["-5;-5", "'-5;'-5"],
    ["Points:\n\n- one\n\n- two", "Points:\n\n'- one\n\n'- two"],
    ["a;'b", "a;''b"],
    ['{"a": 1, "=b": -2}', '{"a": 1,\' "=b": -2}'],
  ])("%j is guarded wherever a separator or a line break makes a beginning", (given, guarded) => {
    expect(guardCell(given)).toBe(guarded);
    expect(readCell(guarded)).toBe(given);
  });

  test("is the signed number that begins a line, because all of the line is one cell elsewhere", () => {
    expect(printLine(["-5", "x"])).toBe("'-5,x\r\n");
    expect(printLine([-5, "x"])).toBe("'-5,x\r\n");
    expect(printLine(["5", "-5", "+5", "1e3"])).toBe("5,-5,+5,1e3\r\n");
    expect(printLine([-5])).toBe("-5\r\n");
  });

  test("is the same text again once it is read, whatever the text", () => {
    // Not fast-check's own "binary" unit: making it takes seconds on a busy machine.
    const code = fc.integer({ min: 1, max: 0x10ffff }).filter((each) => each < 0xd800 || each > 0xdfff);
    const any = fc.oneof(
      text,
      fc.array(code, { maxLength: 20 }).map((codes) => String.fromCodePoint(...codes)),
    );
    fc.assert(
      fc.property(any, fc.boolean(), (given, beginsLine) => {
        expect(readCell(guardCell(given, beginsLine))).toBe(given);
      }),
      { numRuns: 2_000 },
    );
  });

  test("is none of the cells of a file, at whichever separator it is split, with quotes or without", () => {
    const table = fc.array(fc.array(cell, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(table, (rows) => {
        for (const separator of separators) {
          const csv = byteOrderMark + rows.map((row) => printLine(row, separator)).join("");
          const found = splits.flatMap((split) => splitAnyhow(csv, split).filter(looksLikeFormula));
          expect(found).toEqual([]);
        }
      }),
      { numRuns: 400 },
    );
  });

  test("would be found by that property in a file without apostrophes", () => {
    const found = (row: string) => splits.filter((split) => splitAnyhow(`${row}\r\n`, split).some(looksLikeFormula));
    expect(found('a,"x;=1"').map(({ separator }) => separator)).toContain(";");
    expect(found('a,"x\n=1"')).toHaveLength(splits.length - 1);
    expect(found("-5,x")).not.toEqual([]);
    expect(found('"x; ""=1""",y')).not.toEqual([]);
  });
});

type Split = { separator: string; quotes: boolean };

/** The ways in which spreadsheets split a file. */
const splits: Split[] = [",", ";", "\t", "|"].flatMap((separator) =>
  [true, false].map((quotes) => ({ separator, quotes })),
);

/** The cells of a file as a lenient spreadsheet finds them: a quote counts at a cell's beginning, behind blanks too. */
function splitAnyhow(csv: string, { separator, quotes }: Split): string[] {
  const breaks = "\r\n\v\f\u0085\u2028\u2029";
  const cells: string[] = [];
  let cell = "";
  let within = false;
  for (let at = csv.startsWith(byteOrderMark) ? 1 : 0; at < csv.length; at++) {
    const character = csv[at] ?? "";
    if (quotes && character === '"' && within && csv[at + 1] === '"') {
      cell += csv[++at];
    } else if (quotes && character === '"' && (within || cell.trim() === "")) {
      within = !within;
    } else if (!within && (character === separator || breaks.includes(character))) {
      cells.push(cell);
      cell = "";
    } else {
      cell += character;
    }
  }
  return [...cells, cell];
}

/** Whether a spreadsheet might compute a cell: told by Unicode's own forms, not by the list of signs that we keep. */
function looksLikeFormula(cell: string): boolean {
  if (/^[+-]?\d+(\.\d+)?([eE][+-]?\d+)?$/.test(cell)) return false;
  return /^[=+\-@]/.test(cell.replace(/^[\s\p{Z}\p{C}"]+/u, "").normalize("NFKC"));
}
