/**
 * The status change of contacts that were changed together: the new status and, if all had the same before, the old
 * one.
 */
export type StatusStep = { from?: string | null; to: string | null };

/**
 * The statuses that contacts had before and after, each once. Two are enough to know that they differ, so no more are
 * kept.
 */
export type StatusEnds = { from: (string | null)[]; to: (string | null)[] };

/** The statuses of these contacts and those together. */
export function joinEnds(these: StatusEnds, those: StatusEnds): StatusEnds {
  const join = (end: keyof StatusEnds) => [...new Set([...these[end], ...those[end]])].slice(0, 2);
  return { from: join("from"), to: join("to") };
}

/** The step that all of the contacts made; null if they end in different statuses, or none has moved. */
export function toStatusStep({ from, to }: StatusEnds): StatusStep | null {
  const [before, after] = [from[0], to[0]];
  if (after === undefined || to.length > 1) return null;
  if (before === undefined || from.length > 1) return { to: after };
  return before === after ? null : { from: before, to: after };
}
