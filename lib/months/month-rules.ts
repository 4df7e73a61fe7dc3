/** How many months of history and of the website's events stay in their tables. Null keeps all. */
export type MonthRules = { history: number | null; events: number | null };

/** The least that may be kept: fewer would remove what undo and the charts of a year need. */
export const fewestMonths = { history: 12, events: 3 } as const;
export const mostMonths = 1_200;

/** A month's partition that rules would detach: its end, rows and bytes on disk. */
export type DueMonth = { of: "history" | "events"; name: string; until: Date; rows: number; bytes: number };

/** What rules would detach. `divided` says whether events are partitioned by month at all. */
export type MonthPreview = { divided: boolean; months: DueMonth[] };
