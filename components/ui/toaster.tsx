"use client";
import { lazy, Suspense, useSyncExternalStore } from "react";
import { isWanted, subscribe } from "./toast";

const ToastList = lazy(() => import("./toast-list").then((loaded) => ({ default: loaded.ToastList })));

/** Where toasts appear, from the first one on. */
export function Toaster() {
  const wanted = useSyncExternalStore(subscribe, isWanted, () => false);
  return wanted ? (
    <Suspense fallback={null}>
      <ToastList />
    </Suspense>
  ) : null;
}
