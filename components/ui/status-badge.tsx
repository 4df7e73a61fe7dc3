import { clsx } from "clsx";
import { statusLook } from "@/lib/contact/status";

/** A stored status: a mark whose shape and colour say it, and its name. Unknown ones are shown as stored. */
export function StatusBadge({ status, className }: { status: string | null; className?: string }) {
  const look = statusLook(status);
  return (
    <span className={clsx("inline-flex min-w-0 items-center gap-1.5 font-medium text-ink", className)}>
      <StatusMark status={status} />
      <span className="truncate">{look.label}</span>
    </span>
  );
}

/** The mark alone, for where the name stands beside it. */
export function StatusMark({ status }: { status: string | null }) {
  const { colour, shape } = statusLook(status);
  const background = { dot: colour, half: `conic-gradient(${colour} 50%, transparent 0)`, ring: "transparent" }[shape];
  return (
    <span
      aria-hidden="true"
      className="inline-block size-2 shrink-0 rounded-full"
      style={{ background, boxShadow: shape === "dot" ? undefined : `inset 0 0 0 1.7px ${colour}` }}
    />
  );
}
