"use client";
import { type DayRange, formatRange, listDays } from "@/lib/analytics/days";
import { onDay } from "@/lib/analytics/marks";
import { viewsTable } from "@/lib/analytics/tables";
import { countOf } from "@/lib/desk/wording";
import type { ContactFilter } from "@/lib/filter/filter";
import { contactsHref } from "@/lib/filter/url";
import { ChartFrame } from "./chart-frame";
import { DayChart } from "./day-chart";

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
  const counted =
    visitors === null
      ? "The website has not counted visitors yet"
      : `${countOf(visitors, "visitor")} counted by the website since it began`;
  return (
    <ChartFrame
      title="Visitors"
      counts={`Page views per day, whatever the filter · days in ${timeZone}${days.includes(today) ? ", today not over" : ""}`}
      summary={`${counted}. ${countOf(total, "page view")} from ${formatRange(range)}. The table has each day.`}
      table={() => viewsTable(views, contacts, filter, range)}
      fileName={`page-views-${range.from}-${range.to}`}
    >
      <p className="mt-1.5 text-xs text-ink-2" data-paint="text">
        {counted} · {countOf(total, "page view")} in these days
      </p>
      <DayChart
        days={days}
        today={today}
        series={[{ key: "views", label: "Page views", colour: "var(--accent)", counts: views }]}
        unit="page views"
        height={150}
        hrefOf={(day) => contactsHref(onDay(filter, day))}
        noteOf={(day) => `Click for the day's ${countOf(contacts[day] ?? 0, "contact")}`}
      />
    </ChartFrame>
  );
}
