"use client";
import { useEffect } from "react";
import { ActionToast, type ToastAction } from "./action-toast";
import { dismissToast, withToasts } from "./toast";

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

/**
 * Says why something was not done. It stays until it is closed.
 * @param batch what was not done: once it is, its toast is hidden
 */
export function showFailure(words: string, action?: ToastAction, batch?: string): void {
  withToasts((toast) =>
    toast.custom((id) => <ActionToast words={words} action={action} failed close={() => toast.dismiss(id)} />, {
      id: batch && failureOf(batch),
      duration: Number.POSITIVE_INFINITY,
    }),
  );
}

/** Its own: a toast that is shown under the id of one that is just going is taken away with it. */
const failureOf = (batch: string) => `${batch} failed`;

/** Takes away what says that a batch was not made, once it has been. */
export function hideFailure(batch: string): void {
  dismissToast(failureOf(batch));
}

/** Takes a batch's toasts away, once it has been undone by other means. */
export function hideToast(batch: string): void {
  dismissToast(batch);
  hideFailure(batch);
}

/** Sent again by hand, unless that would only be refused again. */
export function tryAgain(code: string, act: () => void): ToastAction | undefined {
  return code === "signed_out" ? undefined : { label: "Try again", act };
}
