"use client";
import { useEffect } from "react";
import { Toaster as Sonner, toast } from "sonner";
import { begin } from "./toast";

/** The list of toasts. They stay while hovered or focused, and are announced. */
export function ToastList() {
  // Sonner shows only toasts that are created after it is mounted.
  useEffect(() => begin(toast), []);
  return (
    <Sonner
      position="bottom-right"
      duration={10_000}
      toastOptions={{
        classNames: {
          toast: "!rounded-[10px] !border-line !bg-panel !text-ink !shadow-lift !font-sans !text-[13px]",
          description: "!text-ink-2",
          actionButton: "!h-7 !rounded-md !bg-ink !px-2.5 !text-bg !font-medium",
        },
      }}
    />
  );
}
