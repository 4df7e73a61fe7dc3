/** A kind of file that an export can be: its label for people, for whom it is, its ending and its content type. */
type ExportFormat = {
  label: string;
  hint: string;
  ending: string;
  type: string;
  /** What stands between two cells; null is a workbook. */
  separator: "," | ";" | "\t" | null;
};

/** All kinds of files, in the order in which they are offered. Their keys are their names in the URL. */
export const exportFormats = {
  comma: {
    label: "CSV with commas",
    hint: "For programs, and for spreadsheets in English.",
    ending: "csv",
    type: "text/csv; charset=utf-8; header=present",
    separator: ",",
  },
  semicolon: {
    label: "CSV with semicolons",
    hint: "For spreadsheets in German, French and other languages that write 0,5.",
    ending: "csv",
    type: "text/csv; charset=utf-8; header=present",
    separator: ";",
  },
  tab: {
    label: "Text with tabs",
    hint: "For spreadsheets in any language, opened from their menu.",
    ending: "tsv",
    type: "text/tab-separated-values; charset=utf-8",
    separator: "\t",
  },
  xlsx: {
    label: "Excel workbook",
    hint: "Texts stay texts. Times are dates in the desk's time zone. A text ends after 32,000 characters.",
    ending: "xlsx",
    type: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    separator: null,
  },
} as const satisfies Record<string, ExportFormat>;

export type ExportFormatKey = keyof typeof exportFormats;

/** The names of all kinds, in the order in which they are offered. */
export const exportFormatKeys = Object.keys(exportFormats) as ExportFormatKey[];

/** The kind that an address without one means. */
export const defaultFormat: ExportFormatKey = "comma";

/** Whether a text is a kind's name. */
export function isExportFormat(text: string): text is ExportFormatKey {
  return Object.hasOwn(exportFormats, text);
}
