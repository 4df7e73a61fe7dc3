"use client";
import { useEffect, useSyncExternalStore } from "react";
import { fetchedLater, useFetched } from "../use-fetched";
import { isWanted, subscribe } from "./toast";

const later = fetchedLater(() => import("./toast-list"));

/**
 * Mounts the toast list with the first toast. It is loaded with the first key or pointer press: if the network fails, a
 * toast must still show that.
 */
export function Toaster() {
  const wanted = useSyncExternalStore(subscribe, isWanted, () => false);
  const parts = useFetched(later, wanted, () => undefined);
  useEffect(() => {
    const events = ["keydown", "pointerdown"];
    for (const event of events) addEventListener(event, later.prepare, { once: true });
    return () => {
      for (const event of events) removeEventListener(event, later.prepare);
    };
  }, []);
  return parts ? <parts.ToastList /> : null;
}
