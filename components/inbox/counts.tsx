"use client";
import { Suspense } from "react";
import { Skeleton } from "@/components/ui/skeleton";
import type { Loaded } from "@/lib/desk/load";
import type { ShownCount } from "./row";
import { useSettled } from "./use-settled";

type CountsProps = { matching: Promise<Loaded<ShownCount>>; total: Promise<Loaded<ShownCount>>; filtered: boolean };

/** How many match, of how many; streamed in after the rows. */
export function Counts(props: CountsProps) {
  return (
    <p className="min-w-0 truncate text-ink-2 tabular-nums" aria-live="polite">
      <Suspense fallback={<Skeleton className="my-1 h-3 w-36" />}>
        <LoadedCounts {...props} />
      </Suspense>
    </p>
  );
}

function LoadedCounts({ matching, total, filtered }: CountsProps) {
  const all = useSettled(total);
  const some = useSettled(matching);
  if (!all.value.ok || !some.value.ok) {
    return `Not counted. ${some.value.ok ? "The database is busy." : some.value.message}`;
  }
  const number = <b className="font-semibold text-ink">{printCount(some.value.value)}</b>;
  return (
    <span className={some.stale ? "opacity-60" : undefined}>
      {filtered ? (
        <>
          {number} matching <span className="text-ink-3">of {printCount(all.value.value)}</span>
        </>
      ) : (
        <>
          {number} {all.value.value.count === 1 ? "contact" : "contacts"}
        </>
      )}
    </span>
  );
}

/** A count as people read it: "4,812", or "10,000+" when there are more. */
export function printCount({ count, exact }: ShownCount): string {
  return `${count.toLocaleString("en")}${exact ? "" : "+"}`;
}
