import {
  columnOrderingFeature,
  columnSizingFeature,
  columnVisibilityFeature,
  createColumnHelper,
  rowSortingFeature,
  type SortingState,
  tableFeatures,
} from "@tanstack/react-table";
import { inboxWords } from "@/components/inbox/words";
import type { Sort } from "@/lib/filter/filter";
import {
  type Column,
  type ColumnId,
  columnIds,
  columns,
  isColumnId,
  type LaidColumn,
  widest,
} from "@/lib/list/columns";
import { shownOf } from "./cards";

export const features = tableFeatures({
  rowSortingFeature,
  columnVisibilityFeature,
  columnOrderingFeature,
  columnSizingFeature,
});
const column = createColumnHelper<typeof features, never>();

export const definitions = column.columns([
  column.display({ id: "select", header: inboxWords.select }),
  ...columnIds.map((id) => {
    const { label, width, narrowest, order }: Column = columns[id];
    const size = { size: width, minSize: narrowest, maxSize: widest };
    // The server sorts, so the accessor only marks the column as sortable.
    return order
      ? column.accessor(() => null, { id, header: label, sortDescFirst: order.descendingFirst, ...size })
      : column.display({ id, header: label, ...size });
  }),
]);

/** The first shown column with this order, so that only one header is marked as sorted. */
export function readSorting(sort: Sort, laid: LaidColumn[]): SortingState {
  const name = sort.replace(/^-/, "");
  const found = shownOf(laid).find(({ id }) => orderOf(id)?.name === name);
  return found ? [{ id: found.id, desc: sort.startsWith("-") }] : [];
}

export function printSorting({ id, desc }: { id: string; desc: boolean }): Sort {
  const name = (isColumnId(id) && orderOf(id)?.name) || "timestamp";
  return desc ? `-${name}` : name;
}

function orderOf(id: ColumnId): Column["order"] {
  const column: Column = columns[id];
  return column.order;
}
