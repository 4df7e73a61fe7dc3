"use client";
import { use, useEffect, useState } from "react";

/**
 * The value of the latest settled promise. The first one suspends. Later ones keep the old value until they settle, so
 * that a navigation waits only for its rows. `stale` is true while a newer one is pending.
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
