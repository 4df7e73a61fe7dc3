/**
 * The list on the screen: the order in which a page was first shown, with the latest content of each row. It never
 * moves by itself; `latest` is what the server has now, for when the person asks for it.
 */
export type Listing<Row extends { id: string; version: number }> = {
  /** The filter and page that are shown. */
  listHref: string;
  rows: Row[];
  latest: Row[];
  /** The ids of rows that the server has and the list does not show, above its last shown row. */
  arrived: string[];
  /** When the order was taken over, in ms. Earlier changes are not news. */
  since: number;
};

/** A list as the server gave it. */
export function startListing<Row extends { id: string; version: number }>(listHref: string, rows: Row[]): Listing<Row> {
  return { listHref, rows, latest: rows, arrived: [], since: Date.now() };
}

/**
 * The list after new rows came for it. Each shown row gets its new content and keeps its position, even if the filter
 * no longer matches it. A row that is not shown is counted and not inserted. Another list, or an empty one, starts
 * again.
 */
export function receiveRows<Row extends { id: string; version: number }>(
  listing: Listing<Row>,
  listHref: string,
  latest: Row[],
): Listing<Row> {
  if (listing.listHref !== listHref || listing.rows.length === 0) return startListing(listHref, latest);
  const fresh = new Map(latest.map((row) => [row.id, row]));
  const shown = new Set(listing.rows.map(({ id }) => id));
  const rows = listing.rows.map((row) => {
    const newer = fresh.get(row.id);
    return newer && newer.version >= row.version ? newer : row;
  });
  // Rows that moved up from the next page are not news; only rows above a shown row are.
  const lastShown = latest.findLastIndex(({ id }) => shown.has(id));
  const above = lastShown < 0 ? latest : latest.slice(0, lastShown);
  const arrived = above.flatMap(({ id }) => (shown.has(id) ? [] : id));
  return { ...listing, rows, latest, arrived };
}
