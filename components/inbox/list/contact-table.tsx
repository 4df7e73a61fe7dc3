"use client";
import { type CSSProperties, lazy, type MouseEvent, useEffect, useEffectEvent, useMemo, useRef, useState } from "react";
import type { Decision } from "@/components/change/store/changes";
import { inboxWords } from "@/components/inbox/words";
import { Late } from "@/components/ui/late";
import { loadedSoon } from "@/components/ui/loaded-later";
import { isForBrowser } from "@/components/views/navigation";
import type { Status } from "@/lib/contact/status";
import type { Sort } from "@/lib/filter/filter";
import type { ColumnId, LaidColumn } from "@/lib/list/columns";
import type { Density } from "@/lib/staff/preferences";
import { placeCells, shownOf } from "../columns/cards";
import type { ShownRow } from "../row";
import type { Selection } from "../selection/selection";
import { ContactRow, type RowLook } from "./contact-row";

const ListHead = lazy(loadedSoon(() => import("./list-head").then((loaded) => ({ default: loaded.ListHead }))));

/** The width of the column of check boxes, in px. */
const checkWidth = 40;

type ContactTableProps = {
  rows: ShownRow[];
  sort: Sort;
  columns: LaidColumn[];
  density: Density;
  zone: string;
  now: Date;
  selection: Selection;
  /** The words searched for, to highlight. */
  sought: string[];
  /** The row that keys act on. */
  current: string | null;
  hrefOf: (id: string) => string;
  onSort: (sort: Sort) => void;
  onOpen: (id: string) => void;
  onSelect: (ids: string[], selected: boolean, range: boolean) => void;
  onStatus: (row: ShownRow, status: Status) => void;
  onDecide: (row: ShownRow, decision: Decision) => void;
  onWidth: (id: ColumnId, width: number) => void;
};

/** The list: a table on a wide screen, cards on a narrow one. The server sorts and filters, by the address. */
export function ContactTable(props: ContactTableProps) {
  const { rows, selection, current, onSelect, columns: laid, density, sought, zone, now } = props;
  const isSelected = (id: string) => selection[id] === true;
  const count = rows.filter(({ id }) => isSelected(id)).length;
  const all = count > 0 && count === rows.length;
  const shown = shownOf(laid);
  const least = shown.reduce((sum, { width }) => sum + width, checkWidth);
  const look = useMemo<RowLook>(
    () => ({ cells: placeCells(laid), room: roomForChips(laid, density), sought, zone, now }),
    [laid, density, sought, zone, now],
  );

  // The row whose status menu was opened last. The other rows have a plain button.
  const [asked, setAsked] = useState<string | null>(null);
  // A row that comes back later does not open its menu by itself.
  if (asked !== null && !rows.some(({ id }) => id === asked)) setAsked(null);
  const choiceOf = (row: ShownRow) => ({
    onChoose: (status: Status) => props.onStatus(row, status),
    onDecide: (decision: Decision) => props.onDecide(row, decision),
  });

  /** Hears the clicks of all rows. */
  function hear(event: MouseEvent<HTMLElement>) {
    const control = event.target instanceof Element ? event.target.closest("a, button, input") : null;
    const row = rows[control?.closest("tr")?.sectionRowIndex ?? -1];
    if (!row) return;
    if (control instanceof HTMLInputElement) onSelect([row.id], !isSelected(row.id), event.shiftKey);
    else if (control instanceof HTMLButtonElement) setAsked(row.id);
    else if (!isForBrowser(event)) {
      event.preventDefault();
      props.onOpen(row.id);
    }
  }

  const body = useRef<HTMLTableSectionElement>(null);
  const selectTicked = useEffectEvent(() => {
    const boxes = [...(body.current?.querySelectorAll("input") ?? [])];
    const ticked = rows.filter(({ id }, at) => boxes[at]?.checked && !isSelected(id)).map(({ id }) => id);
    if (ticked.length > 0) onSelect(ticked, true, false);
  });
  // The browser ticks a box before any code of ours is there.
  useEffect(() => selectTicked(), []);

  return (
    <table
      className="group/list w-full table-fixed border-collapse max-md:block md:min-w-(--least) md:@max-[700px]:min-w-0"
      style={{ "--least": `${least}px` } as CSSProperties}
      data-density={density}
      data-assignee={shown.some(({ id }) => id === "assignee") || undefined}
      data-list
    >
      <caption className="sr-only">{inboxWords.contacts}</caption>
      <thead className="sticky top-0 z-20 bg-bg max-md:hidden">
        <Late>
          <ListHead
            sort={props.sort}
            columns={laid}
            selected={all ? true : count > 0 ? "indeterminate" : false}
            onSelect={() =>
              onSelect(
                rows.map(({ id }) => id),
                !all,
                false,
              )
            }
            onSort={props.onSort}
            onWidth={props.onWidth}
          />
        </Late>
      </thead>
      {/* Where the link past the filters leads. */}
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: a key clicks the link, the button or the box itself */}
      <tbody id="list" ref={body} tabIndex={-1} onClick={hear} className="max-md:block">
        {rows.map((row) => (
          <ContactRow
            key={row.id}
            row={row}
            href={props.hrefOf(row.id)}
            selected={isSelected(row.id)}
            current={row.id === current}
            choice={row.id === asked ? choiceOf(row) : null}
            look={look}
          />
        ))}
      </tbody>
    </table>
  );
}

/** How wide the documents' chips may be together, in px. In rows of one line the service is beside them. */
function roomForChips(laid: LaidColumn[], density: Density): number {
  const width = (laid.find(({ id }) => id === "service")?.width ?? 0) - 16;
  return density === "compact" ? width / 2 : width;
}
