/** The selected ids. */
export type Selection = Record<string, true>;

/** Every id between two, both included, in the order of the list; only `to` if `from` is not in it. */
export function rangeBetween(ids: string[], from: string | null, to: string): string[] {
  const start = from === null ? -1 : ids.indexOf(from);
  const end = ids.indexOf(to);
  if (start < 0 || end < 0) return end < 0 ? [] : [to];
  return ids.slice(Math.min(start, end), Math.max(start, end) + 1);
}

/** The selection with these ids added or removed. */
export function withSelected(selection: Selection, ids: string[], selected: boolean): Selection {
  const next = { ...selection };
  for (const id of ids) {
    if (selected) next[id] = true;
    else delete next[id];
  }
  return next;
}

/** The id `steps` further down the list, stopping at its ends; the first one if there is no current one. */
export function stepFrom(ids: string[], current: string | null, steps: number): string | null {
  const at = current === null ? -1 : ids.indexOf(current);
  if (at < 0) return ids[0] ?? null;
  return ids[Math.min(Math.max(at + steps, 0), ids.length - 1)] ?? null;
}
