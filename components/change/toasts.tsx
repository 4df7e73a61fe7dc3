"use client";
import { useEffect } from "react";
import { dismissToast, withToasts } from "@/components/ui/toast";
import { ActionToast, type ToastAction } from "./action-toast";

/** Pages that say for themselves what was done. */
let quiet = 0;

/** While it is mounted, only failures are toasts: the page says itself what was done, and has the way back. */
export function useQuiet(): void {
  useEffect(() => {
    quiet++;
    dismissToast();
    return () => {
      quiet--;
    };
  }, []);
}

/** Says what was done, with a way back for ten seconds. One toast a batch. */
export function showUndo(batch: string, words: string, action?: ToastAction): void {
  if (quiet > 0) return;
  withToasts((toast) =>
    toast.custom((id) => <ActionToast words={words} action={action} close={() => toast.dismiss(id)} />, {
      id: batch,
      duration: Number.POSITIVE_INFINITY,
    }),
  );
}

/** Says why something was not done. It stays until it is closed. */
export function showFailure(words: string, action?: ToastAction): void {
  withToasts((toast) =>
    toast.custom((id) => <ActionToast words={words} action={action} failed close={() => toast.dismiss(id)} />, {
      duration: Number.POSITIVE_INFINITY,
    }),
  );
}

/** Takes a batch's toast away, once it has been undone by other means. */
export function hideToast(batch: string): void {
  dismissToast(batch);
}
