import { openStatuses } from "@/lib/contact/status";
import type { ContactFilter } from "@/lib/filter/filter";
import { contactsHref, parseFilter, printFilter } from "@/lib/filter/url";

/** A filter with its order under a name. */
export type View = {
  /** A UUID, or one of the ready-made views' words. */
  id: string;
  name: string;
  /** ready: made with the desk, for everybody; own: the viewer's, for nobody else; shared: somebody's, for everybody. */
  kind: "ready" | "own" | "shared";
  /** The filter as it is printed to the URL, its order included; only what is understood of it. */
  filter: string;
  /** The filter as it is kept, by which a save knows that nobody has saved meanwhile. */
  stored: string;
  /** Who shares it, where that is not the viewer. */
  owner: string | null;
  /** Whether the viewer may save, rename, share, move and delete it. */
  editable: boolean;
  /** What of the stored filter is not understood any more, and so left out. */
  problem: string | null;
};

/** A number of contacts; where it is not exact there are more than that. */
export type ViewCount = { count: number; exact: boolean };

/** Views of one's own, and views that are shared: more nobody finds their way in. */
export const mostViews = { own: 50, shared: 100 } as const;

/** Characters of a view's printed filter. */
export const longestFilter = 4_000;

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
  // Where nothing was analysed there is nothing malformed: a contact without documents has no insights.
  { id: "malformed", name: "Malformed insights", filter: () => "insights=missing&document.status=completed" },
];

/** The views every desk has. @param today in the desk's zone, YYYY-MM-DD */
export function listReadyMade(today: string): View[] {
  return readyMade.map(({ id, name, filter }) => ({
    ...{ id, name, kind: "ready", owner: null, editable: false },
    ...readStored(filter(today)),
  }));
}

/**
 * A printed filter in the one form it is kept in; null for one that is not understood wholly: dropping would widen it. Null also
 * where it is longer in that form than can be kept, which no address of ours is: there it has that form already.
 */
export function toStored(printed: string): string | null {
  const { filter, problems } = parseFilter(new URLSearchParams(printed));
  const stored = String(printFilter(filter));
  return problems.length > 0 || stored.length > longestFilter ? null : stored;
}

/** A stored filter as the desk understands it now, and what it had to leave out. */
export function readStored(stored: string): Pick<View, "filter" | "stored" | "problem"> {
  const { filter, problems } = parseFilter(new URLSearchParams(stored));
  const lost = problems.map(({ key, value }) => `${key}=${value}`).join(", ");
  return { filter: String(printFilter(filter)), stored, problem: lost || null };
}

/** The inbox under a view. The filter stands beside the view's name, so that the link means the same to everybody for ever. */
export function viewHref({ id, filter }: Pick<View, "id" | "filter">): string {
  return contactsHref(parseFilter(new URLSearchParams(filter)).filter, { view: id });
}

/** Where an inbox begins: under the view that is its default, which the address then says, or with every contact. */
export function inboxHref(defaultView: Pick<View, "id" | "filter"> | null): string {
  return defaultView ? viewHref(defaultView) : "/contacts";
}

/** Whether a filter that started from a view has become another one, be it only in its order. */
export function isEdited(view: Pick<View, "filter">, filter: ContactFilter): boolean {
  return String(printFilter(filter)) !== view.filter;
}
