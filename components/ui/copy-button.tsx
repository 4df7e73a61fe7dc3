"use client";
import { Check, Copy } from "lucide-react";
import { useState } from "react";
import { Button } from "./button";
import { useAwake } from "./late";

type CopyState = "idle" | "copied" | "refused";

/**
 * Copies a text. A browser has `navigator.clipboard` only on https and localhost, and a desk inside a company may be on
 * plain http: there the text is copied out of a field that nobody sees.
 */
async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const focused = document.activeElement as HTMLElement | null;
    const field = document.createElement("textarea");
    field.value = text;
    field.readOnly = true;
    field.style.cssText = "position:fixed;opacity:0";
    (focused?.closest("[role=dialog]") ?? document.body).append(field);
    field.select();
    const copied = document.execCommand("copy");
    field.remove();
    focused?.focus();
    return copied;
  }
}

/** Copies a text to the clipboard, and shows and announces whether it worked. */
export function CopyButton({ text, label }: { text: string; label: string }) {
  const [state, setState] = useState<CopyState>("idle");
  const copy = async () => {
    setState((await copyText(text)) ? "copied" : "refused");
  };
  return (
    <>
      <Button
        {...useAwake<HTMLButtonElement>()}
        look="quiet"
        size="small"
        aria-label={label}
        title={label}
        onClick={copy}
        onBlur={() => setState("idle")}
      >
        {state === "copied" ? <Check size={13} aria-hidden="true" /> : <Copy size={13} aria-hidden="true" />}
      </Button>
      <span role="status" className={state === "refused" ? "text-fail" : "text-ink-3"}>
        {{ idle: "", copied: "Copied", refused: "Could not copy: select the text instead" }[state]}
      </span>
    </>
  );
}
