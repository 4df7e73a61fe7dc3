/**
 * CSV as spreadsheets and parsers both read it: RFC 4180, UTF-8 with a byte-order mark (without it Excel takes the text for
 * Latin), CRLF. As in PostgreSQL's own CSV an absent value is an empty field, and an empty text is `""`.
 *
 * Text that a spreadsheet might take for a formula gets an apostrophe in front, and so does text that begins with one;
 * whoever reads the file takes one apostrophe from every cell that begins with one, and has exactly what was stored.
 * Formulas begin with = + - or @, in any of their widths, whatever blanks or invisible characters stand before them;
 * cells that begin with a tab or a line break count as such too. A number is no formula and stays as it is.
 */
export const byteOrderMark = "\uFEFF";

/** The signs by which a formula begins: ASCII, small, full-width, superscript, subscript, doubled, and the real minus. */
const formula = /^(?:[\t\r\n]|[\s\p{Z}\p{C}]*[=+\-@﹢﹣﹦﹫＋－＝＠⁺⁻⁼₊₋₌−⩵⩶﬩])/u;
const number = /^-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?$/;
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
    if (cell !== null) line += typeof cell === "number" ? String(cell) : printField(guardCell(cell));
  }
  return `${line}\r\n`;
}

function printField(text: string): string {
  return text === "" || quoted.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** A text as it stands in a cell: no spreadsheet takes it for a formula. */
export function guardCell(text: string): string {
  return needsGuard(text) ? `'${text}` : text;
}

/** The text that a cell stands for; the reverse of `guardCell`. */
export function readCell(cell: string): string {
  return cell.startsWith("'") ? cell.slice(1) : cell;
}

function needsGuard(text: string): boolean {
  const first = text.charCodeAt(0);
  // Nearly every cell begins with a letter or a digit, and letters begin no formula.
  if ((first >= 97 && first <= 122) || (first >= 65 && first <= 90) || (first >= 48 && first <= 57)) return false;
  return text.startsWith("'") || (formula.test(text) && !number.test(text));
}
