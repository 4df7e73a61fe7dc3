import { openStatuses } from "@/lib/contact/status";
import type { ContactFilter } from "@/lib/filter/filter";
import { contactsHref, parseFilter, printFilter } from "@/lib/filter/url";
import { layColumns, parseShown, printShown } from "@/lib/list/columns";

/** What a view keeps of a list, each part as it is printed to the URL. */
export type ViewContent = {
  /** The filter with its order. */
  filter: string;
  /** The columns shown; null where the list keeps each person's own. */
  columns: string | null;
};

/** A filter with its order, and the columns that show it, under a name. */
export type View = ViewContent & {
  /** A UUID, or one of the ready-made views' words. */
  id: string;
  name: string;
  /** ready: made with the desk, for everybody; own: the viewer's, for nobody else; shared: somebody's, for everybody. */
  kind: "ready" | "own" | "shared";
  /** As it is kept, by which a save knows that nobody has saved meanwhile; the view itself has only what is understood of it. */
  stored: ViewContent;
  /** Who shares it, where that is not the viewer. */
  owner: string | null;
  /** Whether the viewer may save, rename, share, move and delete it. */
  editable: boolean;
  /** What of the stored filter is not understood any more, and so left out. */
  problem: string | null;
};

/** Views of one's own, and views that are shared: more nobody finds their way in. */
export const mostViews = { own: 50, shared: 100 } as const;

/** Characters of a view's printed filter. */
export const longestFilter = 4_000;

/** Characters of a view's printed columns. */
export const longestColumns = 1_000;

/** Characters of a view's name. */
export const longestName = 60;

/** The id of the ready-made view without any condition. */
export const everyContact = "all";

const open = openStatuses.map((status) => `status=${status}`).join("&");

const readyMade: { id: string; name: string; filter: (today: string) => string }[] = [
  { id: everyContact, name: "All contacts", filter: () => "" },
  { id: "queue", name: "Queue", filter: () => `${open}&snoozed=false&sort=timestamp` },
  // Also what was contacted or qualified and is still somebody's to follow up.
  { id: "mine", name: "Mine", filter: () => "assignee=me&-status=closed&-status=spam&snoozed=false" },
  { id: "overdue", name: "Overdue", filter: () => "overdue=true&sort=timestamp" },
  { id: "unassigned", name: "Unassigned", filter: () => `${open}&assignee=none&snoozed=false&sort=timestamp` },
  { id: "today", name: "New today", filter: (today) => `from=${today}&to=${today}` },
  { id: "snoozed", name: "Snoozed", filter: () => "snoozed=true" },
  // The pipeline takes seconds: what is on its way when somebody looks, and still there when they look again, is stuck.
  {
    id: "stuck",
    name: "Stuck documents",
    filter: () => "document.status=failed&document.status=pending&document.status=processing",
  },
  { id: "malformed", name: "Malformed insights", filter: () => "insights=malformed" },
];

/** The views every desk has. @param today in the desk's zone, YYYY-MM-DD */
export function listReadyMade(today: string): View[] {
  return readyMade.map(({ id, name, filter }) => ({
    ...{ id, name, kind: "ready", owner: null, editable: false },
    ...readStored({ filter: filter(today), columns: null }),
  }));
}

/**
 * What was printed in the one form it is kept in; null for what is not understood wholly: dropping would widen the filter. Null
 * also where it is longer in that form than can be kept, which no address of ours is: there it has that form already.
 */
export function toStored(printed: ViewContent): ViewContent | null {
  const { filter, problems } = parseFilter(new URLSearchParams(printed.filter));
  const stored = { filter: String(printFilter(filter)), columns: readColumns(printed.columns) };
  const lost = problems.length > 0 || parseShown(printed.columns).unknown.length > 0;
  return lost || stored.filter.length > longestFilter ? null : stored;
}

/** What is stored as the desk understands it now, and what of the filter it had to leave out. Columns that are gone are no loss. */
export function readStored(stored: ViewContent): Pick<View, "filter" | "columns" | "stored" | "problem"> {
  const { filter, problems } = parseFilter(new URLSearchParams(stored.filter));
  const lost = problems.map(({ key, value }) => `${key}=${value}`).join(", ");
  return { filter: String(printFilter(filter)), columns: readColumns(stored.columns), stored, problem: lost || null };
}

/** Printed columns in their one form; null for the viewer's own. */
function readColumns(printed: string | null): string | null {
  const { shown } = parseShown(printed);
  return shown && printShown(layColumns(null, shown));
}

/** The inbox under a view. Filter and columns stand beside the view's name, so that the link means the same to everybody for ever. */
export function viewHref({ id, filter, columns }: Pick<View, "id" | keyof ViewContent>): string {
  return contactsHref(parseFilter(new URLSearchParams(filter)).filter, { view: id, columns });
}

/** Where an inbox begins: under the view that is its default, which the address then says, or with every contact. */
export function inboxHref(defaultView: Pick<View, "id" | keyof ViewContent> | null): string {
  return defaultView ? viewHref(defaultView) : "/contacts";
}

/**
 * Whether a list that started from a view has become another one, be it only in its order or its columns.
 * @param columns as the list's address has them; null for the viewer's own
 */
export function isEdited(view: ViewContent, filter: ContactFilter, columns: string | null): boolean {
  return String(printFilter(filter)) !== view.filter || readColumns(columns) !== view.columns;
}
