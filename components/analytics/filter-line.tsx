import { X } from "lucide-react";
import Link from "next/link";
import type { WrittenDays } from "@/lib/analytics/days";
import { analyticsHref, within } from "@/lib/analytics/marks";
import { describeFilter } from "@/lib/filter/chips";
import { type ContactFilter, emptyFilter } from "@/lib/filter/filter";
import { contactsHref } from "@/lib/filter/url";
import type { Colleague } from "@/lib/staff/staff";
import { analyticsWords } from "./words";

type FilterLineProps = { filter: ContactFilter; written: WrittenDays; people: Colleague[] };

/** The filter that all charts share, in the inbox's words. Parts can be removed here; they are added in the inbox. */
export function FilterLine({ filter, written, people }: FilterLineProps) {
  const chips = describeFilter({ ...filter, from: null, to: null }, people);
  return (
    <div className="flex min-w-0 flex-wrap items-center gap-1.5">
      {chips.map(({ key, label, text, without }) => (
        <Link
          key={key}
          href={analyticsHref(within(without, written))}
          prefetch={false}
          aria-label={analyticsWords.removeFilter(label, text)}
          className="flex min-h-[22px] max-w-full items-center gap-1 rounded-[5px] bg-accent-soft px-1.5 text-[12.5px] font-medium text-accent-ink hover:opacity-80"
        >
          <span dir="auto" className="truncate">
            <b className="font-semibold">{label}</b> {text}
          </span>
          <X size={12} aria-hidden="true" className="shrink-0 opacity-70" />
        </Link>
      ))}
      {chips.length > 1 ? (
        <Link
          href={analyticsHref(within(emptyFilter, written))}
          prefetch={false}
          className="px-1 font-medium text-ink-3 hover:text-ink"
        >
          {analyticsWords.clearAll}
        </Link>
      ) : null}
      <Link href={contactsHref(within(filter, written))} className="px-1 text-accent-ink hover:underline">
        {chips.length > 0 ? analyticsWords.changeInInbox : analyticsWords.filterInInbox}
      </Link>
    </div>
  );
}
