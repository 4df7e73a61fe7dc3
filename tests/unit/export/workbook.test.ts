import { buffer } from "node:stream/consumers";
import fc from "fast-check";
import { afterEach, describe, expect, test } from "vitest";
import { fromBufferPromise } from "yauzl";
import type { ColumnKey } from "@/lib/export/columns";
import type { ExportRow } from "@/lib/export/rows";
import { printCell, printWorkbook, workbookLimits } from "@/lib/export/workbook";

const limits = { ...workbookLimits };
afterEach(() => Object.assign(workbookLimits, limits));

async function* cut(rows: ExportRow[], size = 2): AsyncGenerator<ExportRow[]> {
  for (let at = 0; at < rows.length; at += size) yield rows.slice(at, at + size);
}

async function collect(bytes: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of bytes) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** The files of a workbook, by their names. */
async function unpack(file: Buffer): Promise<Record<string, string>> {
  const archive = await fromBufferPromise(file);
  const files: Record<string, string> = {};
  for await (const entry of archive.eachEntry()) {
    files[entry.fileName] = (await buffer(await archive.openReadStreamPromise(entry))).toString();
  }
  return files;
}

/** The texts of a sheet, read as ECMA-376 says and by nobody's printer. */
function readTexts(sheet: string): string[] {
  const entities: Record<string, string> = { "&amp;": "&", "&lt;": "<", "&gt;": ">" };
  return [...sheet.matchAll(/<t(?: xml:space="preserve")?>([^<]*)<\/t>/g)].map(([, text = ""]) =>
    text
      .replace(/&(?:amp|lt|gt);/g, (entity) => entities[entity] ?? entity)
      .replace(/_x([0-9A-Fa-f]{4})_/g, (_, code) => String.fromCharCode(Number.parseInt(code, 16))),
  );
}

const columns: ColumnKey[] = ["id", "message"];

describe("a workbook", () => {
  test("gives back every text exactly, whatever it holds, and every one is typed as text", async () => {
    const piece = fc.oneof(
      fc.string({ unit: "grapheme", maxLength: 4 }),
      fc.constantFrom("=1+1", "_x000D_", "_x", "\r\n", "\u0001", "\u007f", "\ufffe", "&lt;", "]]>", " ", "\t", "👍"),
    );
    const text = fc.array(piece, { minLength: 1, maxLength: 6 }).map((pieces) => pieces.join("").replaceAll("\0", ""));
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          text.filter((each) => each !== ""),
          { maxLength: 5 },
        ),
        async (texts) => {
          const rows = texts.map((message) => ({ id: "x", message }));
          const files = await unpack(await collect(printWorkbook(columns, rows.length, cut(rows))));
          const sheet = files["xl/worksheets/sheet1.xml"] ?? "";
          expect(readTexts(sheet)).toEqual(["id", "message", ...texts.flatMap((each) => ["x", each])]);
          // What XML 1.0 allows, and no formula.
          expect(sheet).not.toMatch(/<f>|[^\t\n\x20-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u);
        },
      ),
      { numRuns: 100 },
    );
  });

  test("has numbers and dates as such, and as text what is none", () => {
    expect(printCell("A2", "12", "number")).toBe('<c r="A2"><v>12</v></c>');
    expect(printCell("A2", "0.25", "number")).toBe('<c r="A2"><v>0.25</v></c>');
    expect(printCell("A2", "-5", "text")).toContain("<t>-5</t>");
    expect(printCell("A2", "1e400", "number")).toContain("<t>1e400</t>");
    expect(printCell("A2", "1900-03-01T00:00:00.000000+01:00", "time")).toBe(
      '<c r="A2" s="2"><v>61.00000000000</v></c>',
    );
    expect(printCell("A2", "2026-07-01T12:00:00.999999+02:00", "time")).toContain("<v>46204.50000000000</v>");
    for (const text of ["infinity", "1850-01-01T00:00:00.000000+00:00", "10000-01-01 00:00:00+00"]) {
      expect(printCell("A2", text, "time")).toContain(`<t>${text}</t>`);
    }
  });

  test("says where a text is cut, because a spreadsheet would call the file damaged", () => {
    const cell = printCell("A2", `${"x".repeat(31_999)}👍${"y".repeat(1_000)}`, "text");
    expect(cell).toContain("cut here: the first 31999 of 33001 characters");
    expect(cell.length).toBeLessThan(workbookLimits.text);
    expect(printCell("A2", "x".repeat(32_767), "text")).not.toContain("cut here");
  });

  test("goes on in further sheets where one is not enough", async () => {
    workbookLimits.lines = 4;
    const rows = Array.from({ length: 7 }, (_, at) => ({ id: `c${at}`, message: "x" }));
    const files = await unpack(await collect(printWorkbook(["id"], rows.length, cut(rows))));
    const sheets = Object.keys(files).filter((name) => name.includes("worksheets/"));
    const texts = sheets.map((name) => readTexts(files[name] ?? ""));
    expect(texts).toEqual([
      ["id", "c0", "c1", "c2"],
      ["id", "c3", "c4", "c5"],
      ["id", "c6"],
    ]);
    expect(files["xl/workbook.xml"]).toContain('<sheet name="Contacts 3" sheetId="3" r:id="rId3"/>');
  });

  test("that breaks off is an error, and never a file that opens", async () => {
    async function* broken(): AsyncGenerator<ExportRow[]> {
      yield Array.from({ length: 2_000 }, (_, at) => ({ id: `${at}`, message: Math.random().toString(36).repeat(20) }));
      throw new Error("the database is gone");
    }
    const chunks: Uint8Array[] = [];
    const read = async () => {
      for await (const chunk of printWorkbook(columns, 4_000, broken())) chunks.push(chunk);
    };
    await expect(read()).rejects.toThrow("the database is gone");
    await expect(fromBufferPromise(Buffer.concat(chunks))).rejects.toThrow();
  });

  test("reads no further than its reader does, and ends what it reads from when the reader leaves", async () => {
    let taken = 0;
    let ended = false;
    async function* endless(): AsyncGenerator<ExportRow[]> {
      try {
        for (;;) {
          taken++;
          yield [{ id: `${taken}`, message: Buffer.from(`${Math.random()}`.repeat(2_000)).toString("base64") }];
        }
      } finally {
        ended = true;
      }
    }
    const reader = printWorkbook(columns, 1_000_000, endless());
    for (let at = 0; at < 10; at++) await reader.next();
    const before = taken;
    await new Promise((resolve) => setImmediate(resolve));
    expect(taken - before).toBeLessThan(50);
    await reader.return(undefined);
    expect(ended).toBe(true);
  });
});
