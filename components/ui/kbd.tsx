import type { ReactNode } from "react";

/** A key as it is printed on a keyboard. Decoration: what it does is said beside it. */
export function Kbd({ children }: { children: ReactNode }) {
  return (
    <span
      aria-hidden="true"
      className="rounded-[4px] border border-b-2 border-line bg-panel px-1 font-sans text-[11px] leading-4 font-medium text-ink-3"
    >
      {children}
    </span>
  );
}
