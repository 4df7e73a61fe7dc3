import Link from "next/link";
import { Suspense } from "react";
import { Skeleton } from "@/components/ui/skeleton";
import { countDays, type DayRange, previousRange } from "@/lib/analytics/days";
import { describeTrend, formatDuration } from "@/lib/analytics/figures";
import { narrowTo, waiting, within } from "@/lib/analytics/marks";
import { isKnownInstant } from "@/lib/desk/time";
import { countOf, formatCount } from "@/lib/desk/wording";
import type { ContactFilter } from "@/lib/filter/filter";
import { contactsHref } from "@/lib/filter/url";
import { Figure } from "./figure";
import { analyticsWords } from "./words";

type Processing = { status: string; documents: number; contacts: number }[];

type KeyFiguresProps = {
  total: number;
  previous: number;
  firstResponse: number | null;
  waiting: { contacts: number; oldest: Date | null } | null;
  processing: Promise<Processing>;
  range: DayRange;
  filter: ContactFilter;
  now: Date;
};

/** The four figures above the charts. */
export function KeyFigures({
  total,
  previous,
  firstResponse,
  waiting: open,
  processing,
  range,
  filter,
  now,
}: KeyFiguresProps) {
  const change = describeTrend(total, previous);
  const waitingFilter = waiting({ ...filter, from: null, to: null });
  const before = previousRange(range);
  return (
    <dl className="grid grid-cols-4 border-b border-line max-lg:grid-cols-2">
      <Figure
        label={analyticsWords.received}
        href={contactsHref(within(filter, range))}
        value={formatCount(total)}
        what={countOf(total, "contact")}
      >
        {change ? analyticsWords.change(change) : analyticsWords.noChange}{" "}
        {change ? (
          <Link
            href={contactsHref(within(filter, before))}
            prefetch={false}
            className="underline decoration-line-strong hover:text-ink"
          >
            {formatCount(previous)}
          </Link>
        ) : null}{" "}
        {analyticsWords.before(countDays(range))}
      </Figure>
      <Figure
        label={analyticsWords.firstResponse}
        value={firstResponse === null ? analyticsWords.unknown : formatDuration(firstResponse)}
      >
        {firstResponse === null ? analyticsWords.noResponse : analyticsWords.whereRecorded}
      </Figure>
      <Figure
        label={analyticsWords.waiting}
        href={waitingFilter && open && open.contacts > 0 ? contactsHref(waitingFilter) : undefined}
        value={formatCount(open?.contacts ?? 0)}
        what={analyticsWords.countWaiting(open?.contacts ?? 0)}
      >
        {open?.oldest && isKnownInstant(open.oldest) ? (
          <>
            {analyticsWords.oldest}{" "}
            <span className="text-fail">{formatDuration(now.getTime() - open.oldest.getTime())}</span> ·{" "}
            {analyticsWords.newOrInReview}
          </>
        ) : (
          analyticsWords.newOrInReview
        )}
      </Figure>
      <Suspense
        fallback={
          <Figure label={analyticsWords.failed} value={<Skeleton className="h-7 w-20" />}>
            {analyticsWords.beingCounted}
          </Figure>
        }
      >
        <FailedDocuments processing={processing} filter={within(filter, range)} />
      </Suspense>
    </dl>
  );
}

async function FailedDocuments({ processing, filter }: { processing: Promise<Processing>; filter: ContactFilter }) {
  const counts = await processing;
  const documents = counts.reduce((sum, one) => sum + one.documents, 0);
  const failed = counts.find((one) => one.status === "failed");
  return (
    <Figure
      label={analyticsWords.failed}
      href={failed ? contactsHref(narrowTo(filter, "document.status", "failed")) : undefined}
      value={formatCount(failed?.documents ?? 0)}
      what={analyticsWords.failedIn(failed?.contacts ?? 0, failed?.documents ?? 0)}
    >
      {analyticsWords.ofAll(documents)}
      {documents > 0 ? ` · ${(((failed?.documents ?? 0) / documents) * 100).toFixed(1)} %` : ""}
      {failed ? analyticsWords.inContacts(failed.contacts) : ""}
    </Figure>
  );
}
