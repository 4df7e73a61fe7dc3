import { openStatuses } from "@/lib/contact/status";
import type { ContactFilter } from "@/lib/filter/filter";
import { contactsHref, parseFilter, printFilter } from "@/lib/filter/url";
import { layColumns, parseShown, printShown } from "@/lib/list/columns";

/** What a view keeps of a list, each part as it is printed to the URL. */
export type ViewContent = {
  /** The filter with its order. */
  filter: string;
  /** The columns shown; null if the list keeps each person's own. */
  columns: string | null;
};

/** A filter with its order, and the columns that show it, under a name. */
export type View = ViewContent & {
  /** A UUID, or the word of a ready-made view. */
  id: string;
  name: string;
  /**
   * ready: made with the desk, for everybody; own: the viewer's, for nobody else; shared: somebody's, for everybody.
   */
  kind: "ready" | "own" | "shared";
  /**
   * As it is stored. With it, a save knows that nobody has saved meanwhile. The view itself has only what is understood
   * of it.
   */
  stored: ViewContent;
  /** Who shares it, if that is not the viewer. */
  owner: string | null;
  /** Whether the viewer may save, rename, share, move and delete it. */
  editable: boolean;
  /** The parts of the stored filter that are not understood any more, and so are left out; null if there are none. */
  problem: string | null;
};

/** The most views of one's own, and the most shared ones. Nobody finds their way in more. */
export const mostViews = { own: 50, shared: 100 } as const;

/** Characters of a view's printed filter. */
export const longestFilter = 4_000;

/** Characters of a view's printed columns. */
export const longestColumns = 1_000;

/** Characters of a view's name. */
export const longestName = 60;

/** The id of the ready-made view without any condition. */
export const everyContact = "all";

/** The id of the ready-made view that the inbox opens with until a person chooses another. */
export const queueView = "queue";

const open = openStatuses.map((status) => `status=${status}`).join("&");

const readyMade: { id: string; name: string; filter: string }[] = [
  { id: everyContact, name: "All contacts", filter: "" },
  { id: queueView, name: "Queue", filter: `${open}&snoozed=false&sort=timestamp` },
  // Contacted and qualified ones too, because somebody still has to follow them up.
  { id: "mine", name: "Mine", filter: "assignee=me&-status=closed&-status=spam&snoozed=false" },
  { id: "overdue", name: "Overdue", filter: "overdue=true&sort=timestamp" },
  { id: "due", name: "Due today", filter: "due=today&sort=timestamp" },
  { id: "unassigned", name: "Unassigned", filter: `${open}&assignee=none&snoozed=false&sort=timestamp` },
  { id: "today", name: "New today", filter: "from=today&to=today" },
  { id: "snoozed", name: "Snoozed", filter: "snoozed=true" },
  // What somebody wrote again about was changed last.
  { id: "back", name: "Back from snooze", filter: "back=true&-status=closed&-status=spam&sort=-updated" },
  // Includes documents under way: the pipeline takes seconds, so one that is still there at a second look is stuck.
  {
    id: "stuck",
    name: "Stuck documents",
    filter: "document.status=failed&document.status=pending&document.status=processing",
  },
  { id: "malformed", name: "Malformed insights", filter: "insights=malformed" },
];

/** The views every desk has. */
export function listReadyMade(): View[] {
  return readyMade.map(({ id, name, filter }) => ({
    ...{ id, name, kind: "ready", owner: null, editable: false },
    ...readStored({ filter, columns: null }),
  }));
}

/**
 * The printed content in the one form that is stored. Null if any part is not understood, because dropping it would
 * widen the filter. Null too if that form is too long to store. An address of ours has that form already, so it is
 * never that long.
 */
export function toStored(printed: ViewContent): ViewContent | null {
  const { filter, problems } = parseFilter(new URLSearchParams(printed.filter));
  const stored = { filter: String(printFilter(filter)), columns: readColumns(printed.columns) };
  const lost = problems.length > 0 || parseShown(printed.columns).unknown.length > 0;
  return lost || stored.filter.length > longestFilter ? null : stored;
}

/**
 * The stored content as the desk understands it now, and the parts of the filter that it had to leave out. Columns that
 * are gone are not named.
 */
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

/**
 * The inbox's address under a view. It has the filter and the columns besides the view's id, so that the link always
 * means the same to everybody.
 */
export function viewHref({ id, filter, columns }: Pick<View, "id" | keyof ViewContent>): string {
  return contactsHref(parseFilter(new URLSearchParams(filter)).filter, { view: id, columns });
}

/**
 * The address at which an inbox begins: under the default view, which the address then names, or with every contact.
 */
export function inboxHref(defaultView: Pick<View, "id" | keyof ViewContent> | null): string {
  return defaultView ? viewHref(defaultView) : "/contacts";
}

/**
 * Whether a list that started from a view now differs from it, even if only in its order or its columns.
 * @param columns as the list's address has them; null for the viewer's own
 */
export function isEdited(view: ViewContent, filter: ContactFilter, columns: string | null): boolean {
  return String(printFilter(filter)) !== view.filter || readColumns(columns) !== view.columns;
}
