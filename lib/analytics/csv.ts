export type CsvCell = string | number | null;

// What a spreadsheet takes for a formula, after spaces too, and in full-width forms.
const formulaStart = /^[\s\u00a0\u3000]*[=+\-@\t\r＝＋－＠]/;

function printCell(cell: CsvCell): string {
  if (cell === null) return "";
  if (typeof cell === "number") return String(cell);
  // A leading apostrophe keeps the cell text; text that already began with one gets a second, so that it can be taken back.
  const text = formulaStart.test(cell) || cell.startsWith("'") ? `'${cell}` : cell;
  return /[",\r\n]/.test(text) || text !== text.trim() ? `"${text.replace(/"/g, '""')}"` : text;
}

/** A table as CSV (RFC 4180, UTF-8 with a byte order mark for spreadsheets): numbers stay numbers, text stays text. */
export function printCsv(rows: CsvCell[][]): string {
  return `\uFEFF${rows.map((row) => row.map(printCell).join(",")).join("\r\n")}\r\n`;
}
