import { countOf, formatCount } from "@/lib/desk/wording";

/** The texts of the export dialog. */
export const exportWords = {
  export: "Export",
  title: "Export contacts",
  contacts: "The contacts",
  exactly: (count: number) => countOf(count, "contact"),
  moreThan: (count: number) => `More than ${formatCount(count)} contacts`,
  what: (filtered: boolean) => `${filtered ? "that match the filter" : "of the desk"}, in the order of the list.`,
  allColumns: "All columns",
  none: "None",
  file: "File",
  download: "Download",
  chooseColumn: "Choose a column",
};

/** Why no file was made. */
export const exportProblems = {
  tooMany: (limit: number, minutes: number) =>
    `You have started ${limit} exports within an hour, which is the most you can. Try again in ${minutes} min.`,
  running: (count: number) => `You have ${count} exports running. Wait until one has finished.`,
  position: (name: string) => `"${name}" is a position in the list. An export always holds the whole list.`,
  columnsTwice: '"columns" can only be used once.',
  formatTwice: '"format" can only be used once.',
  noFormat: (name: string) => `There is no format "${name}".`,
  noColumn: (name: string) => `There is no column "${name}".`,
  columnTwice: (name: string) => `The column "${name}" is named twice.`,
};
