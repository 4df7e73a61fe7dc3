type Toast = typeof import("sonner").toast;

/** Toasts are no part of a page's first JavaScript: most pages are left without any. */
let wanted = false;
const listeners = new Set<() => void>();
const waiting: ((toast: Toast) => void)[] = [];
let shown: Toast | undefined;

export function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Whether a toast has been asked for, so that the place for them is needed. */
export function isWanted(): boolean {
  return wanted;
}

/** Called by the place for toasts once it is there. */
export function begin(toast: Toast): void {
  shown = toast;
  for (const act of waiting.splice(0)) act(toast);
}

/** Does something with the toasts, at once or as soon as there is a place for them; in the order of the calls. */
export function withToasts(act: (toast: Toast) => void): void {
  if (shown) {
    act(shown);
    return;
  }
  waiting.push(act);
  wanted = true;
  for (const listener of listeners) listener();
}

/** Takes one toast away, or all of them, where there have been any. */
export function dismissToast(id?: string): void {
  if (wanted) withToasts((toast) => toast.dismiss(id));
}

/** Says in a line that something was done, or why not. */
export const toast = {
  success: (words: string) => withToasts((toasts) => toasts.success(words)),
  error: (words: string) => withToasts((toasts) => toasts.error(words)),
};
