import type { Metadata } from "next";
import Link from "next/link";
import { Suspense } from "react";
import { FilterLine } from "@/components/analytics/filter-line";
import { KeyFigures } from "@/components/analytics/key-figures";
import { ProcessingChart } from "@/components/analytics/processing-chart";
import { RangeBar } from "@/components/analytics/range-bar";
import { ServicesChart } from "@/components/analytics/services-chart";
import { SubmissionsChart } from "@/components/analytics/submissions-chart";
import { ViewsChart } from "@/components/analytics/views-chart";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { Skeleton } from "@/components/ui/skeleton";
import { chooseRange, type DayRange, dayIn, formatRange, lastDays } from "@/lib/analytics/days";
import { analyticsHref, within } from "@/lib/analytics/marks";
import { getAnalytics } from "@/lib/analytics/queries";
import { getViewer } from "@/lib/desk/viewer";
import { type ContactFilter, emptyFilter, hasConditions } from "@/lib/filter/filter";
import { parseFilter } from "@/lib/filter/url";
import type { Viewer } from "@/lib/filter/viewer";
import { listColleagues } from "@/lib/staff/queries";
import { requireStaff } from "@/lib/staff/session";

export const metadata: Metadata = { title: "Analytics" };

type AnalyticsPageProps = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function AnalyticsPage({ searchParams }: AnalyticsPageProps) {
  const staff = await requireStaff();
  const viewer = await getViewer(staff);
  const { timeZone } = viewer;
  const given = Object.entries(await searchParams).flatMap(([key, values]) =>
    [values ?? []].flat().map((value) => [key, value]),
  );
  const { filter, problems } = parseFilter(new URLSearchParams(given));
  const now = new Date();
  const today = dayIn(timeZone, now);
  const { range, problem } = chooseRange(filter.from, filter.to, today);
  const messages = [...problems.map((one) => `Left out “${one.key}”: ${one.message}`), ...(problem ? [problem] : [])];
  return (
    <main>
      <header className="flex flex-wrap items-center gap-x-4 gap-y-2 border-b border-line px-5 py-2.5 max-md:px-4">
        <h1 className="text-[15px]">Analytics</h1>
        <RangeBar range={range} today={today} filter={filter} />
        <FilterLine filter={filter} range={range} people={await listColleagues()} />
        <p className="ml-auto text-ink-3">
          {formatRange(range)} · {timeZone}
        </p>
      </header>
      {messages.length > 0 ? (
        <ul role="status" className="border-b border-line bg-warn-soft px-5 py-2 text-warn max-md:px-4">
          {messages.map((message) => (
            <li key={message}>{message}</li>
          ))}
        </ul>
      ) : null}
      <Suspense fallback={<ChartsSkeleton />}>
        <Charts filter={filter} range={range} today={today} viewer={viewer} now={now} />
      </Suspense>
    </main>
  );
}

type ChartsProps = { filter: ContactFilter; range: DayRange; today: string; viewer: Viewer; now: Date };

async function Charts({ filter, range, today, viewer, now }: ChartsProps) {
  const { timeZone } = viewer;
  const figures = await getAnalytics(filter, range, viewer);
  const total = figures.byDay.reduce((sum, one) => sum + one.contacts, 0);
  const common = { range, filter };
  return (
    <>
      <KeyFigures {...figures} {...common} total={total} now={now} />
      {total === 0 ? (
        <NoSubmissions {...common} today={today} />
      ) : (
        <>
          <SubmissionsChart {...common} byDay={figures.byDay} today={today} timeZone={timeZone} />
          <div className="grid grid-cols-[1.15fr_1fr] max-lg:grid-cols-1 lg:[&>*:first-child]:border-r">
            <ServicesChart {...common} services={figures.services} />
            <ProcessingChart {...common} processing={figures.processing} />
          </div>
        </>
      )}
      <ViewsChart {...common} {...figures} today={today} timeZone={timeZone} />
    </>
  );
}

function NoSubmissions({ range, filter, today }: { range: DayRange; filter: ContactFilter; today: string }) {
  const filtered = hasConditions({ ...filter, from: null, to: null });
  return (
    <Notice
      title="No submissions in these days"
      actions={
        <>
          {filtered ? (
            <Button asChild>
              <Link href={analyticsHref(within(emptyFilter, range))}>Clear filters</Link>
            </Button>
          ) : null}
          <Button asChild>
            <Link href={analyticsHref(within(filter, lastDays(365, today)))}>Show the last 365 days</Link>
          </Button>
        </>
      }
    >
      <p>{filtered ? "No contact sent in these days matches the filter." : "Nobody has written in these days."}</p>
    </Notice>
  );
}

function ChartsSkeleton() {
  return (
    <div role="status" aria-label="Loading the charts">
      <div className="grid grid-cols-4 border-b border-line max-lg:grid-cols-2">
        {["a", "b", "c", "d"].map((key) => (
          <div key={key} className="flex h-[102px] flex-col gap-2 px-5 py-4">
            <Skeleton className="h-3 w-24" />
            <Skeleton className="h-7 w-20" />
          </div>
        ))}
      </div>
      <div className="px-5 py-4">
        <Skeleton className="h-3 w-40" />
        <Skeleton className="mt-4 h-[210px] w-full" />
      </div>
    </div>
  );
}
