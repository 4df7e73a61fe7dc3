"use client";
import Link from "next/link";
import { type DayRange, formatLongDay, formatRange, listDays } from "@/lib/analytics/days";
import { within } from "@/lib/analytics/marks";
import { narrowToSeries, statusSeries } from "@/lib/analytics/series";
import { dayMark, submissionsTable } from "@/lib/analytics/tables";
import { formatCount } from "@/lib/desk/wording";
import type { ContactFilter } from "@/lib/filter/filter";
import { contactsHref } from "@/lib/filter/url";
import { ChartFrame } from "./chart-frame";
import { DayChart } from "./day-chart";
import { analyticsWords } from "./words";

type SubmissionsChartProps = {
  byDay: { day: string; status: string; contacts: number }[];
  range: DayRange;
  today: string;
  timeZone: string;
  filter: ContactFilter;
};

/** Submissions per day, stacked by their current status. */
export function SubmissionsChart({ byDay, range, today, timeZone, filter }: SubmissionsChartProps) {
  const days = listDays(range);
  const series = statusSeries(byDay, days);
  const totals = days.map((_, i) => series.reduce((sum, one) => sum + (one.counts[i] ?? 0), 0));
  const total = totals.reduce((sum, count) => sum + count, 0);
  const busiest = totals.indexOf(Math.max(...totals));
  const byStatus = series.map((one) => `${one.label} ${formatCount(one.total)}`).join(", ");
  const peak = analyticsWords.busiest(formatLongDay(days[busiest] ?? range.to), totals[busiest] ?? 0);
  return (
    <ChartFrame
      title={analyticsWords.perDay}
      counts={analyticsWords.perDayNote(timeZone, days.includes(today) ? analyticsWords.todaySoFar : "")}
      summary={`${analyticsWords.perDaySummary(total, formatRange(range), byStatus, peak)} ${analyticsWords.tableHasDays}`}
      table={() => submissionsTable(series, filter, range)}
      fileName={`submissions-${range.from}-${range.to}`}
    >
      <ul aria-label={analyticsWords.byStatus} className="mt-1.5 flex flex-wrap gap-x-3.5 text-xs text-ink-2">
        {series.map((one) => (
          <li key={one.status ?? "rest"}>
            <Link
              href={contactsHref(narrowToSeries(within(filter, range), one, series))}
              prefetch={false}
              className="flex min-h-6 items-center hover:text-ink hover:underline"
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
        series={series.map(({ status, label, colour, counts }) => ({ key: status ?? "rest", label, colour, counts }))}
        unit="contacts"
        height={208}
        hrefOf={(day, i) => {
          const one = series[i];
          return contactsHref(one ? dayMark(filter, day, one, series) : within(filter, { from: day, to: day }));
        }}
        noteOf={() => analyticsWords.clickPart}
      />
    </ChartFrame>
  );
}
