"use client";
import { toast } from "sonner";
import { ActionToast, type ToastAction } from "./action-toast";

/** Says what was done, with a way back for ten seconds. One toast a batch. */
export function showUndo(batch: string, words: string, action?: ToastAction): void {
  toast.custom((id) => <ActionToast words={words} action={action} close={() => toast.dismiss(id)} />, {
    id: batch,
    duration: Number.POSITIVE_INFINITY,
  });
}

/** Says why something was not done. It stays until it is closed. */
export function showFailure(words: string, action?: ToastAction): void {
  toast.custom((id) => <ActionToast words={words} action={action} failed close={() => toast.dismiss(id)} />, {
    duration: Number.POSITIVE_INFINITY,
  });
}

/** Takes a batch's toast away, once it has been undone by other means. */
export function hideToast(batch: string): void {
  toast.dismiss(batch);
}
