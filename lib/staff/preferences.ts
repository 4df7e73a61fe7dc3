export const themes = ["system", "light", "dark"] as const;

export type Theme = (typeof themes)[number];

export const densities = ["comfortable", "compact"] as const;

export type Density = (typeof densities)[number];

/** A column of the list as a person wants it. `width` in px, if they have set one; a hidden column keeps only that. */
export type PreferredColumn = { id: string; width?: number; shown?: boolean };

/** A person's preferences. Stored ones are read by parsePreferences; this file is also part of the browser's code. */
export type Preferences = {
  theme: Theme;
  density: Density;
  /** Whether single keys run commands. Ctrl or ⌘ with K always works. */
  keys: boolean;
  /** The list's columns in their order; null is the desk's default. */
  columns: PreferredColumn[] | null;
  /** The id of the view that the inbox opens with; null is the desk's default, the queue. */
  defaultView: string | null;
  /** The kind of file and the columns of the last export; null is the desk's default. */
  exportFormat: string | null;
  exportColumns: string[] | null;
};

/** The defaults of somebody who has not chosen anything. */
export const defaultPreferences: Preferences = {
  theme: "system",
  density: "comfortable",
  keys: true,
  columns: null,
  defaultView: null,
  exportFormat: null,
  exportColumns: null,
};
