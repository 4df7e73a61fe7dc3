"use client";
import { useTable } from "@tanstack/react-table";
import { clsx } from "clsx";
import { ArrowDown, ArrowUp } from "lucide-react";
import type { CSSProperties } from "react";
import { inboxWords } from "@/components/inbox/words";
import { Checkbox } from "@/components/ui/form/checkbox";
import { useAwake } from "@/components/ui/late";
import type { Sort } from "@/lib/filter/filter";
import { type ColumnId, columns, isColumnId, type LaidColumn } from "@/lib/list/columns";
import { hideInNarrowLists, narrowWidth } from "../columns/cards";
import { ColumnEdge } from "../columns/column-edge";
import { definitions, features, printSorting, readSorting } from "../columns/table-columns";

export type ListHeadProps = {
  sort: Sort;
  columns: LaidColumn[];
  /** Whether all rows are selected, or some. */
  selected: boolean | "indeterminate";
  onSelect: () => void;
  onSort: (sort: Sort) => void;
  onWidth: (id: ColumnId, width: number) => void;
};

/** The list's headers: the columns' names, order and widths, and what they sort by. Its code comes after the rows. */
export function ListHead({ sort, columns: laid, selected, onSelect, onSort, onWidth }: ListHeadProps) {
  const sorting = readSorting(sort, laid);
  const table = useTable({
    features,
    columns: definitions,
    // The rows are drawn by the list itself, because they are there before this is.
    data: noRows,
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
      if (next) onSort(printSorting(next));
    },
  });
  const headers = table.getHeaderGroups().flatMap((group) => group.headers);
  const contactAt = headers.findIndex(({ id }) => id === "contact");
  return (
    <tr {...useAwake<HTMLTableRowElement>()}>
      {headers.map((header, at) => (
        <th
          key={header.id}
          scope="col"
          aria-sort={ariaSort(header.column.getIsSorted())}
          style={
            {
              "--width": `${header.getSize()}px`,
              "--narrow": narrowWidth(header.id, header.getSize()),
            } as CSSProperties
          }
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
              checked={selected}
              onCheckedChange={onSelect}
              className="align-middle"
            />
          ) : header.column.getCanSort() ? (
            <button type="button" onClick={header.column.getToggleSortingHandler()} className="list-sort">
              <span
                className="truncate list-label"
                data-narrow={header.id === "service" ? columns.documents.label : undefined}
              >
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
              onWidth={(width) => onWidth(header.id as ColumnId, width)}
            />
          ) : null}
        </th>
      ))}
    </tr>
  );
}

const noRows: never[] = [];

function ariaSort(sorted: false | "asc" | "desc"): "ascending" | "descending" | undefined {
  if (!sorted) return undefined;
  return sorted === "asc" ? "ascending" : "descending";
}
