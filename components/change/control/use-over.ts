"use client";
import { useEffect, useState } from "react";

/** The longest timeout that browsers support, in ms: about 24 days. */
const longestWait = 2 ** 31 - 1;

/**
 * Whether an instant has passed; renders again when it does. `now` is the server's time of reading; null never passes.
 */
export function useOver(instant: string | null, now: Date): boolean {
  const [seen, setSeen] = useState(now);
  const at = instant === null ? Number.POSITIVE_INFINITY : new Date(instant).getTime();
  const over = at <= Math.max(seen.getTime(), now.getTime());
  useEffect(() => {
    const wait = at - Date.now();
    if (over || wait > longestWait) return;
    const timer = setTimeout(() => setSeen(new Date()), Math.max(wait, 0) + 50);
    return () => clearTimeout(timer);
  }, [at, over]);
  return over;
}
