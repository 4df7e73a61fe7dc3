import { formatAge, formatInstant, isKnownInstant } from "@/lib/desk/time";
import { getNow } from "@/lib/runtime/clock";

type TimeProps = {
  at: Date;
  zone: string;
  now?: Date;
  /** "age" says how long ago, with the instant on hover. */
  show?: "age" | "instant";
  className?: string;
};

/** An instant, for people: how long ago or when, always with the full zoned time at hand. What no clock shows is unknown. */
export function Time({ at, zone, now = getNow(), show = "age", className }: TimeProps) {
  const instant = formatInstant(at, zone);
  if (!isKnownInstant(at)) return <span className={className}>{instant}</span>;
  return (
    // To the second: fifty of these are a page, and nobody reads the thousandths.
    <time dateTime={at.toISOString().replace(/\.\d+Z$/, "Z")} title={instant} className={className}>
      {show === "age" ? formatAge(at, now) : instant}
    </time>
  );
}
