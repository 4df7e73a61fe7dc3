/** Removes contacts of a status once they are this many days old, counted from when the visitor sent them. */
export type RetentionRule = { status: string; days: number };

export const shortestRetention = 30;
export const longestRetention = 3_650;

/** What the rules will do next. `nextRun` is a Monday as YYYY-MM-DD in the desk's zone. */
export type RetentionPreview = { nextRun: string; total: number; parts: (RetentionRule & { count: number })[] };
