"use client";
import { useSyncExternalStore } from "react";

type Said = { words: string; turn: number };

const silence: Said = { words: "", turn: 0 };
let said = silence;
const listeners = new Set<() => void>();

/** Announces to screen readers what others see, after the current announcement. */
export function say(words: string): void {
  said = { words, turn: said.turn + 1 };
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** The region in which `say` speaks. It is always there, because a region added together with its text is not read. */
export function Spoken() {
  const { words, turn } = useSyncExternalStore(
    subscribe,
    () => said,
    () => silence,
  );
  return (
    <div role="status" className="sr-only">
      {/* A new key makes the same words an announcement again. */}
      <p key={turn}>{words}</p>
    </div>
  );
}
