import { formatAge, formatInstant, isKnownInstant } from "@/lib/desk/time";
import { getNow } from "@/lib/runtime/clock";

type TimeProps = {
  at: Date;
  zone: string;
  now?: Date;
  /** "age" shows how long ago, with the instant on hover. */
  show?: "age" | "instant";
  className?: string;
};

/** An instant as its age or date, with the full time and zone on hover. An instant that cannot be shown is unknown. */
export function Time({ at, zone, now = getNow(), show = "age", className }: TimeProps) {
  const instant = formatInstant(at, zone);
  if (!isKnownInstant(at)) {
    if (show === "instant") return <span className={className}>{instant}</span>;
    // A column of ages is too narrow for the words.
    return (
      <span className={className} title={instant}>
        <span aria-hidden="true">–</span>
        <span className="sr-only">{instant}</span>
      </span>
    );
  }
  return (
    // Without milliseconds: a page has fifty of these, and nobody reads the fractions.
    <time dateTime={at.toISOString().replace(/\.\d+Z$/, "Z")} title={instant} className={className}>
      {show === "age" ? formatAge(at, now) : instant}
    </time>
  );
}
