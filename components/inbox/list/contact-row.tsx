"use client";
import { memo } from "react";
import { inboxWords } from "@/components/inbox/words";
import { given } from "@/lib/contact/given";
import { deskWords } from "@/lib/desk/wording";
import type { ColumnId } from "@/lib/list/columns";
import type { PlacedCell } from "../columns/cards";
import type { ShownRow } from "../row";
import { AgeCell, ContactCell, ServiceCell, StatusCell, type StatusChoice } from "./cells";
import { AssigneeCell, DetailCell, DueCell, SnoozedCell, TextCell } from "./detail-cells";

/** What is the same for every row. */
export type RowLook = {
  cells: PlacedCell[];
  /** For the documents' chips, in px. */
  room: number;
  /** The words searched for, to highlight. */
  sought: string[];
  zone: string;
  now: Date;
};

type ContactRowProps = {
  row: ShownRow;
  href: string;
  selected: boolean;
  current: boolean;
  /** What its status menu does; null until somebody asks for that menu. */
  choice: StatusChoice | null;
  look: RowLook;
};

/**
 * A contact in the list. Its clicks are heard by the table. Fifty are a page, so a row has no state and no effects, and
 * is drawn again only if one of its props changes: a key that moves the current row draws two.
 */
export const ContactRow = memo(function ContactRow(props: ContactRowProps) {
  const { row, selected, current, look } = props;
  return (
    <tr
      data-done={row.done || undefined}
      data-current={current || undefined}
      aria-selected={selected}
      className="group/row list-row"
    >
      <td className="list-check-cell">
        <input
          type="checkbox"
          aria-label={inboxWords.selectOne(given(row.name) ?? deskWords.nameless)}
          checked={selected}
          onChange={heardByTable}
          // Otherwise Firefox ticks after a reload what was ticked before it, whichever contact is there now.
          autoComplete="off"
          className="checkbox list-check"
        />
      </td>
      {look.cells.map(({ id, className }) => (
        <td key={id} className={className}>
          {drawCell(id, props)}
        </td>
      ))}
    </tr>
  );
});

/** React asks for a handler on what it keeps checked. */
const heardByTable = () => undefined;

function drawCell(id: ColumnId, { row, href, choice, look }: ContactRowProps) {
  const { zone, now } = look;
  switch (id) {
    case "contact":
      return <ContactCell row={row} href={href} sought={look.sought} />;
    case "service":
      return <ServiceCell row={row} room={look.room} />;
    case "status":
      return <StatusCell row={row} now={now} choice={choice} />;
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
