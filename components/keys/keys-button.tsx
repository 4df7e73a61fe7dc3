"use client";
import { obey } from "./obeyed";

/** Opens the help, because its key may be switched off. */
export function KeysButton() {
  return (
    <button type="button" onClick={() => obey("help")} className="rounded font-medium text-accent-ink hover:underline">
      Show all keys
    </button>
  );
}
