import { useLayoutEffect, useState } from "react";

/** Something to find in the palette that is not a command: it is a place to go to. */
export type Entry = { href: string; label: string /** More words to find it by. */; words?: string };

type Entries = { heading: string; entries: Entry[] };

const offered = new Map<object, Entries>();

/** Offers places in the palette, under a heading, for as long as the component is there: views, for one. */
export function useEntries(heading: string, entries: Entry[]): void {
  const [token] = useState(() => ({}));
  useLayoutEffect(() => {
    offered.set(token, { heading, entries });
  });
  useLayoutEffect(() => () => void offered.delete(token), [token]);
}

/** What is offered now, in the order in which it came. */
export function listEntries(): Entries[] {
  return [...offered.values()];
}
