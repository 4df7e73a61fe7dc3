"use client";
import { useTable } from "@tanstack/react-table";
import { clsx } from "clsx";
import { ArrowDown, ArrowUp } from "lucide-react";
import type { CSSProperties } from "react";
import type { Decision } from "@/components/change/store/changes";
import { inboxWords } from "@/components/inbox/words";
import { Checkbox } from "@/components/ui/form/checkbox";
import { given } from "@/lib/contact/given";
import type { Status } from "@/lib/contact/status";
import { deskWords } from "@/lib/desk/wording";
import type { Sort } from "@/lib/filter/filter";
import { type ColumnId, isColumnId, type LaidColumn } from "@/lib/list/columns";
import type { Density } from "@/lib/staff/preferences";
import { ColumnEdge } from "../columns/column-edge";
import {
  definitions,
  features,
  hideInNarrowLists,
  onCards,
  printSorting,
  readSorting,
  shownOf,
  usualWidth,
} from "../columns/table-columns";
import type { Selection } from "../selection/selection";
import { AgeCell, ContactCell, ServiceCell, type ShownRow, StatusCell } from "./cells";
import { AssigneeCell, DetailCell, SnoozedCell, TextCell } from "./detail-cells";

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
  const { rows, sort, selection, current, onSelect, columns: laid } = props;
  const sorting = readSorting(sort, laid);
  const table = useTable({
    features,
    columns: definitions,
    data: rows,
    getRowId: (row) => row.id,
    manualSorting: true,
    enableMultiSort: false,
    enableSortingRemoval: false,
    state: {
      sorting,
      columnOrder: ["select", ...laid.map(({ id }) => id)],
      columnVisibility: Object.fromEntries(laid.map(({ id, shown }) => [id, shown])),
      columnSizing: Object.fromEntries(laid.map(({ id, width }) => [id, width])),
    },
    onSortingChange: (update) => {
      const [next] = typeof update === "function" ? update(sorting) : update;
      if (next) props.onSort(printSorting(next));
    },
  });
  const isSelected = (id: string) => selection[id] === true;
  const count = rows.filter(({ id }) => isSelected(id)).length;
  const all = count > 0 && count === rows.length;
  const headers = table.getHeaderGroups().flatMap((group) => group.headers);
  const contactAt = headers.findIndex(({ id }) => id === "contact");
  const least = headers.reduce((sum, header) => sum + (header.id === "select" ? 40 : header.getSize()), 0);
  const unseen = laid.filter(({ id, shown }) => !shown && onCards[id]).map(({ id }) => id);
  return (
    <table
      className="group/list w-full table-fixed border-collapse max-md:block md:min-w-(--least) md:@max-[700px]:min-w-0"
      style={{ "--least": `${least}px` } as CSSProperties}
      data-density={props.density}
      data-assignee={laid.some(({ id, shown }) => shown && id === "assignee") || undefined}
      data-list
    >
      <caption className="sr-only">{inboxWords.contacts}</caption>
      <thead className="sticky top-0 z-20 bg-bg max-md:hidden">
        <tr>
          {headers.map((header, at) => (
            <th
              key={header.id}
              scope="col"
              aria-sort={ariaSort(header.column.getIsSorted())}
              style={{ "--width": `${header.getSize()}px`, "--usual": usualWidth(header.id) } as CSSProperties}
              className={clsx(
                "list-head",
                header.id === "select" && "w-10 pr-0 pl-4",
                header.id !== "select" && header.id !== "contact" && "list-head-sized",
                header.id === "age" ? "text-right" : "text-left",
                hideInNarrowLists(header.id),
              )}
            >
              {header.id === "select" ? (
                <Checkbox
                  aria-label={inboxWords.selectPage}
                  checked={all ? true : count > 0 ? "indeterminate" : false}
                  onCheckedChange={() =>
                    onSelect(
                      rows.map(({ id }) => id),
                      !all,
                      false,
                    )
                  }
                  className="align-middle"
                />
              ) : header.column.getCanSort() ? (
                <button type="button" onClick={header.column.getToggleSortingHandler()} className="list-sort">
                  <span className="truncate">
                    <table.FlexRender header={header} />
                  </span>
                  {header.column.getIsSorted() === "asc" ? <ArrowUp size={12} aria-hidden="true" /> : null}
                  {header.column.getIsSorted() === "desc" ? <ArrowDown size={12} aria-hidden="true" /> : null}
                </button>
              ) : (
                <span className="block truncate">
                  <table.FlexRender header={header} />
                </span>
              )}
              {isColumnId(header.id) && header.id !== "contact" ? (
                <ColumnEdge
                  id={header.id}
                  width={header.getSize()}
                  side={at > contactAt ? "left" : "right"}
                  onWidth={(width) => props.onWidth(header.id as ColumnId, width)}
                />
              ) : null}
            </th>
          ))}
        </tr>
      </thead>
      <tbody className="max-md:block">
        {table.getRowModel().rows.map((row) => (
          <tr
            key={row.id}
            data-done={row.original.done || undefined}
            data-current={row.id === current || undefined}
            aria-selected={isSelected(row.id)}
            className="group/row list-row"
          >
            <td className="list-check-cell">
              <Checkbox
                aria-label={inboxWords.selectOne(given(row.original.name) ?? deskWords.nameless)}
                checked={isSelected(row.id)}
                onClick={(event) => onSelect([row.id], !isSelected(row.id), event.shiftKey)}
                className="list-check"
              />
            </td>
            {[...unseen.map((id) => ({ id, shown: false })), ...shownOf(laid)].map(({ id, shown }) => (
              <td
                key={id}
                className={clsx(
                  onCards[id] ?? ["list-cell max-md:hidden", hideInNarrowLists(id)],
                  !shown && "md:hidden",
                )}
              >
                <Cell id={id} row={row.original} list={props} />
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Cell({ id, row, list }: { id: ColumnId; row: ShownRow; list: ContactTableProps }) {
  const { zone, now } = list;
  switch (id) {
    case "contact":
      return <ContactCell row={row} href={list.hrefOf(row.id)} sought={list.sought} onOpen={list.onOpen} />;
    case "service":
      return <ServiceCell row={row} />;
    case "status":
      return <StatusCell row={row} now={now} onStatus={list.onStatus} onDecide={list.onDecide} />;
    case "assignee":
      return <AssigneeCell row={row} />;
    case "age":
      return <AgeCell row={row} zone={zone} now={now} />;
    case "snoozed":
      return <SnoozedCell row={row} zone={zone} now={now} />;
    case "company":
      return <TextCell text={row.company} />;
    case "serviceName":
      return <TextCell text={row.service} />;
    default:
      return <DetailCell row={row} detail={id} />;
  }
}

function ariaSort(sorted: false | "asc" | "desc"): "ascending" | "descending" | undefined {
  if (!sorted) return undefined;
  return sorted === "asc" ? "ascending" : "descending";
}
