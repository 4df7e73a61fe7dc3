"use client";
import { DayField } from "@/components/days/day-field";
import { InboxLink, useNavigation } from "@/components/views/navigation";
import type { FixedDays } from "@/lib/filter/days";
import type { ContactFilter } from "@/lib/filter/filter";
import { contactsHref } from "@/lib/filter/url";
import { facetWords } from "./words";

/** Days that are asked for most, relative so that a saved view has them every day anew. */
const usual = [
  ["today", "Today"],
  ["yesterday", "Yesterday"],
  ["this-week", "This week"],
  ["last-week", "Last week"],
  ["this-month", "This month"],
  ["last-month", "Last month"],
] as const;

type DayRangeProps = { filter: ContactFilter; fixed: FixedDays };

/**
 * Filters by the days on which contacts were sent, in the desk's zone. The fields show relative days as they are today.
 * Remount it when the fixed days change.
 */
export function DayRange({ filter, fixed }: DayRangeProps) {
  const chosen = filter.from === filter.to && usual.find(([day]) => day === filter.from)?.[0];
  return (
    <fieldset className="flex flex-col gap-1.5">
      <legend className="mb-1 text-[11.5px] font-semibold text-ink-2">{facetWords.sent}</legend>
      <div role="toolbar" aria-label={facetWords.usualDays}>
        <ul className="flex flex-wrap gap-1 text-[12px]">
          {usual.map(([day, label]) => {
            const current = day === chosen;
            const next = current ? { from: null, to: null } : { from: day, to: day };
            return (
              <li key={day}>
                <InboxLink
                  href={contactsHref({ ...filter, ...next })}
                  aria-current={current ? "true" : undefined}
                  tabIndex={current || (!chosen && day === "today") ? 0 : -1}
                  className="block rounded-[5px] border border-line px-1.5 leading-5 text-ink-2 hover:bg-hover hover:text-ink aria-[current]:border-accent aria-[current]:bg-accent-soft aria-[current]:text-accent-ink max-lg:py-1.5"
                >
                  {label}
                </InboxLink>
              </li>
            );
          })}
        </ul>
      </div>
      <Day filter={filter} fixed={fixed} end="from" label={facetWords.from} />
      <Day filter={filter} fixed={fixed} end="to" label={facetWords.to} />
    </fieldset>
  );
}

function Day({ filter, fixed, end, label }: DayRangeProps & { end: "from" | "to"; label: string }) {
  const { go } = useNavigation();
  return (
    <div className="flex items-center gap-2 text-ink-2">
      <span className="w-8" aria-hidden="true">
        {label}
      </span>
      <DayField
        label={label}
        day={fixed[end] ?? ""}
        onDay={(day) => go(contactsHref({ ...filter, [end]: day || null }))}
        className="h-7 flex-1 rounded-md border border-line bg-panel px-1.5 text-[12px] text-ink max-lg:h-9"
      />
    </div>
  );
}
