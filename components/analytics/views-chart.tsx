"use client";
import { type DayRange, formatRange, listDays } from "@/lib/analytics/days";
import { onDay } from "@/lib/analytics/marks";
import { viewsTable } from "@/lib/analytics/tables";
import { countOf } from "@/lib/desk/wording";
import type { ContactFilter } from "@/lib/filter/filter";
import { contactsHref } from "@/lib/filter/url";
import { ChartFrame } from "./chart-frame";
import { DayChart } from "./day-chart";
import { analyticsWords } from "./words";

type ViewsChartProps = {
  pageViews: { day: string; views: number }[];
  byDay: { day: string; contacts: number }[];
  visitors: number | null;
  range: DayRange;
  today: string;
  timeZone: string;
  filter: ContactFilter;
};

/** The website's visitors: its own counter as a figure, and page views by day. A day opens the contacts sent on it. */
export function ViewsChart({ pageViews, byDay, visitors, range, today, timeZone, filter }: ViewsChartProps) {
  const days = listDays(range);
  const views = days.map((day) => pageViews.find((one) => one.day === day)?.views ?? 0);
  const contacts = days.map((day) => byDay.reduce((sum, one) => (one.day === day ? sum + one.contacts : sum), 0));
  const total = views.reduce((sum, count) => sum + count, 0);
  const counted = visitors === null ? analyticsWords.notCounted : analyticsWords.counted(visitors);
  return (
    <ChartFrame
      title={analyticsWords.visitors}
      counts={analyticsWords.visitorsNote(timeZone, days.includes(today) ? analyticsWords.todaySoFar : "")}
      summary={`${analyticsWords.viewsSummary(counted, total, formatRange(range))} ${analyticsWords.tableHasDays}`}
      table={() => viewsTable(views, contacts, filter, range)}
      fileName={`page-views-${range.from}-${range.to}`}
    >
      <p className="mt-1.5 text-xs text-ink-2" data-paint="text">
        {counted} · {countOf(total, "page view")} {analyticsWords.inTheseDays}
      </p>
      <DayChart
        days={days}
        today={today}
        series={[{ key: "views", label: analyticsWords.pageViews, colour: "var(--accent)", counts: views }]}
        unit={analyticsWords.pageViewsUnit}
        height={150}
        hrefOf={(day) => contactsHref(onDay(filter, day))}
        noteOf={(day) => analyticsWords.clickDay(contacts[day] ?? 0)}
      />
    </ChartFrame>
  );
}
