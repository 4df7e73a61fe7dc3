/**
 * CSV that spreadsheets and parsers both read: RFC 4180 in UTF-8, with CRLF line ends. It starts with a byte-order
 * mark, because without it Excel assumes a Latin encoding. As in PostgreSQL's CSV, an absent value is an empty field,
 * and an empty text is `""`.
 *
 * The separator is a comma unless told otherwise: a semicolon or a tab for spreadsheets that split there.
 *
 * No cell becomes a formula, whichever separator a spreadsheet splits the file at. German, French and most other
 * European settings split at semicolons, so our quotes do not keep a cell together there. A cell therefore has several
 * *places* where a formula could begin: its start, and after every comma, semicolon, tab, vertical bar and line break.
 * An apostrophe is put at each place where
 *
 * - a formula could begin: = + - or @ in any width, after any blanks, invisible characters or quotes;
 * - there is an apostrophe already, so that the rule can be reversed;
 * - the cell begins with a tab or a line break.
 *
 * A numeric cell stays as it is, unless it has a sign and begins a line of several cells. If that line is split at
 * another separator, it becomes one long cell that begins with the sign. To reverse the rule, remove one apostrophe
 * from each place that has one. See docs/decisions/04-spreadsheet-cells.md.
 */
export const byteOrderMark = "\uFEFF";

/** Characters that end a cell in some spreadsheet: separators, and the line breaks of Unicode (UAX 14). */
const ends = String.raw`,;|\t\n\v\f\r\u0085\u2028\u2029`;

/** Characters that start a formula: ASCII, small, full-width, superscript, subscript, doubled, and minus (U+2212). */
const signs = String.raw`=+\-@﹢﹣﹦﹫＋－＝＠⁺⁻⁼₊₋₌−⩵⩶﬩`;

/**
 * What spreadsheets skip at the start of a cell, except characters that end a cell, because a new place follows them.
 */
const skipped = String.raw`(?:(?![${ends}])[\s\p{Z}\p{C}"])*`;

const unsafePlace = new RegExp(`(?<=^|[${ends}])(?='|${skipped}[${signs}])|^(?=[\\t\\r\\n])`, "gu");
const guardedPlace = new RegExp(`(?<=^|[${ends}])'`, "gu");
const unsafeSign = new RegExp(`[${signs}']|^[\\t\\r\\n]`, "u");
const number = /^[+-]?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?$/;
const quoted = /[",;\t\r\n]|^\s|\s$/;

/** Null is an absent value. */
export type CsvCell = string | number | null;

/** A small table as a whole file. For a long one, print `byteOrderMark` and then line by line. */
export function printCsv(rows: readonly (readonly CsvCell[])[]): string {
  return byteOrderMark + rows.map((row) => printLine(row)).join("");
}

/** What may stand between two cells. Every cell is guarded and quoted for all of them, whichever the file has. */
export type Separator = "," | ";" | "\t";

/** One line of a file, with its line end. */
export function printLine(cells: readonly CsvCell[], separator: Separator = ","): string {
  let line = "";
  for (let at = 0; at < cells.length; at++) {
    if (at > 0) line += separator;
    const cell = cells[at] ?? null;
    if (cell !== null) line += printField(guardCell(String(cell), at === 0 && cells.length > 1));
  }
  return `${line}\r\n`;
}

function printField(text: string): string {
  return text === "" || quoted.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/**
 * The text as written into a cell, so that no spreadsheet reads any part of it as a formula.
 * @param beginsLine whether it is the first of several cells in its line
 */
export function guardCell(text: string, beginsLine = false): string {
  // A cheap check first: most cells hold neither a sign nor an apostrophe.
  if (!unsafeSign.test(text)) return text;
  if (number.test(text)) return beginsLine && /^[+-]/.test(text) ? `'${text}` : text;
  return text.replace(unsafePlace, "'");
}

/** The text that a cell stands for; the reverse of `guardCell`. */
export function readCell(cell: string): string {
  return cell.replace(guardedPlace, "");
}
