import "server-only";
import { Readable } from "node:stream";
import { ZipFile } from "yazl";
import { hexOf } from "@/lib/text/visible-text";
import { type ColumnKey, kindOfColumn } from "./columns";
import type { ExportRow } from "./rows";

/** What Excel's format allows: lines of a sheet, and UTF-16 units of a cell. It calls a file with more damaged. */
export const workbookLimits = { lines: 1_048_576, text: 32_767 };

const styles = { text: 1, time: 2, head: 3 };

/** Fast rather than small: a million contacts are 1.9 GB of XML. */
const compressionLevel = 1;

/**
 * Contacts as an Excel workbook (ECMA-376, "XLSX"), made as it is read: never more than a few hundred kB are in memory.
 * Every cell has its type, so nothing in it is computed. Where one sheet is not enough for all, further sheets follow.
 * A workbook that breaks off has no table of contents, and no program opens it.
 * @param matching how many contacts there will be
 */
export async function* printWorkbook(
  columns: readonly ColumnKey[],
  matching: number,
  chunks: AsyncGenerator<ExportRow[]>,
): AsyncGenerator<Uint8Array> {
  const contacts = workbookLimits.lines - 1;
  const sheets = Array.from({ length: Math.max(1, Math.ceil(matching / contacts)) }, (_, at) => at + 1);
  const zip = new ZipFile();
  const output = zip.outputStream as Readable;
  const fail = (error: Error) => output.destroy(error);
  // Listened to in any case, because a stream that fails before it is read would end the process.
  output.on("error", () => undefined);
  zip.on("error", fail);
  for (const [name, text] of Object.entries(printFrame(sheets))) zip.addBuffer(Buffer.from(text), name);
  const rows = takeRows(chunks);
  const sources: Readable[] = [];
  for (const sheet of sheets) {
    zip.addReadStreamLazy(`xl/worksheets/sheet${sheet}.xml`, { compressionLevel }, (give) => {
      const source = Readable.from(printSheet(columns, rows, contacts), { objectMode: false, highWaterMark: 65_536 });
      sources.push(source);
      source.once("error", fail);
      give(null, source);
    });
  }
  zip.end();
  try {
    yield* output as AsyncIterable<Uint8Array>;
  } finally {
    for (const source of sources) source.destroy();
    await chunks.return(undefined);
  }
}

/** The rows of all chunks, as many at a time as are wanted. */
function takeRows(chunks: AsyncGenerator<ExportRow[]>) {
  let waiting: ExportRow[] = [];
  return async (most: number): Promise<ExportRow[]> => {
    while (waiting.length === 0) {
      const { done, value } = await chunks.next();
      if (done) return [];
      waiting = value;
    }
    const taken = waiting.slice(0, most);
    waiting = waiting.slice(most);
    return taken;
  };
}

async function* printSheet(
  columns: readonly ColumnKey[],
  take: ReturnType<typeof takeRows>,
  contacts: number,
): AsyncGenerator<string> {
  const letters = columns.map((_, at) => nameColumn(at));
  const kinds = columns.map(kindOfColumn);
  const widths = kinds.map((kind, at) => (columns[at] === "message" ? 60 : kind === "number" ? 12 : 22));
  const head = columns.map((key, at) => printText(`${letters[at]}1`, key, styles.head)).join("");
  yield `${declaration}<worksheet xmlns="${spreadsheet}"><sheetViews><sheetView workbookViewId="0">` +
    `<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols>` +
    widths.map((width, at) => `<col min="${at + 1}" max="${at + 1}" width="${width}" customWidth="1"/>`).join("") +
    `</cols><sheetData><row>${head}</row>`;
  let line = 2;
  for (let left = contacts; left > 0; ) {
    const rows = await take(left);
    if (rows.length === 0) break;
    left -= rows.length;
    let xml = "";
    for (const row of rows) {
      xml += "<row>";
      for (let at = 0; at < columns.length; at++) {
        const text = row[columns[at] as ColumnKey];
        if (text) xml += printCell(`${letters[at]}${line}`, text, kinds[at] as ReturnType<typeof kindOfColumn>);
      }
      xml += "</row>";
      line++;
    }
    yield xml;
  }
  yield "</sheetData></worksheet>";
}

/** 0 is A, 26 is AA. */
function nameColumn(at: number): string {
  return (at >= 26 ? nameColumn(Math.floor(at / 26) - 1) : "") + String.fromCharCode(65 + (at % 26));
}

/** A cell as its column's kind, or as text where what is stored has no such form. */
export function printCell(place: string, text: string, kind: ReturnType<typeof kindOfColumn>): string {
  if (kind === "number" && /^-?\d{1,15}(?:\.\d{1,15})?$/.test(text)) return `<c r="${place}"><v>${text}</v></c>`;
  const day = kind === "time" ? countDays(text) : null;
  if (day !== null) return `<c r="${place}" s="${styles.time}"><v>${day}</v></c>`;
  return printText(place, text, styles.text);
}

/**
 * Days since 1899-12-30, as spreadsheets count them, of an instant on the desk's clock; whole seconds. Null before
 * March 1900, where Excel counts a day that there was not, and for what is no instant.
 */
function countDays(text: string): string | null {
  const [, local] = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)\.\d+[+-]\d\d:\d\d$/.exec(text) ?? [];
  if (local === undefined || local < "1900-03-01") return null;
  return ((Date.parse(`${local}Z`) - Date.UTC(1899, 11, 30)) / 86_400_000).toFixed(11);
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what XML cannot hold
const special = /[&<>\0-\x08\x0b-\x1f\x7f\ufffe\uffff]|\p{Cs}|_x[0-9a-f]{4}_/giu;

/** A cell that is text whatever it says: its format is "Text", too, so that it stays text when somebody edits it. */
function printText(place: string, text: string, style: number): string {
  const shown = text.length > workbookLimits.text ? shorten(text) : text;
  const blanks = /^\s|\s$|\s\s|\n/.test(shown) ? ' xml:space="preserve"' : "";
  return `<c r="${place}" s="${style}" t="inlineStr"><is><t${blanks}>${shown.replace(special, escapeText)}</t></is></c>`;
}

const entities: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;" };

/** ECMA-376, part 1, 22.9.2.19 (ST_Xstring): what XML cannot hold is _xHHHH_, and a text like that begins _x005F_. */
function escapeText(found: string): string {
  if (found.length > 1) return `_x005F${found}`;
  return entities[found] ?? `_x${hexOf(found)}_`;
}

function shorten(text: string): string {
  const kept = text.slice(0, 32_000).replace(/[\ud800-\udbff]$/, "");
  return `${kept}\n… (cut here: the first ${kept.length} of ${text.length} characters. A CSV file has all of them.)`;
}

const declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const spreadsheet = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const packaging = "http://schemas.openxmlformats.org/package/2006";
const office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const types = "application/vnd.openxmlformats-officedocument.spreadsheetml";

/** The files of a workbook beside its sheets. */
function printFrame(sheets: readonly number[]): Record<string, string> {
  const overrides = sheets.map(
    (sheet) => `<Override PartName="/xl/worksheets/sheet${sheet}.xml" ContentType="${types}.worksheet+xml"/>`,
  );
  const entries = sheets.map(
    (sheet) => `<sheet name="Contacts${sheet > 1 ? ` ${sheet}` : ""}" sheetId="${sheet}" r:id="rId${sheet}"/>`,
  );
  const relations = sheets.map(
    (sheet) => `<Relationship Id="rId${sheet}" Type="${office}/worksheet" Target="worksheets/sheet${sheet}.xml"/>`,
  );
  return {
    "[Content_Types].xml": `${declaration}<Types xmlns="${packaging}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="${types}.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="${types}.styles+xml"/>${overrides.join("")}</Types>`,
    "_rels/.rels": `${declaration}<Relationships xmlns="${packaging}/relationships"><Relationship Id="rId1" Type="${office}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    "xl/workbook.xml": `${declaration}<workbook xmlns="${spreadsheet}" xmlns:r="${office}"><sheets>${entries.join("")}</sheets></workbook>`,
    "xl/_rels/workbook.xml.rels": `${declaration}<Relationships xmlns="${packaging}/relationships">${relations.join("")}<Relationship Id="rId${sheets.length + 1}" Type="${office}/styles" Target="styles.xml"/></Relationships>`,
    "xl/styles.xml": styleSheet,
  };
}

/** Formats by number: 0 general, 1 text, 2 a date with its time, 3 bold text. */
const styleSheet = `${declaration}<styleSheet xmlns="${spreadsheet}"><numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd\\ hh:mm:ss"/></numFmts><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="4"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/><xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/><xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/><xf numFmtId="49" fontId="1" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1"/></cellXfs></styleSheet>`;
