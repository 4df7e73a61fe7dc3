import { useLayoutEffect, useState } from "react";

/** A palette entry that is not a command, but an address to go to. */
export type Entry = { href: string; label: string /** More words to find it by. */; words?: string };

type Entries = { heading: string; entries: Entry[] };

const offered = new Map<object, Entries>();

/** Adds entries to the palette, under a heading, while the component is mounted; views, for example. */
export function useEntries(heading: string, entries: Entry[]): void {
  const [token] = useState(() => ({}));
  useLayoutEffect(() => {
    offered.set(token, { heading, entries });
  });
  useLayoutEffect(() => () => void offered.delete(token), [token]);
}

/** The current entries, in the order in which they were added. */
export function listEntries(): Entries[] {
  return [...offered.values()];
}
