/** What a browser tab has on its screen, and when that was read. */
export type LiveRequest = {
  /** The filter of its list as printed in the address; null where it shows none. */
  list: string | null;
  contact: string | null;
  /** When the server rendered it, in ms of its clock: what has happened since is told. */
  since: number;
  /** Where an earlier stream of the same ended, by the id of its last event; null for the first. */
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
