"use client";
import { clsx } from "clsx";
import { lazy, useEffect, useMemo, useOptimistic, useRef } from "react";
import { changeContacts } from "@/components/change/change-contacts";
import { askDecision, offerDecisions } from "@/components/change/decide/decisions";
import type { Decision } from "@/components/change/store/changes";
import { prepareContact } from "@/components/contact/late-parts";
import { useDesk } from "@/components/desk/desk";
import { inboxWords } from "@/components/inbox/words";
import { offerStatuses, useCommands, when } from "@/components/keys/obeyed";
import { say } from "@/components/keys/say";
import { focusNoteBox } from "@/components/notes/focus-note-box";
import { Late } from "@/components/ui/late";
import { loadedSoon } from "@/components/ui/loaded-later";
import { showFailure } from "@/components/ui/toast/action-toasts";
import { fetchedLater, useFetched } from "@/components/ui/use-fetched";
import { useNavigation } from "@/components/views/navigation";
import { ViewNotice } from "@/components/views/view-notice";
import type { Assignments } from "@/lib/change/assignments";
import { given } from "@/lib/contact/given";
import { statusLabel } from "@/lib/contact/status";
import { deskWords } from "@/lib/desk/wording";
import { findSought } from "@/lib/filter/matches";
import { contactHref, contactHrefs, contactsHref, printFilter } from "@/lib/filter/url";
import { ListBar } from "../bar/list-bar";
import { useListChoice } from "../columns/use-list-choice";
import { FacetList } from "../facets/facet-list";
import type { InboxProps } from "../inbox-props";
import { OfflineNotice } from "../offline";
import { Problems, ShortWords } from "../problems";
import { ProgressLine } from "../progress-line";
import { FilterBar } from "../query/filter-bar";
import type { ShownRow } from "../row";
import { stepFrom } from "../selection/selection";
import { useSelection } from "../selection/use-selection";
import { ContactTable } from "./contact-table";
import { ListEnd } from "./list-end";
import { NoContacts } from "./no-contacts";
import { SidePanel } from "./side-panel";
import { useListNews } from "./use-list-news";
import { useListPosition } from "./use-list-position";
import { useListing } from "./use-listing";

/** The bar of a selection. It comes after the first paint, so that it is there when the first row is selected. */
const laterBar = fetchedLater(() => import("../selection/selection-bar"));

/** What others do to the list, from after the first paint on. */
const ListStream = lazy(
  loadedSoon(() => import("@/components/live/list-stream").then((loaded) => ({ default: loaded.ListStream }))),
);

/** @param props.pending whether the next page is still loading */
export function ContactList(props: InboxProps & { pending: boolean }) {
  const { pending, filter, page, next, previous, problems, now, zone } = props;
  const listHref = contactsHref(filter, page);
  const { me } = useDesk();
  const { go, keepView } = useNavigation();
  const listing = useListing(listHref, props.rows);
  const { rows } = listing;
  const ids = rows.map(({ id }) => id);
  const list = { listHref, filter: String(printFilter(filter)) };
  const news = useListNews({ listing, page, next, previous });
  const choice = useListChoice();
  const sought = useMemo(() => findSought(filter.words), [filter.words]);
  const [open, setOpen] = useOptimistic(props.open);
  const opening = useRef<ReturnType<typeof setTimeout>>(undefined);
  const search = useRef<HTMLElement>(null);
  const { listRef, current, setCurrent, focusRow, showRow } = useListPosition(listHref, ids, open);
  const { selection, whole, select, deselect, clearSelection } = useSelection(filter, listHref, ids);
  useEffect(() => () => clearTimeout(opening.current), []);

  const selected = rows.filter(({ id }) => selection[id]);
  useEffect(laterBar.prepare, []);
  const bar = useFetched(laterBar, selected.length > 0, () => showFailure(deskWords.notLoaded));

  const rowHref = contactHrefs(filter);
  const hrefBeside = (id?: string) => contactsHref(filter, { ...page, open: id });
  function openRow(id: string) {
    if (!openBeside(id)) go(contactHref(id, filter));
  }
  function writeNote(id: string) {
    if (open !== id) openRow(id);
    focusNoteBox(id);
  }
  function openBeside(id: string, replace = false): boolean {
    setCurrent(id);
    // On a phone the contact opens as a page of its own, through the row's link.
    if (window.matchMedia("(max-width: 767px)").matches) return false;
    if (id === "") return false;
    prepareContact();
    go(hrefBeside(id), { replace: replace || open === id, along: () => setOpen(id) });
    return true;
  }
  function closePanel() {
    clearTimeout(opening.current);
    go(hrefBeside(), { along: () => setOpen(null) });
    if (open) focusRow(open);
  }
  async function change(subjects: ShownRow[], assignments: Assignments) {
    if (whole.set) return whole.ask(assignments);
    const failed = await changeContacts(subjects, assignments);
    deselect(subjects.map(({ id }) => id).filter((id) => !failed.has(id)));
  }
  function move(steps: number) {
    const id = stepFrom(ids, current, steps);
    if (id === null) return;
    focusRow(id);
    sayRow(id);
    setCurrent(id);
    clearTimeout(opening.current);
    // A held key passes many rows, so only the row it stops at is loaded.
    if (open && id !== open) opening.current = setTimeout(() => openBeside(id, true), 120);
  }
  /** The focus announces the sender; this announces the rest of the row. */
  function sayRow(id: string) {
    const at = ids.indexOf(id);
    const parts = [
      inboxWords.row(at + 1, ids.length),
      statusLabel(rows[at]?.status ?? null),
      selection[id] && "selected",
    ];
    say(parts.filter(Boolean).join(", "));
  }
  const row = rows.find(({ id }) => id === current);
  /** Acts on the selection, or on the current row if it is visible: nobody acts on what they cannot see. */
  function act(on: (subjects: ShownRow[]) => unknown) {
    if (selected.length > 0) void on(selected);
    else if (row && !showRow(row.id)) void on([row]);
  }
  const decideOn = (decision: Decision, subjects: ShownRow[]) =>
    askDecision(decision, subjects, (assignments) => change(subjects, assignments), whole.set?.total);
  const inHand = selected.length > 0 || row !== undefined;
  useCommands(
    "list",
    {
      ...offerStatuses(inHand, (status) => act((subjects) => change(subjects, { status }))),
      ...offerDecisions(inHand, (decision) => act((subjects) => decideOn(decision, subjects))),
      // Many contacts cannot be marked as duplicates.
      ...(whole.set ? { duplicate: () => null } : {}),
      "assign to me": when(inHand, () => act((subjects) => change(subjects, { assigneeId: me }))),
      next: when(ids.length > 0, () => move(1)),
      previous: when(ids.length > 0, () => move(-1)),
      open: when(row, () => row && openRow(row.id)),
      select: when(row, () => row && select([row.id], !selection[row.id], false)),
      "select range": when(row, () => row && select([row.id], true, true)),
      note: when(row, () => row && writeNote(row.id)),
      search: () => () => {
        // The box itself may still be waiting for its code.
        const box = search.current?.querySelector("input");
        box?.focus();
        box?.select();
      },
      back: when(selected.length > 0 || open !== null, () => (selected.length > 0 ? clearSelection() : closePanel())),
    },
    describeInHand(whole.set?.total ?? selected.length, selected[0] ?? row),
  );
  useEffect(() => {
    document.documentElement.toggleAttribute("data-inbox-ready", true);
    window.dispatchEvent(new Event("list-awake"));
    return () => document.documentElement.removeAttribute("data-inbox-ready");
  }, []);

  return (
    <main className="relative flex h-full min-h-0 flex-col low:h-auto low:min-h-full" aria-busy={pending}>
      <h1 className="sr-only">{inboxWords.inbox}</h1>
      <ProgressLine shown={pending} />
      <FilterBar filter={filter} columns={choice.columns} facets={props.facets} barRef={search} />
      <ViewNotice />
      <Problems problems={problems} />
      <OfflineNotice />
      {props.partial ? <ShortWords /> : null}
      <ListBar
        filter={filter}
        days={props.days}
        rows={rows}
        next={next}
        previous={previous}
        news={news}
        choice={choice}
        matching={props.matching}
        total={props.total}
        facets={props.facets}
      />
      <div className="flex min-h-0 flex-1">
        <aside
          aria-label={inboxWords.filters}
          className={clsx(
            "w-[208px] shrink-0 overflow-y-auto border-r border-line px-3.5 py-3 max-lg:hidden",
            open && "max-xl:hidden",
          )}
        >
          <FacetList filter={filter} days={props.days} facets={props.facets} />
        </aside>
        <section
          ref={listRef}
          aria-label={inboxWords.contacts}
          className={clsx("min-w-0 flex-1 overflow-auto pb-20 low:overflow-visible", open && "@container")}
          data-pending={pending || undefined}
        >
          {rows.length > 0 ? (
            <ContactTable
              rows={rows}
              sort={filter.sort}
              columns={choice.columns}
              density={choice.density}
              sought={sought}
              zone={zone}
              now={now}
              selection={selection}
              current={current ?? open}
              hrefOf={(id) => keepView(rowHref(id))}
              onSort={(sort) => go(contactsHref({ ...filter, sort }))}
              onOpen={openRow}
              onSelect={select}
              onStatus={(row, status) => change([row], { status })}
              onDecide={(row, decision) => decideOn(decision, [row])}
              onWidth={choice.setWidth}
            />
          ) : (
            <NoContacts filter={filter} tooBroad={props.tooBroad} partial={props.partial} />
          )}
          {rows.length > 0 ? <ListEnd filter={filter} next={next} previous={previous} /> : null}
        </section>
        {open !== null ? (
          <SidePanel
            name={given(rows.find(({ id }) => id === open)?.name ?? null) ?? deskWords.noName}
            href={keepView(contactHref(open, filter))}
            loading={open !== props.open}
            onClose={closePanel}
          >
            {props.panel}
          </SidePanel>
        ) : null}
      </div>
      <Late>
        <ListStream list={list} contact={props.open} now={now} />
      </Late>
      {whole.dialog}
      {bar ? (
        <bar.SelectionBar
          count={selected.length}
          whole={whole}
          // If there are more pages, the bar offers to select everything that matches.
          more={selected.length === rows.length && (next !== null || previous !== null)}
          onPage={selected.length < rows.length ? () => select(ids, true, false) : null}
          matching={props.matching}
          onStatus={(status) => change(selected, { status })}
          onDecide={(decision) => decideOn(decision, selected)}
          onClear={clearSelection}
        />
      ) : null}
    </main>
  );
}

function describeInHand(count: number, row: ShownRow | undefined): string {
  return count > 1 ? inboxWords.selectedContacts(count) : (given(row?.name ?? null) ?? deskWords.thisContact);
}
