"use client";
import Link from "next/link";
import { type DayRange, formatLongDay, formatRange, listDays } from "@/lib/analytics/days";
import { countOf, formatCount } from "@/lib/analytics/figures";
import { onDay, within } from "@/lib/analytics/marks";
import { narrowToSeries, type StatusSeries, statusSeries } from "@/lib/analytics/series";
import type { ContactFilter } from "@/lib/filter/filter";
import { contactsHref } from "@/lib/filter/url";
import { ChartFrame } from "./chart-frame";
import type { TableCell, TableData } from "./chart-table";
import { DayChart } from "./day-chart";

type SubmissionsChartProps = {
  byDay: { day: string; status: string; contacts: number }[];
  range: DayRange;
  today: string;
  timeZone: string;
  filter: ContactFilter;
};

/** Submissions per day, stacked by the status they have now. */
export function SubmissionsChart({ byDay, range, today, timeZone, filter }: SubmissionsChartProps) {
  const days = listDays(range);
  const series = statusSeries(byDay, days);
  const totals = days.map((_, i) => series.reduce((sum, one) => sum + (one.counts[i] ?? 0), 0));
  const total = totals.reduce((sum, count) => sum + count, 0);
  const markHref = (day: number, i: number) => {
    const one = series[i];
    const dayFilter = onDay(filter, days[day] ?? range.to);
    return contactsHref(one ? narrowToSeries(dayFilter, one, series) : dayFilter);
  };
  const busiest = totals.indexOf(Math.max(...totals));
  return (
    <ChartFrame
      title="Submissions per day"
      counts={`Contacts by the status they have now · days in ${timeZone}`}
      summary={`${countOf(total, "contact")} from ${formatRange(range)}: ${series.map((one) => `${one.label} ${formatCount(one.total)}`).join(", ")}. Busiest: ${formatLongDay(days[busiest] ?? range.to)} with ${formatCount(totals[busiest] ?? 0)}. The table has each day.`}
      table={() => submissionsTable(days, series, totals, filter, range, markHref)}
      fileName={`submissions-${range.from}-${range.to}`}
    >
      <ul aria-label="Contacts by status" className="mt-1.5 flex flex-wrap gap-x-3.5 gap-y-0.5 text-xs text-ink-2">
        {series.map((one) => (
          <li key={one.status ?? "rest"}>
            <Link
              href={contactsHref(narrowToSeries(within(filter, range), one, series))}
              prefetch={false}
              className="flex items-center hover:text-ink hover:underline"
            >
              <span data-paint="block" className="mr-1.5 size-2 rounded-[2px]" style={{ background: one.colour }} />
              <span data-paint="text">
                {one.label} {formatCount(one.total)}
              </span>
            </Link>
          </li>
        ))}
      </ul>
      <DayChart
        days={days}
        today={today}
        series={series.map((one) => ({
          key: one.status ?? "rest",
          label: one.label,
          colour: one.colour,
          counts: one.counts,
        }))}
        unit="contacts"
        height={208}
        hrefOf={markHref}
        noteOf={() => "Click a part for its contacts"}
      />
    </ChartFrame>
  );
}

function submissionsTable(
  days: string[],
  series: StatusSeries[],
  totals: number[],
  filter: ContactFilter,
  range: DayRange,
  markHref: (day: number, series: number) => string,
): TableData {
  const number = (value: number, what: string, href: string): TableCell => ({
    value,
    text: formatCount(value),
    href: value > 0 ? href : undefined,
    label: `${countOf(value, "contact")}, ${what}`,
  });
  const rows = days.map((day, i) => [
    { value: day, text: formatLongDay(day) },
    ...series.map((one, s) => number(one.counts[i] ?? 0, `${one.label}, ${formatLongDay(day)}`, markHref(i, s))),
    number(totals[i] ?? 0, formatLongDay(day), contactsHref(onDay(filter, day))),
  ]);
  const all = totals.reduce((sum, count) => sum + count, 0);
  const sums = [
    { value: "All days" },
    ...series.map((one) =>
      number(one.total, `${one.label}, all days`, contactsHref(narrowToSeries(within(filter, range), one, series))),
    ),
    number(all, "all days", contactsHref(within(filter, range))),
  ];
  return { head: ["Day", ...series.map((one) => one.label), "All"], rows: [...rows, sums] };
}
