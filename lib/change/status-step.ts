/** What contacts that were changed together had for a status: to which it was set and, where all had the same before, from which. */
export type StatusStep = { from?: string | null; to: string | null };

/** The statuses that contacts had before and after: each once, and of more than two the first two, since then they differ anyhow. */
export type StatusEnds = { from: (string | null)[]; to: (string | null)[] };

/** The statuses of these contacts and those together. */
export function joinEnds(these: StatusEnds, those: StatusEnds): StatusEnds {
  const join = (end: keyof StatusEnds) => [...new Set([...these[end], ...those[end]])].slice(0, 2);
  return { from: join("from"), to: join("to") };
}

/** The step that all of the contacts made; null where they end differently, or none has moved. */
export function toStatusStep({ from, to }: StatusEnds): StatusStep | null {
  const [before, after] = [from[0], to[0]];
  if (after === undefined || to.length > 1) return null;
  if (before === undefined || from.length > 1) return { to: after };
  return before === after ? null : { from: before, to: after };
}
