import type { ReactNode } from "react";

/** The kind of a file in a small square, or its picture over that. Decorative, because the name is beside it. */
export function FileBadge({ badge, children }: { badge: string; children?: ReactNode }) {
  return (
    <span
      aria-hidden="true"
      className="relative grid size-8 shrink-0 place-items-center overflow-hidden rounded-[7px] border border-line bg-sunk text-[9.5px] font-bold text-ink-2"
    >
      {badge}
      {children}
    </span>
  );
}
