import type { LaidColumn } from "@/lib/list/columns";

/** The cells that cards show too, each at its own position, whatever columns a wide screen shows. */
export const onCards: Partial<Record<string, string>> = {
  contact: "list-contact-cell",
  age: "list-age-cell",
  status: "list-status-cell",
  service: "list-service-cell",
};

/** Beside an open contact there may be room for these only, at their default widths. The list is then a container. */
const inNarrowLists = ["select", "contact", "status", "age"];

export function hideInNarrowLists(id: string): string | false {
  if (id === "service") return "md:@max-[520px]:hidden";
  return !inNarrowLists.includes(id) && "md:@max-[700px]:hidden";
}

export const shownOf = (laid: LaidColumn[]) => laid.filter(({ shown }) => shown);
