"use client";
import { useSyncExternalStore } from "react";
import { inboxWords } from "./words";

function subscribe(listener: () => void): () => void {
  window.addEventListener("online", listener);
  window.addEventListener("offline", listener);
  return () => {
    window.removeEventListener("online", listener);
    window.removeEventListener("offline", listener);
  };
}

/** Shown while the browser knows that it is offline. If it believes to be online, that promises nothing. */
export function OfflineNotice() {
  const offline = useSyncExternalStore(
    subscribe,
    () => !navigator.onLine,
    () => false,
  );
  return (
    <div role="status">
      {offline ? <p className="border-b border-line bg-warn-soft px-4 py-1.5 text-warn">{inboxWords.offline}</p> : null}
    </div>
  );
}
