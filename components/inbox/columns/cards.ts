import { clsx } from "clsx";
import type { ColumnId, LaidColumn } from "@/lib/list/columns";

/** The cells that cards show too, each at its own position, whatever columns a wide screen shows. */
const onCards: Partial<Record<string, string>> = {
  contact: "list-contact-cell",
  age: "list-age-cell",
  status: "list-status-cell",
  service: "list-service-cell",
};

/**
 * Beside an open contact there may be room for these only. The list is then a container. The contact column has what
 * they leave, so they are as wide as what they usually show, in px. Of the service column only the documents are there.
 */
const inNarrowLists: Partial<Record<string, number>> = { select: 40, contact: 150, service: 84, status: 104, age: 76 };

/** How wide the documents' chips may be together there, in px: the column without its padding. */
export const roomInNarrowLists = 68;

export function hideInNarrowLists(id: string): string | false {
  if (id === "service") return "md:@max-[520px]:hidden";
  return !inNarrowLists[id] && "md:@max-[700px]:hidden";
}

/** The width in a narrow list, in px; the person's own if that is less. */
export function narrowWidth(id: string, width: number): string {
  return `${Math.min(width, inNarrowLists[id] ?? width)}px`;
}

export const shownOf = (laid: LaidColumn[]) => laid.filter(({ shown }) => shown);

/** A cell of every row: what it shows, and its class. */
export type PlacedCell = { id: ColumnId; className: string };

/** The cells of a row: those that only cards show, then the shown columns in their order. */
export function placeCells(laid: LaidColumn[]): PlacedCell[] {
  const unseen = laid.filter(({ id, shown }) => !shown && onCards[id]);
  return [...unseen, ...shownOf(laid)].map(({ id, shown }) => ({
    id,
    className: clsx(onCards[id] ?? ["list-cell max-md:hidden", hideInNarrowLists(id)], !shown && "md:hidden"),
  }));
}
