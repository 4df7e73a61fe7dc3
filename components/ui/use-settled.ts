"use client";
import { use, useEffect, useState } from "react";

/**
 * The value of the latest promise that has settled. The first one suspends; later ones leave the old value in place, so
 * that a navigation never waits for what is slower than its rows. `stale` while a newer one is under way.
 */
export function useSettled<T>(promise: Promise<T>): { value: T; stale: boolean } {
  const [shown, setShown] = useState(promise);
  useEffect(() => {
    let current = true;
    const show = () => {
      if (current) setShown(promise);
    };
    promise.then(show, show);
    return () => {
      current = false;
    };
  }, [promise]);
  return { value: use(shown), stale: shown !== promise };
}
