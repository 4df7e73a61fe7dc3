import type { ReactNode } from "react";

/** A key as it is printed on a keyboard. Decoration: what it does is said beside it. */
export function Kbd({ children }: { children: ReactNode }) {
  return (
    <span aria-hidden="true" className="kbd">
      {children}
    </span>
  );
}
