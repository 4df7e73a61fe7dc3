import "server-only";
import type { Count } from "@/lib/desk/count";
import { resolveDays } from "@/lib/filter/days";
import type { ContactFilter } from "@/lib/filter/filter";
import { parseFilter, printFilter } from "@/lib/filter/url";
import type { Viewer } from "@/lib/filter/viewer";
import { createAnswerMemo } from "@/lib/runtime/memo";
import { workFor } from "@/lib/runtime/requester";
import type { View } from "./view";

/** How contacts are counted. It is the list's own function, so that the numbers are those of the list. */
type CountContacts = (filter: ContactFilter, viewer: Viewer) => Promise<Count>;

/** Milliseconds after which no further view is counted: the rest have no number this time. */
const patience = 3_000;

/** Keeps counts for 15 seconds, because every page that is loaded in full shows all of them. */
const memo = createAnswerMemo<Count>({ milliseconds: 15_000, most: 1_000 });

/**
 * How many contacts each view has, by the view's id; a count may be 15 seconds old. Views are counted one after
 * another, so that they take only one connection from other people's lists. A view that fails, or cannot be counted in
 * time, is left out.
 */
export async function countViews(
  views: readonly View[],
  viewer: Viewer,
  countContacts: CountContacts,
): Promise<Record<string, Count>> {
  const started = Date.now();
  const counts: Record<string, Count> = {};
  for (const { id, filter } of views) {
    if (Date.now() - started > patience) break;
    const count = await countOnce(filter, viewer, countContacts).catch(() => null);
    if (count) counts[id] = count;
  }
  return counts;
}

/** People share the count of views with the same filter, unless it depends on who looks. */
function countOnce(printed: string, viewer: Viewer, countContacts: CountContacts): Promise<Count> {
  const { filter } = parseFilter(new URLSearchParams(printed));
  const asked = String(printFilter(resolveDays(filter, viewer)));
  const asksWho = Object.values(filter.fields.assignee ?? {}).some((values) => values.includes("me"));
  const key = JSON.stringify([asked, viewer.timeZone, asksWho ? viewer.staffId : null]);
  const count = () => countContacts(filter, viewer);
  // A count that others are shown too must not fail because one person is busy.
  return memo.answer(key, asksWho ? count : () => workFor(null, count));
}
