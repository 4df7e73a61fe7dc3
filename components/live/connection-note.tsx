"use client";
import { useNews } from "./news";

/** Says that the page no longer receives changes. */
export function ConnectionNote() {
  const connection = useNews((news) => news.connection);
  return (
    <span role="status" className="shrink-0 text-ink-3 max-md:hidden">
      {connection === "cut" ? "Reconnecting…" : null}
      {connection === "ended" ? "You have been signed out" : null}
    </span>
  );
}
