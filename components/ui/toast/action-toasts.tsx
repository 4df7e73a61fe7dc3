"use client";
import { useEffect } from "react";
import { ActionToast, type ToastAction } from "./action-toast";
import { dismissToast, withToasts } from "./toast";

/** The number of mounted components that report results themselves. */
let quiet = 0;

/** While mounted, only failures are shown as toasts, because the page itself says what was done and offers undo. */
export function useQuiet(): void {
  useEffect(() => {
    quiet++;
    dismissToast();
    return () => {
      quiet--;
    };
  }, []);
}

/** Says what was done, with an undo button, for ten seconds. There is one toast per batch. */
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
 * Says why something was not done, until it is closed.
 * @param batch what was not done; its toast is hidden once it has been done
 */
export function showFailure(words: string, action?: ToastAction, batch?: string): void {
  withToasts((toast) =>
    toast.custom((id) => <ActionToast words={words} action={action} failed close={() => toast.dismiss(id)} />, {
      id: batch && failureOf(batch),
      duration: Number.POSITIVE_INFINITY,
    }),
  );
}

/** An id of its own, because a toast shown under the id of one that is closing is removed with it. */
const failureOf = (batch: string) => `${batch} failed`;

/** Hides the failure toast of a batch, once the batch has been made. */
export function hideFailure(batch: string): void {
  dismissToast(failureOf(batch));
}

/** Hides a batch's toasts, once it has been undone by other means. */
export function hideToast(batch: string): void {
  dismissToast(batch);
  hideFailure(batch);
}

/** An action to try again, unless that would only be refused again. */
export function tryAgain(code: string, act: () => void): ToastAction | undefined {
  return code === "signed_out" ? undefined : { label: "Try again", act };
}
