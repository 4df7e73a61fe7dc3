/** What a browser tab has on its screen, and when that was read. */
export type LiveRequest = {
  /** The filter of its list, as in the address. Null if it shows no list. */
  list: string | null;
  contact: string | null;
  /** When the server rendered it, in ms of its clock. The stream tells what has happened since. */
  since: number;
  /** The id of the last event of an earlier stream. Null for the first stream. */
  after: number | null;
};

/** The address of a stream. `parseLive` of its parameters gives the same request. */
export function liveHref({ list, contact, since, after }: LiveRequest): string {
  const params = new URLSearchParams();
  if (list !== null) params.set("list", list);
  if (contact !== null) params.set("contact", contact);
  params.set("since", String(Math.floor(since)));
  if (after !== null) params.set("after", String(after));
  return `/api/live?${params}`;
}
