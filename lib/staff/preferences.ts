export const themes = ["system", "light", "dark"] as const;

export type Theme = (typeof themes)[number];

export const densities = ["comfortable", "compact"] as const;

export type Density = (typeof densities)[number];

/** A column of the list as a person wants it; `width` in px, where they have set one. Only that is kept of one they hide. */
export type PreferredColumn = { id: string; width?: number; shown?: boolean };

/** What a person prefers. Reading it from storage is parsePreferences' part; this file is for the browser too. */
export type Preferences = {
  theme: Theme;
  density: Density;
  /** Whether single keys do things. Ctrl or ⌘ with K always does. */
  keys: boolean;
  /** The list's columns in their order; null is the desk's own choice. */
  columns: PreferredColumn[] | null;
  /** The id of the view that the inbox opens with; null is the plain list. */
  defaultView: string | null;
};

/** What holds for somebody who has never chosen. */
export const defaultPreferences: Preferences = {
  theme: "system",
  density: "comfortable",
  keys: true,
  columns: null,
  defaultView: null,
};
