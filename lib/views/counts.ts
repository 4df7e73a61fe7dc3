import "server-only";
import { describeDatabaseError } from "@/lib/database/errors";
import type { Count } from "@/lib/desk/count";
import { resolveDays } from "@/lib/filter/days";
import type { ContactFilter } from "@/lib/filter/filter";
import { parseFilter, printFilter } from "@/lib/filter/url";
import type { Viewer } from "@/lib/filter/viewer";
import { receivedDays, withinLastDays } from "@/lib/list/received";
import { type AnswerMemo, createAnswerMemo } from "@/lib/runtime/memo";
import { workFor } from "@/lib/runtime/requester";
import type { View } from "./view";

/** How contacts are counted. It is the list's own function, so that the numbers are those of the list. */
type CountContacts = (filter: ContactFilter, viewer: Viewer) => Promise<Count>;

/** Counts contacts by the day they were sent; the list's own function too. */
type CountReceived = (filter: ContactFilter, viewer: Viewer) => Promise<number[]>;

/** Milliseconds after which no further view is counted: the rest have no number this time. */
const patience = 3_000;

/** Keeps counts for 15 seconds, because every page that is loaded in full shows all of them. */
const memo = createAnswerMemo<Count>({ milliseconds: 15_000, most: 1_000 });

/** Keeps sparklines for a minute: two weeks change slowly. Null for a view that is too costly. */
const receivedMemo = createAnswerMemo<number[] | null>({ milliseconds: 60_000, most: 1_000 });

/**
 * How many contacts each view has, by the view's id; a count may be 15 seconds old. Views are counted one after
 * another, so that they take only one connection from other people's lists. A view that fails, or cannot be counted in
 * time, is left out.
 */
export function countViews(
  views: readonly View[],
  viewer: Viewer,
  countContacts: CountContacts,
): Promise<Record<string, Count>> {
  return askEach(views, (filter) => answerOnce(memo, filter, viewer, () => countContacts(filter, viewer)));
}

/**
 * How many of each view's contacts were sent on each of the last 14 days, today last; it may be a minute old. A view is
 * left out if it fails, as in `countViews`, or if its filter is too costly: words and paths of the insights have no
 * index by time, and any other filter gets half a second.
 */
export function countViewDays(
  views: readonly View[],
  viewer: Viewer,
  countReceived: CountReceived,
): Promise<Record<string, number[]>> {
  return askEach(views, async (filter) => {
    if (filter.words !== "" || filter.fields.insight) return null;
    const recent = withinLastDays(filter, viewer);
    if (!recent) return Array.from({ length: receivedDays }, () => 0);
    // Too slow is an answer too: it is not tried again for every page.
    const count = () =>
      countReceived(recent, viewer).catch((error: unknown) => {
        if (describeDatabaseError(error).code === "too_slow") return null;
        throw error;
      });
    return answerOnce(receivedMemo, recent, viewer, count);
  });
}

/** An answer for each view, one after another; those that fail, or have none, are left out. */
async function askEach<T>(
  views: readonly View[],
  ask: (filter: ContactFilter) => Promise<T | null>,
): Promise<Record<string, T>> {
  const started = Date.now();
  const answers: Record<string, T> = {};
  for (const { id, filter } of views) {
    if (Date.now() - started > patience) break;
    const answer = await ask(parseFilter(new URLSearchParams(filter)).filter).catch(() => null);
    if (answer !== null) answers[id] = answer;
  }
  return answers;
}

/** People share the answer for views with the same filter, unless it depends on who looks. */
function answerOnce<T>(answers: AnswerMemo<T>, filter: ContactFilter, viewer: Viewer, ask: () => Promise<T>) {
  const asked = String(printFilter(resolveDays(filter, viewer)));
  const asksWho = Object.values(filter.fields.assignee ?? {}).some((values) => values.includes("me"));
  const key = JSON.stringify([asked, viewer.timeZone, asksWho ? viewer.staffId : null]);
  // An answer that others are shown too must not fail because one person is busy.
  return answers.answer(key, asksWho ? ask : () => workFor(null, ask));
}
