import { clsx } from "clsx";
import Link from "next/link";
import { DayField } from "@/components/days/day-field";
import { Button } from "@/components/ui/button";
import { type DayRange, presets, type WrittenDays } from "@/lib/analytics/days";
import { analyticsHref, within } from "@/lib/analytics/marks";
import type { ContactFilter } from "@/lib/filter/filter";
import { printFilter } from "@/lib/filter/url";
import { analyticsWords } from "./words";

type RangeBarProps = { range: DayRange; written: WrittenDays; filter: ContactFilter };

const dayClasses = "h-[30px] w-32 min-w-0 rounded-[7px] border border-line bg-panel px-2";

/**
 * The days that the charts show: the last few, a period, or between two dates. A plain form, so it works before scripts
 * load.
 */
export function RangeBar({ range, written, filter }: RangeBarProps) {
  const rest = printFilter({ ...filter, from: null, to: null, sort: "-timestamp" });
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
      <nav
        aria-label={analyticsWords.daysShown}
        className="flex overflow-hidden rounded-[7px] border border-line bg-panel max-md:flex-wrap max-md:gap-1 max-md:overflow-visible max-md:border-0 max-md:bg-transparent"
      >
        {presets.map(({ label, days }) => {
          const current = written.from === days.from && written.to === days.to;
          return (
            <Link
              key={label}
              href={analyticsHref(within(filter, days))}
              prefetch={false}
              aria-current={current ? "true" : undefined}
              className={clsx(
                "px-2.5 leading-7 font-medium hover:bg-hover hover:text-ink max-md:rounded-[7px] max-md:border max-md:border-line md:not-first:border-l md:not-first:border-line",
                current ? "bg-accent-soft text-accent-ink" : "text-ink-2",
              )}
            >
              {label}
            </Link>
          );
        })}
      </nav>
      <form action="/analytics" className="flex min-w-0 flex-wrap items-center gap-1.5">
        {[...rest].map(([name, value]) => (
          <input key={`${name}=${value}`} type="hidden" name={name} value={value} />
        ))}
        <DayField
          label={analyticsWords.firstDay}
          name="from"
          day={range.from}
          key={range.from}
          required
          className={dayClasses}
        />
        <span aria-hidden="true" className="text-ink-3">
          –
        </span>
        <DayField
          label={analyticsWords.lastDay}
          name="to"
          day={range.to}
          key={`to${range.to}`}
          required
          className={dayClasses}
        />
        <Button type="submit">{analyticsWords.show}</Button>
      </form>
    </div>
  );
}
