"use client";
import { ChevronLeft, ChevronRight, SlidersHorizontal } from "lucide-react";
import { useEffect, useOptimistic, useRef, useState } from "react";
import { changeStatuses, undoLatest } from "@/components/change/change-statuses";
import { Button } from "@/components/ui/button";
import { Dialog, DialogContent, DialogTrigger } from "@/components/ui/dialog";
import { mergeClasses } from "@/components/ui/merge-classes";
import { Notice } from "@/components/ui/notice";
import type { Status } from "@/lib/contact/status";
import { describeFilter } from "@/lib/filter/chips";
import { emptyFilter, hasConditions } from "@/lib/filter/filter";
import { contactHref, contactsHref } from "@/lib/filter/url";
import type { ShownRow } from "./cells";
import { ContactTable } from "./contact-table";
import { Counts } from "./counts";
import { FacetList } from "./facet-list";
import { FilterBar } from "./filter-bar";
import type { InboxProps } from "./inbox";
import { type InboxCommand, statusOf } from "./keys";
import { InboxLink, useNavigation } from "./navigation";
import { rangeBetween, type Selection, stepFrom, withSelected } from "./selection";
import { SelectionBar } from "./selection-bar";
import { SidePanel } from "./side-panel";
import { SortMenu } from "./sort-menu";
import { useInboxKeys } from "./use-inbox-keys";
import { useListing } from "./use-listing";
import { usePlace } from "./use-place";

export function ContactList(props: InboxProps) {
  const { filter, page, next, previous, problems, now, zone } = props;
  const scope = contactsHref(filter, page);
  const { go, pending } = useNavigation();
  const { rows, arrived, takeOver } = useListing(scope, props.rows);
  const [open, setOpen] = useOptimistic(props.open);
  const [selection, setSelection] = useState<Selection>({});
  const [selectedIn, setSelectedIn] = useState(scope);
  const anchor = useRef<string | null>(null);
  const search = useRef<HTMLInputElement>(null);
  const { listRef, current, setCurrent, focusRow } = usePlace(scope, open);

  // What is selected is always on the screen: another page or filter starts without.
  if (selectedIn !== scope) {
    setSelectedIn(scope);
    setSelection({});
  }
  const ids = rows.map(({ id }) => id);
  const selected = rows.filter(({ id }) => selection[id]);
  const filtered = hasConditions(filter);

  const hrefBeside = (id?: string) => contactsHref(filter, { ...page, open: id });
  function openBeside(id: string, replace = false): boolean {
    setCurrent(id);
    // On a phone the panel is a page of its own: the row's link is followed.
    if (window.matchMedia("(max-width: 767px)").matches) return false;
    if (id === "") return false;
    go(hrefBeside(id), { replace: replace || open === id, along: () => setOpen(id) });
    return true;
  }
  function closePanel() {
    go(hrefBeside(), { along: () => setOpen(null) });
    if (open) focusRow(open);
  }
  function select(some: string[], wanted: boolean, range: boolean) {
    const [one] = some;
    const span = range && one !== undefined ? rangeBetween(ids, anchor.current, one) : some;
    setSelection((old) => withSelected(old, span, wanted));
    if (some.length === 1 && one !== undefined) anchor.current = one;
  }
  async function setStatus(subjects: ShownRow[], status: Status) {
    const failed = await changeStatuses(subjects, status);
    setSelection((old) =>
      withSelected(
        old,
        subjects.map(({ id }) => id).filter((id) => !failed.has(id)),
        false,
      ),
    );
  }
  function move(steps: number): boolean {
    const id = stepFrom(ids, current, steps);
    if (id === null) return false;
    focusRow(id);
    setCurrent(id);
    if (open && id !== open) openBeside(id, true);
    return true;
  }
  function obey(command: InboxCommand): boolean {
    const status = statusOf(command);
    const row = rows.find(({ id }) => id === current);
    if (status) {
      if (selected.length > 0) void setStatus(selected, status);
      else if (row) void setStatus([row], status);
      return selected.length > 0 || row !== undefined;
    }
    switch (command) {
      case "next":
        return move(1);
      case "previous":
        return move(-1);
      case "open":
        return row ? openBeside(row.id) : false;
      case "select":
      case "select range":
        if (row) select([row.id], command === "select range" || !selection[row.id], command === "select range");
        return row !== undefined;
      case "undo":
        undoLatest();
        return true;
      case "search":
        search.current?.focus();
        search.current?.select();
        return true;
      case "back":
        if (selected.length > 0) setSelection({});
        else if (open) closePanel();
        return true;
      default:
        return false;
    }
  }
  useInboxKeys(obey);
  useEffect(() => {
    document.documentElement.toggleAttribute("data-inbox-ready", true);
    return () => document.documentElement.removeAttribute("data-inbox-ready");
  }, []);

  return (
    <main className="relative flex h-full min-h-0 flex-col" aria-busy={pending}>
      <h1 className="sr-only">Inbox</h1>
      <ProgressLine shown={pending} />
      <FilterBar filter={filter} searchRef={search} />
      {problems.length > 0 ? (
        <p role="status" className="border-b border-line bg-warn-soft px-4 py-1.5 text-warn">
          {problems.map(({ key, value, message }) => (
            <span key={`${key}=${value}`} className="mr-3 break-words">
              Ignored: <bdi>{key === "cursor" ? message : `${key}=${value}. ${message}`}</bdi>
            </span>
          ))}
        </p>
      ) : null}
      <div className="flex h-10 shrink-0 items-center gap-3 border-b border-line px-4 max-md:px-3">
        <FilterSheet count={describeFilter(filter).length}>
          <FacetList filter={filter} facets={props.facets} />
        </FilterSheet>
        <Counts matching={props.matching} total={props.total} filtered={filtered} />
        {arrived > 0 ? (
          <button
            type="button"
            onClick={takeOver}
            className="shrink-0 rounded-full bg-accent-soft px-2.5 py-0.5 font-medium whitespace-nowrap text-accent-ink hover:opacity-80"
          >
            {arrived} new
          </button>
        ) : null}
        <span className="ml-auto" />
        <SortMenu filter={filter} />
        <Pages hrefOf={(cursor) => contactsHref(filter, cursor)} next={next} previous={previous} />
      </div>
      <div className="flex min-h-0 flex-1">
        <aside
          aria-label="Filters"
          className={mergeClasses(
            "w-[208px] shrink-0 overflow-y-auto border-r border-line px-3.5 py-3 max-lg:hidden",
            open && "max-xl:hidden",
          )}
        >
          <FacetList filter={filter} facets={props.facets} />
        </aside>
        <section
          ref={listRef}
          aria-label="Contacts"
          className="min-w-0 flex-1 overflow-y-auto pb-20"
          data-pending={pending || undefined}
        >
          {rows.length > 0 ? (
            <ContactTable
              rows={rows}
              sort={filter.sort}
              zone={zone}
              now={now}
              selection={selection}
              current={open ?? current}
              hrefOf={(id) => contactHref(id, filter)}
              onSort={(sort) => go(contactsHref({ ...filter, sort }))}
              onOpen={openBeside}
              onSelect={select}
              onStatus={(row, status) => setStatus([row], status)}
            />
          ) : filtered ? (
            <Notice
              title="No contact matches"
              actions={
                <Button asChild>
                  <InboxLink href={contactsHref({ ...emptyFilter, sort: filter.sort })}>Clear filters</InboxLink>
                </Button>
              }
            >
              Nothing the website has received fits all of these filters.
            </Notice>
          ) : (
            <Notice title="No contacts yet">What visitors send through the website's contact form appears here.</Notice>
          )}
          {rows.length > 0 && next ? (
            <p className="p-4 text-center">
              <Button asChild>
                <InboxLink href={contactsHref(filter, { after: next })}>Next page</InboxLink>
              </Button>
            </p>
          ) : null}
        </section>
        {open !== null ? (
          <SidePanel
            name={rows.find(({ id }) => id === open)?.name ?? ""}
            href={contactHref(open, filter)}
            loading={open !== props.open}
            onClose={closePanel}
          >
            {props.panel}
          </SidePanel>
        ) : null}
      </div>
      <SelectionBar
        count={selected.length}
        onStatus={(status) => setStatus(selected, status)}
        onClear={() => setSelection({})}
      />
    </main>
  );
}

/** A hair's breadth at the top while something is on its way; the old rows stay. */
function ProgressLine({ shown }: { shown: boolean }) {
  return (
    <div aria-hidden="true" className="absolute inset-x-0 top-0 z-30 h-0.5 overflow-hidden">
      {shown ? <div className="h-full w-full origin-left animate-pulse bg-accent" /> : null}
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
  const look = "grid size-7 place-items-center rounded-md text-ink-2 hover:bg-hover hover:text-ink max-md:size-9";
  return (
    <nav aria-label="Pages" className="flex shrink-0 items-center">
      {previous ? (
        <InboxLink
          href={hrefOf({ before: previous })}
          aria-label="Previous page"
          title="Previous page"
          className={look}
        >
          <ChevronLeft size={16} aria-hidden="true" />
        </InboxLink>
      ) : null}
      {next ? (
        <InboxLink href={hrefOf({ after: next })} aria-label="Next page" title="Next page" className={look}>
          <ChevronRight size={16} aria-hidden="true" />
        </InboxLink>
      ) : null}
    </nav>
  );
}

/** The facets on a narrow screen: a sheet that rises from the bottom. */
function FilterSheet({ count, children }: { count: number; children: React.ReactNode }) {
  return (
    <Dialog>
      <DialogTrigger asChild>
        <Button size="small" className="rounded-full max-md:h-8 lg:hidden">
          <SlidersHorizontal size={13} aria-hidden="true" />
          Filters{count > 0 ? ` (${count})` : ""}
        </Button>
      </DialogTrigger>
      <DialogContent title="Filters" shape="sheet">
        {children}
      </DialogContent>
    </Dialog>
  );
}
