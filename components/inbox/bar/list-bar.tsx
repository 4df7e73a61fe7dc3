"use client";
import { clsx } from "clsx";
import { ChevronFirst, ChevronLast, ChevronLeft, ChevronRight, type LucideIcon, SlidersHorizontal } from "lucide-react";
import type { ReactNode } from "react";
import { ExportButton } from "@/components/export/export-button";
import { facetWords, inboxWords } from "@/components/inbox/words";
import { ConnectionNote } from "@/components/live/connection-note";
import { Button } from "@/components/ui/button";
import { Dialog, DialogContent, DialogTrigger } from "@/components/ui/dialog/dialog";
import { InboxLink } from "@/components/views/navigation";
import { ViewsSheet } from "@/components/views/views-sheet";
import { describeFilter } from "@/lib/filter/chips";
import { hasConditions } from "@/lib/filter/filter";
import { contactsHref, listEnd } from "@/lib/filter/url";
import { ColumnsMenu } from "../columns/columns-menu";
import type { useListChoice } from "../columns/use-list-choice";
import { FacetList } from "../facets/facet-list";
import type { InboxProps } from "../inbox-props";
import { describeListNews, type ListNews } from "../list/use-list-news";
import { Counts } from "./counts";
import { SortMenu } from "./sort-menu";
import { TriageLink } from "./triage-link";

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
      <ExportButton filter={filter} matching={matching} />
      <SortMenu filter={filter} />
      <ColumnsMenu choice={choice} />
      <Pages hrefOf={(cursor) => contactsHref(filter, cursor)} next={next} previous={previous} />
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

type PagesProps = {
  next: string | null;
  previous: string | null;
  hrefOf: (cursor: { after?: string; before?: string }) => string;
};

function Pages({ next, previous, hrefOf }: PagesProps) {
  if (!next && !previous) return null;
  return (
    <nav aria-label={inboxWords.pages} className="flex shrink-0 items-center">
      {previous ? (
        <>
          <PageLink href={hrefOf({})} label={inboxWords.firstPage} icon={ChevronFirst} wide />
          <PageLink href={hrefOf({ before: previous })} label={inboxWords.previousPage} icon={ChevronLeft} />
        </>
      ) : null}
      {next ? (
        <>
          <PageLink href={hrefOf({ after: next })} label={inboxWords.nextPage} icon={ChevronRight} />
          <PageLink href={hrefOf({ before: listEnd })} label={inboxWords.lastPage} icon={ChevronLast} wide />
        </>
      ) : null}
    </nav>
  );
}

type PageLinkProps = {
  href: string;
  label: string;
  icon: LucideIcon;
  /** Shown only if there is room; a phone has it below the list. */
  wide?: boolean;
};

function PageLink({ href, label, icon: Icon, wide }: PageLinkProps) {
  return (
    <InboxLink
      href={href}
      aria-label={label}
      title={label}
      className={clsx(
        "size-7 place-items-center rounded-md text-ink-2 hover:bg-hover hover:text-ink max-md:size-9",
        wide ? "hidden md:grid" : "grid",
      )}
    >
      <Icon size={16} aria-hidden="true" />
    </InboxLink>
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
          <span className={count > 0 ? "max-md:sr-only" : undefined}>{facetWords.filters}</span>
          {count > 0 ? ` (${count})` : ""}
        </Button>
      </DialogTrigger>
      <DialogContent title={facetWords.filters} shape="sheet">
        {children}
      </DialogContent>
    </Dialog>
  );
}
