"use client";
import { useSyncExternalStore } from "react";

function subscribe(listener: () => void): () => void {
  window.addEventListener("online", listener);
  window.addEventListener("offline", listener);
  return () => {
    window.removeEventListener("online", listener);
    window.removeEventListener("offline", listener);
  };
}

/** For as long as the browser knows that it has no network. That it believes to have one promises nothing. */
export function OfflineNotice() {
  const offline = useSyncExternalStore(
    subscribe,
    () => !navigator.onLine,
    () => false,
  );
  return (
    <div role="status">
      {offline ? (
        <p className="border-b border-line bg-warn-soft px-4 py-1.5 text-warn">
          You are offline. The list is as it was; nothing can be opened or saved until you are back.
        </p>
      ) : null}
    </div>
  );
}
