import type { Metadata } from "next";
import Link from "next/link";
import { type ReactNode, Suspense } from "react";
import { FilterLine } from "@/components/analytics/filter-line";
import { KeyFigures } from "@/components/analytics/key-figures";
import { ProcessingChart } from "@/components/analytics/processing-chart";
import { RangeBar } from "@/components/analytics/range-bar";
import { ServicesChart } from "@/components/analytics/services-chart";
import { SubmissionsChart } from "@/components/analytics/submissions-chart";
import { ViewsChart } from "@/components/analytics/views-chart";
import { analyticsWords } from "@/components/analytics/words";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { Skeleton } from "@/components/ui/skeleton";
import { chooseRange, countDays, type DayRange, formatRange, writeRange } from "@/lib/analytics/days";
import { analyticsHref, within } from "@/lib/analytics/marks";
import {
  type ContactFigures,
  type DocumentFigures,
  startAnalytics,
  type VisitorFigures,
} from "@/lib/analytics/queries";
import { joinServices, sumProcessing } from "@/lib/analytics/series";
import { type SearchParams, toParams } from "@/lib/desk/search-params";
import { readFormDays } from "@/lib/desk/typed-day";
import { getViewer } from "@/lib/desk/viewer";
import { resolveDays, writeLastDays } from "@/lib/filter/days";
import { type ContactFilter, emptyFilter, hasConditions } from "@/lib/filter/filter";
import { parseFilter } from "@/lib/filter/url";
import type { Viewer } from "@/lib/filter/viewer";
import { getNow } from "@/lib/runtime/clock";
import { listColleagues } from "@/lib/staff/queries";
import { requireStaff } from "@/lib/staff/session/session";

export const metadata: Metadata = { title: analyticsWords.title };

type AnalyticsPageProps = { searchParams: Promise<SearchParams> };

export default async function AnalyticsPage({ searchParams }: AnalyticsPageProps) {
  const staff = await requireStaff();
  const viewer = await getViewer(staff);
  const { timeZone } = viewer;
  const { filter, problems } = parseFilter(readFormDays(toParams(await searchParams)));
  const { today } = viewer;
  const days = resolveDays(filter, viewer);
  const { range, problem } = chooseRange(days.from, days.to, today);
  const written = writeRange(filter, days, range, today);
  const messages = [
    ...problems.map((one) => analyticsWords.ignored(one.key, one.message)),
    ...(problem ? [problem] : []),
  ];
  return (
    <main>
      <header className="flex flex-wrap items-center gap-x-4 gap-y-2 border-b border-line px-5 py-2.5 max-md:px-4">
        <h1 className="text-[15px]">{analyticsWords.title}</h1>
        <RangeBar range={range} written={written} filter={filter} />
        <FilterLine filter={filter} written={written} people={await listColleagues()} />
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
        <Charts filter={filter} range={range} today={today} viewer={viewer} now={getNow()} />
      </Suspense>
    </main>
  );
}

/** From this many days on, the documents visibly take longer to load than the rest. */
const longRange = 100;

type ChartsProps = { filter: ContactFilter; range: DayRange; today: string; viewer: Viewer; now: Date };

async function Charts({ filter, range, today, viewer, now }: ChartsProps) {
  const { timeZone } = viewer;
  const figures = startAnalytics(filter, range, viewer);
  const contacts = await figures.contacts;
  const total = contacts.byDay.reduce((sum, one) => sum + one.contacts, 0);
  const processing = figures.documents.then(({ stored }) => sumProcessing(stored, filter));
  const common = { range, filter };
  return (
    <>
      <KeyFigures {...contacts} {...common} processing={processing} total={total} now={now} />
      {total === 0 ? (
        <NoSubmissions {...common} />
      ) : (
        <>
          <SubmissionsChart {...common} byDay={contacts.byDay} today={today} timeZone={timeZone} />
          <div className="grid grid-cols-[1.15fr_1fr] max-lg:grid-cols-1 lg:[&>*:first-child]:border-r">
            <Suspense fallback={<CountingDocuments long={countDays(range) > longRange} />}>
              <DocumentCharts {...common} services={contacts.services} documents={figures.documents} />
            </Suspense>
          </div>
        </>
      )}
      <Suspense fallback={<ChartSkeleton />}>
        <Visitors {...common} byDay={contacts.byDay} visitors={figures.visitors} today={today} timeZone={timeZone} />
      </Suspense>
    </>
  );
}

type DocumentChartsProps = {
  filter: ContactFilter;
  range: DayRange;
  services: ContactFigures["services"];
  documents: Promise<DocumentFigures>;
};

async function DocumentCharts({ services, documents, ...common }: DocumentChartsProps) {
  const figures = await documents;
  return (
    <>
      <ServicesChart {...common} services={joinServices(services, figures)} />
      <ProcessingChart {...common} processing={sumProcessing(figures.stored, common.filter)} />
    </>
  );
}

type VisitorsProps = {
  filter: ContactFilter;
  range: DayRange;
  byDay: ContactFigures["byDay"];
  visitors: Promise<VisitorFigures>;
  today: string;
  timeZone: string;
};

async function Visitors({ visitors, ...common }: VisitorsProps) {
  return <ViewsChart {...common} {...(await visitors)} />;
}

function NoSubmissions({ range, filter }: { range: DayRange; filter: ContactFilter }) {
  const filtered = hasConditions({ ...filter, from: null, to: null });
  return (
    <Notice
      title={analyticsWords.none}
      actions={
        <>
          {filtered ? (
            <Button asChild>
              <Link href={analyticsHref(within(emptyFilter, range))}>{analyticsWords.clearFilters}</Link>
            </Button>
          ) : null}
          <Button asChild>
            <Link href={analyticsHref(within(filter, writeLastDays(365)))}>{analyticsWords.lastYear}</Link>
          </Button>
        </>
      }
    >
      <p>{filtered ? analyticsWords.noneMatch : analyticsWords.noneSent}</p>
    </Notice>
  );
}

function ChartsSkeleton() {
  return (
    <div role="status" aria-label={analyticsWords.loading}>
      <div className="grid grid-cols-4 border-b border-line max-lg:grid-cols-2">
        {["a", "b", "c", "d"].map((key) => (
          <div key={key} className="flex h-[102px] flex-col gap-2 px-5 py-4">
            <Skeleton className="h-3 w-24" />
            <Skeleton className="h-7 w-20" />
          </div>
        ))}
      </div>
      <ChartSkeleton />
    </div>
  );
}

function ChartSkeleton({ children }: { children?: ReactNode }) {
  return (
    <div className="px-5 py-4">
      <Skeleton className="h-3 w-40" />
      {children}
      <Skeleton className="mt-4 h-[210px] w-full" />
    </div>
  );
}

function CountingDocuments({ long }: { long: boolean }) {
  return (
    <div role="status" className="col-span-full">
      <ChartSkeleton>
        <p className="mt-2 text-xs text-ink-3">
          {analyticsWords.counting}
          {long ? ` ${analyticsWords.countingLong}` : ""}
        </p>
      </ChartSkeleton>
    </div>
  );
}
