"use client";
import { clsx } from "clsx";
import { type CSSProperties, lazy } from "react";
import type { Decision } from "@/components/change/store/changes";
import { inboxWords } from "@/components/inbox/words";
import { Checkbox } from "@/components/ui/form/checkbox";
import { Late } from "@/components/ui/late";
import { loadedSoon } from "@/components/ui/loaded-later";
import { given } from "@/lib/contact/given";
import type { Status } from "@/lib/contact/status";
import { deskWords } from "@/lib/desk/wording";
import type { Sort } from "@/lib/filter/filter";
import type { ColumnId, LaidColumn } from "@/lib/list/columns";
import type { Density } from "@/lib/staff/preferences";
import { hideInNarrowLists, onCards, shownOf } from "../columns/cards";
import type { Selection } from "../selection/selection";
import { AgeCell, ContactCell, ServiceCell, type ShownRow, StatusCell } from "./cells";
import { AssigneeCell, DetailCell, DueCell, SnoozedCell, TextCell } from "./detail-cells";

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
  const { rows, selection, current, onSelect, columns: laid } = props;
  const isSelected = (id: string) => selection[id] === true;
  const count = rows.filter(({ id }) => isSelected(id)).length;
  const all = count > 0 && count === rows.length;
  const shown = shownOf(laid);
  const least = shown.reduce((sum, { width }) => sum + width, checkWidth);
  const unseen = laid.filter(({ id, shown }) => !shown && onCards[id]).map(({ id }) => id);
  return (
    <table
      className="group/list w-full table-fixed border-collapse max-md:block md:min-w-(--least) md:@max-[700px]:min-w-0"
      style={{ "--least": `${least}px` } as CSSProperties}
      data-density={props.density}
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
      <tbody id="list" tabIndex={-1} className="max-md:block">
        {rows.map((row) => (
          <tr
            key={row.id}
            data-done={row.done || undefined}
            data-current={row.id === current || undefined}
            aria-selected={isSelected(row.id)}
            className="group/row list-row"
          >
            <td className="list-check-cell">
              <Checkbox
                aria-label={inboxWords.selectOne(given(row.name) ?? deskWords.nameless)}
                checked={isSelected(row.id)}
                onClick={(event) => onSelect([row.id], !isSelected(row.id), event.shiftKey)}
                className="list-check"
              />
            </td>
            {[...unseen.map((id) => ({ id, shown: false })), ...shown].map(({ id, shown }) => (
              <td
                key={id}
                className={clsx(
                  onCards[id] ?? ["list-cell max-md:hidden", hideInNarrowLists(id)],
                  !shown && "md:hidden",
                )}
              >
                <Cell id={id} row={row} list={props} />
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** How wide the documents' chips may be together, in px. In rows of one line the service is beside them. */
function roomForChips({ columns: laid, density }: ContactTableProps): number {
  const width = (laid.find(({ id }) => id === "service")?.width ?? 0) - 16;
  return density === "compact" ? width / 2 : width;
}

function Cell({ id, row, list }: { id: ColumnId; row: ShownRow; list: ContactTableProps }) {
  const { zone, now } = list;
  switch (id) {
    case "contact":
      return <ContactCell row={row} href={list.hrefOf(row.id)} sought={list.sought} onOpen={list.onOpen} />;
    case "service":
      return <ServiceCell row={row} room={roomForChips(list)} />;
    case "status":
      return <StatusCell row={row} now={now} onStatus={list.onStatus} onDecide={list.onDecide} />;
    case "assignee":
      return <AssigneeCell row={row} />;
    case "age":
      return <AgeCell row={row} zone={zone} now={now} />;
    case "due":
      return <DueCell row={row} zone={zone} now={now} />;
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
