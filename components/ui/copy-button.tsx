"use client";
import { Check, Copy } from "lucide-react";
import { useState } from "react";
import { Button } from "./button";

type CopyState = "idle" | "copied" | "refused";

/** Copies a text to the clipboard, and shows and announces whether it worked. */
export function CopyButton({ text, label }: { text: string; label: string }) {
  const [state, setState] = useState<CopyState>("idle");
  const copy = async () => {
    try {
      // Missing outside https and localhost, and refused by some policies.
      await navigator.clipboard.writeText(text);
      setState("copied");
    } catch {
      setState("refused");
    }
  };
  return (
    <>
      <Button look="quiet" size="small" aria-label={label} title={label} onClick={copy} onBlur={() => setState("idle")}>
        {state === "copied" ? <Check size={13} aria-hidden="true" /> : <Copy size={13} aria-hidden="true" />}
      </Button>
      <span role="status" className={state === "refused" ? "text-fail" : "text-ink-3"}>
        {{ idle: "", copied: "Copied", refused: "Could not copy: select the text instead" }[state]}
      </span>
    </>
  );
}
