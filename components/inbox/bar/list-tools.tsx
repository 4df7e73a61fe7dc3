"use client";
import { clsx } from "clsx";
import { ChevronFirst, ChevronLast, ChevronLeft, ChevronRight, type LucideIcon } from "lucide-react";
import { ExportButton } from "@/components/export/export-button";
import { inboxWords } from "@/components/inbox/words";
import { useAwake } from "@/components/ui/late";
import { InboxLink } from "@/components/views/navigation";
import { contactsHref, listEnd } from "@/lib/filter/url";
import { ColumnsMenu } from "../columns/columns-menu";
import type { useListChoice } from "../columns/use-list-choice";
import type { InboxProps } from "../inbox-props";
import { SortMenu } from "./sort-menu";

type ListToolsProps = Pick<InboxProps, "filter" | "matching" | "next" | "previous"> & {
  choice: ReturnType<typeof useListChoice>;
};

/** The end of the bar above the list: export, order, columns and pages. Its code comes after the rows. */
export function ListTools({ filter, matching, choice, next, previous }: ListToolsProps) {
  return (
    <div {...useAwake<HTMLDivElement>()} className="contents">
      <ExportButton filter={filter} matching={matching} />
      <SortMenu filter={filter} />
      <ColumnsMenu choice={choice} />
      <Pages hrefOf={(cursor) => contactsHref(filter, cursor)} next={next} previous={previous} />
    </div>
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
