/**
 * The list as the hand knows it: the order in which a page was first shown, with the newest content of each row.
 * It never moves by itself; `latest` is what the server has now, for when the person asks.
 */
export type Listing<Row extends { id: string; version: number }> = {
  /** The filter and page that it shows. */
  scope: string;
  rows: Row[];
  latest: Row[];
  /** The ids of rows that the server has and the list does not show, above its last shown one. */
  arrived: string[];
  /** When its order was taken over, in ms; changes made before it are not news. */
  since: number;
};

/** A list as the server gave it. */
export function startListing<Row extends { id: string; version: number }>(scope: string, rows: Row[]): Listing<Row> {
  return { scope, rows, latest: rows, arrived: [], since: Date.now() };
}

/**
 * The list after fresh rows came for it: each row shown gets its new content and keeps its place, also when the filter no
 * longer has it; a row that the list does not show is counted, not inserted. Another scope, or an empty list, starts anew.
 */
export function receiveRows<Row extends { id: string; version: number }>(
  listing: Listing<Row>,
  scope: string,
  latest: Row[],
): Listing<Row> {
  if (listing.scope !== scope || listing.rows.length === 0) return startListing(scope, latest);
  const fresh = new Map(latest.map((row) => [row.id, row]));
  const shown = new Set(listing.rows.map(({ id }) => id));
  const rows = listing.rows.map((row) => {
    const newer = fresh.get(row.id);
    return newer && newer.version >= row.version ? newer : row;
  });
  // What moved up from the next page because a row left is not news; only what stands above a shown row is.
  const lastShown = latest.findLastIndex(({ id }) => shown.has(id));
  const above = lastShown < 0 ? latest : latest.slice(0, lastShown);
  const arrived = above.flatMap(({ id }) => (shown.has(id) ? [] : id));
  return { ...listing, rows, latest, arrived };
}
