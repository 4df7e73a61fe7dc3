"use client";
import { clsx } from "clsx";
import { X } from "lucide-react";
import { useEffect, useState } from "react";

/** How long a toast stays after it was last hovered or focused, in ms. */
const stay = 10_000;

export type ToastAction = { label: string; key?: string; act: () => unknown };

type ActionToastProps = { words: string; action?: ToastAction; failed?: boolean; close: () => void };

/** A message with one action. Sonner keeps its own toasts only while hovered; this one also stays while focused. */
export function ActionToast({ words, action, failed, close }: ActionToastProps) {
  const [hovered, setHovered] = useState(false);
  const [focused, setFocused] = useState(false);
  const held = hovered || focused || failed;

  useEffect(() => {
    if (held) return;
    const timer = setTimeout(close, stay);
    return () => clearTimeout(timer);
  }, [held, close]);

  return (
    <output
      onMouseEnter={() => setHovered(true)}
      onMouseLeave={() => setHovered(false)}
      onFocus={() => setFocused(true)}
      onBlur={() => setFocused(false)}
      className={clsx(
        "flex w-[356px] max-w-[calc(100vw-32px)] items-center gap-2 rounded-[10px] border bg-panel py-2 pr-2 pl-3.5 text-[13px] text-ink shadow-lift",
        failed ? "border-fail" : "border-line",
      )}
    >
      <span dir="auto" className="min-w-0 flex-1 break-words">
        {words}
      </span>
      {action ? (
        <button
          type="button"
          onClick={() => {
            close();
            action.act();
          }}
          className="flex h-7 shrink-0 items-center gap-1.5 rounded-md bg-ink px-2.5 font-medium text-bg"
        >
          {action.label}
          {action.key ? <span className="text-[11px] opacity-70 key-hint">{action.key}</span> : null}
        </button>
      ) : null}
      <button
        type="button"
        aria-label="Close"
        onClick={close}
        className="rounded p-1 text-ink-3 hover:bg-hover hover:text-ink"
      >
        <X size={14} />
      </button>
    </output>
  );
}
