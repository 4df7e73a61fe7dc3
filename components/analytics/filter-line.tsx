import { X } from "lucide-react";
import Link from "next/link";
import type { DayRange } from "@/lib/analytics/days";
import { analyticsHref, within } from "@/lib/analytics/marks";
import { describeFilter } from "@/lib/filter/chips";
import { type ContactFilter, emptyFilter } from "@/lib/filter/filter";
import { contactsHref } from "@/lib/filter/url";

/** The filter that all charts share, in the inbox's words, each part removable. It is changed where its facets are: in the inbox. */
export function FilterLine({ filter, range }: { filter: ContactFilter; range: DayRange }) {
  const chips = describeFilter({ ...filter, from: null, to: null });
  return (
    <div className="flex min-w-0 flex-wrap items-center gap-1.5">
      {chips.map((chip) => (
        <span
          key={`${chip.key}${chip.text}`}
          className="flex max-w-full min-w-0 items-center rounded-md bg-accent-soft pl-2 text-accent-ink"
        >
          <span className="truncate leading-6">
            <span className="font-semibold">{chip.label}</span> <bdi>{chip.text}</bdi>
          </span>
          <Link
            href={analyticsHref(within(chip.without, range))}
            prefetch={false}
            aria-label={`Remove ${chip.label}: ${chip.text}`}
            className="grid size-6 shrink-0 place-items-center rounded-md hover:bg-hover"
          >
            <X size={13} aria-hidden="true" />
          </Link>
        </span>
      ))}
      {chips.length > 1 ? (
        <Link
          href={analyticsHref(within(emptyFilter, range))}
          prefetch={false}
          className="px-1.5 text-ink-2 hover:underline"
        >
          Clear filters
        </Link>
      ) : null}
      <Link href={contactsHref(within(filter, range))} className="px-1.5 text-accent-ink hover:underline">
        {chips.length > 0 ? "Change in the inbox" : "Filter in the inbox"}
      </Link>
    </div>
  );
}
