"use client";
import { useSyncExternalStore } from "react";

type Said = { words: string; turn: number };

const silence: Said = { words: "", turn: 0 };
let said = silence;
const listeners = new Set<() => void>();

/** Tells those who listen to a screen reader what those who look at the screen see, once they are done listening. */
export function say(words: string): void {
  said = { words, turn: said.turn + 1 };
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** The one place that `say` speaks from; always there, since a region that comes with its words is not read. */
export function Spoken() {
  const { words, turn } = useSyncExternalStore(
    subscribe,
    () => said,
    () => silence,
  );
  return (
    <div role="status" className="sr-only">
      {/* The same words again are news again. */}
      <p key={turn}>{words}</p>
    </div>
  );
}
