/** How many months of history, and of the website's events, stay in their tables; null is all of them. */
export type MonthRules = { history: number | null; events: number | null };

/** Fewer would take what undo and the charts of a year need. */
export const fewestMonths = { history: 12, events: 3 } as const;
export const mostMonths = 1_200;

/** A part that rules would take off: what it holds until when, with its rows and bytes on disk. */
export type DueMonth = { of: "history" | "events"; name: string; until: Date; rows: number; bytes: number };

/** What rules would take off. `divided`: whether events are by month at all. */
export type MonthPreview = { divided: boolean; months: DueMonth[] };
