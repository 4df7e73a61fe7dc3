"use client";
import { obey } from "./obeyed";
import { keyWords } from "./words";

/** Opens the help, because its key may be switched off. */
export function KeysButton() {
  return (
    <button type="button" onClick={() => obey("help")} className="rounded font-medium text-accent-ink hover:underline">
      {keyWords.showShortcuts}
    </button>
  );
}
