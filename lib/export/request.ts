import type { ContactFilter } from "@/lib/filter/filter";
import { parseFilter, printFilter } from "@/lib/filter/url";
import { type ColumnKey, defaultColumns, isColumnKey } from "./columns";
import { defaultFormat, type ExportFormatKey, isExportFormat } from "./formats";
import { exportProblems } from "./words";

/** What an export should hold: which contacts in which order, which of their columns, and as what kind of file. */
export type ExportRequest = { filter: ContactFilter; columns: ColumnKey[]; format: ExportFormatKey };

/** Parameters of the inbox that are positions in the list. A file has none. */
const positionKeys = ["after", "before", "open"];

/**
 * Parses an export request from the parameters of a URL: the filter, `columns=name,email,…` and `format=xlsx`. Strict:
 * whatever cannot be used is refused in words, because dropping it would export more than was asked for.
 */
export function parseExport(params: URLSearchParams): { request: ExportRequest } | { problem: string } {
  const position = positionKeys.find((key) => params.has(key));
  if (position) return { problem: exportProblems.position(position) };
  const filtering = new URLSearchParams(params);
  filtering.delete("format");
  const { filter, problems } = parseFilter(filtering);
  if (problems.length > 0) return { problem: problems.map(({ message }) => message).join(" ") };
  const columns = parseColumns(params.getAll("columns"));
  if ("problem" in columns) return columns;
  const format = parseFormat(params.getAll("format"));
  return "problem" in format ? format : { request: { filter, ...columns, ...format } };
}

function parseFormat(given: string[]): { format: ExportFormatKey } | { problem: string } {
  const [name = defaultFormat] = given;
  if (given.length > 1) return { problem: exportProblems.formatTwice };
  return isExportFormat(name) ? { format: name } : { problem: exportProblems.noFormat(shorten(name)) };
}

function parseColumns(given: string[]): { columns: ColumnKey[] } | { problem: string } {
  const [list] = given;
  if (list === undefined) return { columns: defaultColumns };
  if (given.length > 1) return { problem: exportProblems.columnsTwice };
  const columns: ColumnKey[] = [];
  for (const name of list.split(",")) {
    if (!isColumnKey(name)) return { problem: exportProblems.noColumn(shorten(name)) };
    if (columns.includes(name)) return { problem: exportProblems.columnTwice(name) };
    columns.push(name);
  }
  return { columns };
}

/** The address of a file. `parseExport` of its parameters gives the same request. */
export function exportHref({ filter, columns, format }: ExportRequest): string {
  const params = printFilter(filter);
  if (columns.join() !== defaultColumns.join()) params.append("columns", columns.join());
  if (format !== defaultFormat) params.append("format", format);
  // A comma needs no encoding in a query, and is easier to read.
  const query = params.toString().replaceAll("%2C", ",");
  return query ? `/export/contacts?${query}` : "/export/contacts";
}

function shorten(text: string): string {
  const printable = text.replace(/[\p{C}\u2028\u2029]/gu, "");
  return printable.length > 60 ? `${printable.slice(0, 60)}…` : printable;
}
