"use client";
import { obey } from "./obeyed";
import { keyWords } from "./words";

/** A visible `?` in the frame that opens the help. Not on phones, which have no keys. */
export function HelpButton() {
  return (
    <button
      type="button"
      aria-label={keyWords.shortcuts}
      title={keyWords.shortcuts}
      onClick={() => obey("help")}
      className="desk-help"
    >
      ?
    </button>
  );
}

/** Opens the help, because its key may be switched off. */
export function KeysButton() {
  return (
    <button type="button" onClick={() => obey("help")} className="rounded font-medium text-accent-ink hover:underline">
      {keyWords.showShortcuts}
    </button>
  );
}
