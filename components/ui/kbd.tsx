import type { ReactNode } from "react";

/** A key as printed on a keyboard. Decorative, because its action is described beside it. */
export function Kbd({ children }: { children: ReactNode }) {
  return (
    <span aria-hidden="true" className="kbd">
      {children}
    </span>
  );
}
