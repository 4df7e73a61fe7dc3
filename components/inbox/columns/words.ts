/** The texts of the choice of columns and of the row height. */
export const columnWords = {
  columns: "Columns",
  list: "Columns of the list",
  rowHeight: "Row height",
  densities: { comfortable: "Comfortable", compact: "Compact" },
  always: "always",
  ofView: "These columns belong to this view. Your own columns stay as they are.",
  keys: "Alt+↑ or Alt+↓ moves a column",
  reset: "Reset",
  moved: (label: string, place: number, shown: number) => `${label} is now column ${place} of ${shown}`,
  forward: (label: string) => `Move ${label} forward`,
  back: (label: string) => `Move ${label} back`,
  width: (label: string) => `Width of ${label}`,
  pixels: (width: number) => `${width} pixels`,
};
