import "server-only";
import type { Count } from "@/lib/desk/count";
import type { ContactFilter } from "@/lib/filter/filter";
import { parseFilter } from "@/lib/filter/url";
import type { Viewer } from "@/lib/filter/viewer";
import { createAnswerMemo } from "@/lib/runtime/memo";
import { workFor } from "@/lib/runtime/requester";
import type { View } from "./view";

/** How contacts are counted: the list's own way, so that its numbers are these. */
type CountContacts = (filter: ContactFilter, viewer: Viewer) => Promise<Count>;

/** Milliseconds after which no further view is counted: what is beyond has no number this time. */
const patience = 3_000;

/** Every page that is loaded whole shows them all. */
const memo = createAnswerMemo<Count>({ milliseconds: 15_000, most: 1_000 });

/**
 * How many contacts each view has, by the view's id, as of the last seconds. One after another, so that they never take more
 * than one connection from the rows of others. A view that cannot be counted in time is left out.
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

/** Views with the same filter share a count, whoever looks, unless it depends on them. */
function countOnce(printed: string, viewer: Viewer, countContacts: CountContacts): Promise<Count> {
  const { filter } = parseFilter(new URLSearchParams(printed));
  const asksWho = Object.values(filter.fields.assignee ?? {}).some((values) => values.includes("me"));
  const key = JSON.stringify([printed, viewer.timeZone, asksWho ? viewer.staffId : null]);
  const count = () => countContacts(filter, viewer);
  // What others will be shown, too, does not fail because one person is busy.
  return memo.answer(key, asksWho ? count : () => workFor(null, count));
}
