import { clsx } from "clsx";
import type { CSSProperties } from "react";
import { statusLook } from "@/lib/contact/status";

const shapes = { dot: "", half: "status-half", ring: "status-ring" };

/** A stored status: its name, and a mark with its shape and colour. An unknown status is shown as stored. */
export function StatusBadge({ status, className }: { status: string | null; className?: string }) {
  const { label, colour, shape } = statusLook(status);
  return (
    <span className={clsx("status", shapes[shape], className)} style={{ "--mark": colour } as CSSProperties}>
      {label}
    </span>
  );
}

/** The mark alone, for places where the name is beside it. */
export function StatusMark({ status }: { status: string | null }) {
  const { colour, shape } = statusLook(status);
  return (
    <span
      aria-hidden="true"
      className={clsx("status-mark", shapes[shape])}
      style={{ "--mark": colour } as CSSProperties}
    />
  );
}
