/**
 * CSV as spreadsheets and parsers both read it: RFC 4180, UTF-8 with a byte-order mark (without it Excel takes the text for
 * Latin), CRLF. As in PostgreSQL's own CSV an absent value is an empty field, and an empty text is `""`.
 *
 * No cell becomes a formula, whichever separator a spreadsheet splits the file at: German, French and most other European
 * settings split at semicolons, and then our quotes hold nothing together. So a cell has *places*: its beginning, and
 * behind every comma, semicolon, tab, vertical bar and line break. An apostrophe is put at each place where
 *
 * - a formula could begin: = + - or @ in any of their widths, behind whatever blanks, invisible characters or quotes;
 * - an apostrophe stands already, so that the rule can be reversed;
 * - the cell begins with a tab or a line break.
 *
 * A cell that is a number stays as it is, unless it has a sign and begins a line of several cells: split elsewhere, such a
 * line is one long cell that begins with the sign. To reverse the rule, take one apostrophe from each place that has one.
 * See docs/decisions/04-spreadsheet-cells.md.
 */
export const byteOrderMark = "\uFEFF";

/** What ends a cell for one spreadsheet or another: separators, and the line breaks of Unicode (UAX 14). */
const ends = String.raw`,;|\t\n\v\f\r\u0085\u2028\u2029`;

/** The signs by which a formula begins: ASCII, small, full-width, superscript, subscript, doubled, and the real minus. */
const signs = String.raw`=+\-@﹢﹣﹦﹫＋－＝＠⁺⁻⁼₊₋₌−⩵⩶﬩`;

/** What spreadsheets skip at the beginning of a cell. What ends a cell is left out, because a place of its own follows it. */
const skipped = String.raw`(?:(?![${ends}])[\s\p{Z}\p{C}"])*`;

const unsafePlace = new RegExp(`(?<=^|[${ends}])(?='|${skipped}[${signs}])|^(?=[\\t\\r\\n])`, "gu");
const guardedPlace = new RegExp(`(?<=^|[${ends}])'`, "gu");
const unsafeSign = new RegExp(`[${signs}']|^[\\t\\r\\n]`, "u");
const number = /^[+-]?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?$/;
const quoted = /[",;\t\r\n]|^\s|\s$/;

/** Null is an absent value. */
export type CsvCell = string | number | null;

/** A small table as a whole file. A long one is printed line by line after `byteOrderMark`. */
export function printCsv(rows: readonly (readonly CsvCell[])[]): string {
  return byteOrderMark + rows.map(printLine).join("");
}

/** One line of a file with its line end. */
export function printLine(cells: readonly CsvCell[]): string {
  let line = "";
  for (let at = 0; at < cells.length; at++) {
    if (at > 0) line += ",";
    const cell = cells[at] ?? null;
    if (cell !== null) line += printField(guardCell(String(cell), at === 0 && cells.length > 1));
  }
  return `${line}\r\n`;
}

function printField(text: string): string {
  return text === "" || quoted.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/**
 * A text as it stands in a cell: no spreadsheet takes it, or a part of it, for a formula.
 * @param beginsLine whether other cells follow it in its line and none comes before
 */
export function guardCell(text: string, beginsLine = false): string {
  // Most cells have neither a sign nor an apostrophe, which is quickly seen.
  if (!unsafeSign.test(text)) return text;
  if (number.test(text)) return beginsLine && /^[+-]/.test(text) ? `'${text}` : text;
  return text.replace(unsafePlace, "'");
}

/** The text that a cell stands for; the reverse of `guardCell`. */
export function readCell(cell: string): string {
  return cell.replace(guardedPlace, "");
}
