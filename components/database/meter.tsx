import { clsx } from "clsx";

type MeterProps = { value: number; most: number; warn?: boolean; className?: string };

/** A share of a whole as a bar. The number is beside it, so the bar is hidden from screen readers. */
export function Meter({ value, most, warn = false, className }: MeterProps) {
  const part = Math.min(1, most > 0 ? value / most : 0);
  return (
    <span aria-hidden="true" className={clsx("block h-2 overflow-hidden rounded-[3px] bg-line-soft", className)}>
      <span
        className={clsx("block h-full rounded-[3px]", warn ? "bg-warn" : "bg-accent")}
        style={{ width: `${part > 0 ? Math.max(1, part * 100) : 0}%` }}
      />
    </span>
  );
}
