"use client";
import { useSyncExternalStore } from "react";
import { isWanted, subscribe } from "./toast";
import { fetchedLater, useFetched } from "./use-fetched";

const later = fetchedLater(() => import("./toast-list"));

/** Where toasts appear, from the first one on. */
export function Toaster() {
  const wanted = useSyncExternalStore(subscribe, isWanted, () => false);
  const parts = useFetched(later, wanted, () => undefined);
  return parts ? <parts.ToastList /> : null;
}
