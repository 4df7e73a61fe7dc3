"use client";
import { useEffect, useState } from "react";

/** Longest that a browser's timer can wait, in ms: some 24 days. */
const longestWait = 2 ** 31 - 1;

/** Whether an instant has come, and again once it comes. `now` is when the server looked; null never comes. */
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
