import type { CsvCell } from "@/lib/analytics/csv";

/** One cell of a chart's table twin: the number the chart draws, how it reads, and the contacts behind it. */
export type TableCell = { value: CsvCell; text?: string; href?: string; label?: string };

export type TableData = { head: string[]; rows: TableCell[][] };

/** The same numbers as the table shows, for CSV. */
export function tableRows(table: TableData): CsvCell[][] {
  return [table.head, ...table.rows.map((row) => row.map((cell) => cell.value))];
}
