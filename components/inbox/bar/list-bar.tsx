"use client";
import { SlidersHorizontal } from "lucide-react";
import { lazy, type ReactNode } from "react";
import { inboxWords } from "@/components/inbox/words";
import { ConnectionNote } from "@/components/live/connection-note";
import { Button } from "@/components/ui/button";
import { Dialog, DialogContent, DialogTrigger } from "@/components/ui/dialog/dialog";
import { Late } from "@/components/ui/late";
import { loadedSoon } from "@/components/ui/loaded-later";
import { ViewsSheet } from "@/components/views/views-sheet";
import { describeFilter } from "@/lib/filter/chips";
import { hasConditions } from "@/lib/filter/filter";
import type { useListChoice } from "../columns/use-list-choice";
import { FacetList } from "../facets/facet-list";
import type { InboxProps } from "../inbox-props";
import { describeListNews, type ListNews } from "../list/use-list-news";
import { Counts } from "./counts";
import { TriageLink } from "./triage-link";

const ListTools = lazy(loadedSoon(() => import("./list-tools").then((loaded) => ({ default: loaded.ListTools }))));

type ListBarProps = Pick<InboxProps, "filter" | "days" | "next" | "previous" | "matching" | "total" | "facets"> & {
  rows: { status: string | null }[];
  news: ListNews;
  choice: ReturnType<typeof useListChoice>;
};

/** The bar above the list: counts, news, order, columns and pages. */
export function ListBar({ filter, days, rows, next, previous, matching, total, facets, news, choice }: ListBarProps) {
  const filtered = hasConditions(filter);
  return (
    <div className="relative flex h-10 shrink-0 items-center gap-3 border-b border-line px-4 max-md:gap-2 max-md:px-3">
      <ViewsSheet short={filtered} />
      <FilterSheet count={describeFilter(filter).length}>
        <FacetList filter={filter} days={days} facets={facets} />
      </FilterSheet>
      <Counts matching={matching} total={total} filter={filter} />
      <NewsButton news={news} />
      <ConnectionNote />
      <span className="ml-auto" />
      {filtered ? <TriageLink filter={filter} facets={facets} rows={rows} whole={!next && !previous} /> : null}
      <Late>
        <ListTools filter={filter} matching={matching} choice={choice} next={next} previous={previous} />
      </Late>
    </div>
  );
}

/**
 * Offers what others have changed, because the list never moves by itself. It is announced when it appears. On a phone
 * it lies over the list's edge, because the bar has no room for it. There it would move buttons away from under the
 * finger, and the last ones off the screen.
 */
function NewsButton({ news }: { news: ListNews }) {
  const words = describeListNews(news);
  return (
    <span role="status" className="list-news">
      {words ? (
        <button
          type="button"
          onClick={news.show}
          className="rounded-full bg-accent-soft px-2.5 py-0.5 font-medium whitespace-nowrap text-accent-ink hover:opacity-80 max-md:px-4 max-md:py-1.5 max-md:shadow-lift"
        >
          {words}
        </button>
      ) : null}
    </span>
  );
}

/**
 * The facets on a narrow screen, in a sheet that rises from the bottom. On a phone the button is labelled with their
 * number, once there is one.
 */
function FilterSheet({ count, children }: { count: number; children: ReactNode }) {
  return (
    <Dialog>
      <DialogTrigger asChild>
        <Button size="small" className="rounded-full max-md:h-8 lg:hidden">
          <SlidersHorizontal size={13} aria-hidden="true" />
          <span className={count > 0 ? "max-md:sr-only" : undefined}>{inboxWords.filters}</span>
          {count > 0 ? ` (${count})` : ""}
        </Button>
      </DialogTrigger>
      <DialogContent title={inboxWords.filters} shape="sheet">
        {children}
      </DialogContent>
    </Dialog>
  );
}
