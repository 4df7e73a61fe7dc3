import { formatAge, formatInstant } from "@/lib/desk/time";

type TimeProps = {
  at: Date;
  zone: string;
  now?: Date /** "age" says how long ago, with the instant on hover and focus. */;
  show?: "age" | "instant";
  className?: string;
};

/** An instant, for people: how long ago or when, always with the full zoned time at hand. */
export function Time({ at, zone, now = new Date(), show = "age", className }: TimeProps) {
  const instant = formatInstant(at, zone);
  return (
    <time dateTime={at.toISOString()} title={instant} className={className}>
      {show === "age" ? formatAge(at, now) : instant}
    </time>
  );
}
