"use client";
import {
  createColumnHelper,
  rowSelectionFeature,
  rowSortingFeature,
  type SortingState,
  tableFeatures,
  useTable,
} from "@tanstack/react-table";
import { ArrowDown, ArrowUp } from "lucide-react";
import type { Decision } from "@/components/change/decide";
import { Checkbox } from "@/components/ui/checkbox";
import { mergeClasses } from "@/components/ui/merge-classes";
import type { Status } from "@/lib/contact/status";
import type { Sort } from "@/lib/filter/filter";
import { AgeCell, ContactCell, ServiceCell, type ShownRow, StatusCell } from "./cells";
import type { Selection } from "./selection";

const features = tableFeatures({ rowSortingFeature, rowSelectionFeature });
const column = createColumnHelper<typeof features, ShownRow>();

/** The columns and, for those that sort, the order's name in the filter. */
const sortOf = { contact: "name", service: "documents", status: "status", age: "timestamp" } as const;

const columns = column.columns([
  column.display({ id: "select", header: "Select" }),
  column.accessor("name", { id: "contact", header: "Contact", sortDescFirst: false }),
  column.accessor("documents", { id: "service", header: "Service and documents", sortDescFirst: true }),
  column.accessor("status", { id: "status", header: "Status", sortDescFirst: false }),
  column.accessor("timestamp", { id: "age", header: "Age", sortDescFirst: true }),
]);

const widths: Record<string, string> = {
  select: "w-10 pl-4 pr-0 max-md:w-auto",
  contact: "",
  service: "w-[30%] md:@max-[520px]:hidden",
  status: "w-[132px]",
  age: "w-[84px] pr-4 text-right",
};

type ContactTableProps = {
  rows: ShownRow[];
  sort: Sort;
  zone: string;
  now: Date;
  selection: Selection;
  /** The words that are searched for. */
  sought: string[];
  /** The row that keys act on. */
  current: string | null;
  hrefOf: (id: string) => string;
  onSort: (sort: Sort) => void;
  /** True when it was opened beside the list, so that the link need not be followed. */
  onOpen: (id: string) => boolean;
  onSelect: (ids: string[], selected: boolean, range: boolean) => void;
  onStatus: (row: ShownRow, status: Status) => void;
  onDecide: (row: ShownRow, decision: Decision) => void;
};

/** The list: a table on a wide screen, cards on a narrow one. Order and filter are the server's, in the address. */
export function ContactTable(props: ContactTableProps) {
  const { rows, sort, selection, current, onSelect } = props;
  const sorting = readSorting(sort);
  const table = useTable({
    features,
    columns,
    data: rows,
    getRowId: (row) => row.id,
    manualSorting: true,
    enableMultiSort: false,
    enableSortingRemoval: false,
    state: { sorting, rowSelection: selection },
    onSortingChange: (update) => {
      const [next] = typeof update === "function" ? update(sorting) : update;
      if (next) props.onSort(printSorting(next));
    },
  });
  const count = rows.filter(({ id }) => selection[id]).length;
  const all = count > 0 && count === rows.length;
  return (
    <table className="w-full table-fixed border-collapse max-md:block" data-list>
      <caption className="sr-only">Contacts</caption>
      <thead className="sticky top-0 z-10 bg-bg max-md:hidden">
        {table.getHeaderGroups().map((group) => (
          <tr key={group.id}>
            {group.headers.map((header) => (
              <th
                key={header.id}
                scope="col"
                aria-sort={ariaSort(header.column.getIsSorted())}
                className={mergeClasses(
                  "h-8 border-b border-line px-2 text-left text-[12px] font-medium whitespace-nowrap text-ink-3",
                  widths[header.id],
                )}
              >
                {header.id === "select" ? (
                  <Checkbox
                    aria-label="Select every contact on this page"
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
                ) : (
                  <button
                    type="button"
                    onClick={header.column.getToggleSortingHandler()}
                    className="inline-flex max-w-full items-center gap-1 rounded-[4px] hover:text-ink"
                  >
                    <span className="truncate">
                      <table.FlexRender header={header} />
                    </span>
                    {header.column.getIsSorted() === "asc" ? <ArrowUp size={12} aria-hidden="true" /> : null}
                    {header.column.getIsSorted() === "desc" ? <ArrowDown size={12} aria-hidden="true" /> : null}
                  </button>
                )}
              </th>
            ))}
          </tr>
        ))}
      </thead>
      <tbody className="max-md:block">
        {table.getRowModel().rows.map((row) => (
          <tr
            key={row.id}
            data-done={row.original.done || undefined}
            data-current={row.id === current || undefined}
            aria-selected={row.getIsSelected()}
            className="group/row relative border-b border-line-soft has-[[data-snoozed]]:opacity-60 hover:bg-hover focus-within:bg-selected aria-selected:bg-selected data-current:bg-selected data-current:shadow-[inset_2px_0_var(--accent)] max-md:grid max-md:grid-cols-[auto_auto_1fr_auto] max-md:gap-x-2 max-md:px-3.5 max-md:py-2.5 md:h-[50px]"
          >
            <td
              className={mergeClasses(
                "px-2 max-md:row-span-2 max-md:p-0 max-md:pt-0.5 max-md:pr-1",
                widths.select,
                "max-md:pl-0",
              )}
            >
              {/* A larger target than the box itself, and above the row's link. */}
              <span className="relative z-10 -m-2 inline-grid p-2 align-middle">
                <Checkbox
                  aria-label={`Select ${row.original.name.trim() || "contact without a name"}`}
                  checked={row.getIsSelected()}
                  onClick={(event) => onSelect([row.id], !row.getIsSelected(), event.shiftKey)}
                />
              </span>
            </td>
            <td className="overflow-hidden px-2 max-md:col-span-2 max-md:p-0">
              <ContactCell row={row.original} href={props.hrefOf(row.id)} sought={props.sought} onOpen={props.onOpen} />
            </td>
            <td className="overflow-hidden px-2 md:@max-[520px]:hidden max-md:order-2 max-md:col-span-2 max-md:flex max-md:items-center max-md:gap-2 max-md:p-0 max-md:pt-1.5">
              <ServiceCell row={row.original} />
            </td>
            <td className="overflow-hidden px-2 max-md:order-1 max-md:w-max max-md:max-w-[45vw] max-md:overflow-visible max-md:p-0 max-md:pt-1.5 max-md:text-[12.5px]">
              <StatusCell row={row.original} now={props.now} onStatus={props.onStatus} onDecide={props.onDecide} />
            </td>
            <td className="px-2 text-right whitespace-nowrap tabular-nums max-md:p-0 md:pr-4">
              <AgeCell row={row.original} zone={props.zone} now={props.now} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function readSorting(sort: Sort): SortingState {
  const name = sort.replace(/^-/, "");
  const found = Object.entries(sortOf).find(([, order]) => order === name);
  return found ? [{ id: found[0], desc: sort.startsWith("-") }] : [];
}

function printSorting({ id, desc }: { id: string; desc: boolean }): Sort {
  const order = sortOf[id as keyof typeof sortOf];
  return desc ? `-${order}` : order;
}

function ariaSort(sorted: false | "asc" | "desc"): "ascending" | "descending" | undefined {
  if (!sorted) return undefined;
  return sorted === "asc" ? "ascending" : "descending";
}
