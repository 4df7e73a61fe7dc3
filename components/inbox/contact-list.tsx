"use client";
import { useEffect, useOptimistic, useRef, useState } from "react";
import { changeContacts, undoLatest } from "@/components/change/change-contacts";
import { Button } from "@/components/ui/button";
import { mergeClasses } from "@/components/ui/merge-classes";
import type { Assignments } from "@/lib/change/assignments";
import { findSought } from "@/lib/filter/matches";
import { contactHref, contactsHref } from "@/lib/filter/url";
import type { ShownRow } from "./cells";
import { ContactTable } from "./contact-table";
import { FacetList } from "./facet-list";
import { FilterBar } from "./filter-bar";
import type { InboxProps } from "./inbox";
import { type InboxCommand, statusOf } from "./keys";
import { ListBar } from "./list-bar";
import { InboxLink, useNavigation } from "./navigation";
import { NoContacts } from "./no-contacts";
import { Problems } from "./problems";
import { ProgressLine } from "./progress-line";
import { rangeBetween, type Selection, stepFrom, withSelected } from "./selection";
import { SelectionBar } from "./selection-bar";
import { SidePanel } from "./side-panel";
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
  const opening = useRef<ReturnType<typeof setTimeout>>(undefined);
  const search = useRef<HTMLInputElement>(null);
  const { listRef, current, setCurrent, focusRow, showRow } = usePlace(scope, open);

  // What is selected is always on the screen: another page or filter starts without.
  if (selectedIn !== scope) {
    setSelectedIn(scope);
    setSelection({});
  }
  useEffect(() => () => clearTimeout(opening.current), []);

  const ids = rows.map(({ id }) => id);
  const selected = rows.filter(({ id }) => selection[id]);

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
    clearTimeout(opening.current);
    go(hrefBeside(), { along: () => setOpen(null) });
    if (open) focusRow(open);
  }
  function select(some: string[], wanted: boolean, range: boolean) {
    const [one] = some;
    const span = range && one !== undefined ? rangeBetween(ids, anchor.current, one) : some;
    setSelection((old) => withSelected(old, span, wanted));
    if (some.length === 1 && one !== undefined) anchor.current = one;
  }
  async function change(subjects: ShownRow[], assignments: Assignments) {
    const failed = await changeContacts(subjects, assignments);
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
    clearTimeout(opening.current);
    // A held key passes many rows: only the one it rests on is loaded.
    if (open && id !== open) opening.current = setTimeout(() => openBeside(id, true), 120);
    return true;
  }
  function obey(command: InboxCommand): boolean {
    const status = statusOf(command);
    const row = rows.find(({ id }) => id === current);
    if (status) {
      if (selected.length > 0) void change(selected, { status });
      else if (row && !showRow(row.id)) void change([row], { status });
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
      <FilterBar filter={filter} facets={props.facets} searchRef={search} />
      <Problems problems={problems} />
      <ListBar
        filter={filter}
        next={next}
        previous={previous}
        arrived={arrived}
        onTakeOver={takeOver}
        matching={props.matching}
        total={props.total}
        facets={props.facets}
      />
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
          className="@container min-w-0 flex-1 overflow-y-auto pb-20"
          data-pending={pending || undefined}
        >
          {rows.length > 0 ? (
            <ContactTable
              rows={rows}
              sort={filter.sort}
              sought={findSought(filter.words)}
              zone={zone}
              now={now}
              selection={selection}
              current={current ?? open}
              hrefOf={(id) => contactHref(id, filter)}
              onSort={(sort) => go(contactsHref({ ...filter, sort }))}
              onOpen={openBeside}
              onSelect={select}
              onStatus={(row, status) => change([row], { status })}
            />
          ) : (
            <NoContacts filter={filter} tooBroad={props.tooBroad} />
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
        onStatus={(status) => change(selected, { status })}
        onClear={() => setSelection({})}
      />
    </main>
  );
}
