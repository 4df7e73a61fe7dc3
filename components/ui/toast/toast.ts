type Toast = typeof import("sonner").toast;

/** Toasts are not part of a page's initial JavaScript, because most pages show none. */
let wanted = false;
const listeners = new Set<() => void>();
const waiting: ((toast: Toast) => void)[] = [];
let shown: Toast | undefined;

export function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Whether a toast has been requested, so that the toast list is needed. */
export function isWanted(): boolean {
  return wanted;
}

/** Called by the toast list when it is mounted. */
export function begin(toast: Toast): void {
  shown = toast;
  for (const act of waiting.splice(0)) act(toast);
}

/** Runs an action on the toasts, at once or when the list is mounted; in the order of the calls. */
export function withToasts(act: (toast: Toast) => void): void {
  if (shown) {
    act(shown);
    return;
  }
  waiting.push(act);
  wanted = true;
  for (const listener of listeners) listener();
}

/** Dismisses one toast, or all, if there have been any. */
export function dismissToast(id?: string): void {
  if (wanted) withToasts((toast) => toast.dismiss(id));
}

/** Shows one line: that something was done, or why not. */
export const toast = {
  success: (words: string) => withToasts((toasts) => toasts.success(words)),
  error: (words: string) => withToasts((toasts) => toasts.error(words)),
};
