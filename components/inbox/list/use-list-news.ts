"use client";
import { useDesk } from "@/components/desk/desk";
import { inboxWords } from "@/components/inbox/words";
import { forgetArrivals, useNews } from "@/components/live/news";
import { useNavigation } from "@/components/views/navigation";
import { formatCount } from "@/lib/desk/wording";
import type { LiveChange } from "@/lib/live/news";
import type { InboxProps } from "../inbox-props";
import type { useListing } from "./use-listing";

type Given = Pick<InboxProps, "page" | "next" | "previous"> & {
  listing: ReturnType<typeof useListing>;
};

/** What others have done to the list since it was shown, and a function to show it. */
export type ListNews = { arrived: number; changed: number; many: boolean; show: () => void };

/** Counts what the stream tells of the list. The person's own changes, here or in another tab, are not news. */
export function useListNews({ listing, page, next, previous }: Given): ListNews {
  const { me } = useDesk();
  const { refresh } = useNavigation();
  const told = useNews((news) => news);
  const { rows, arrived, taking, takeOver } = listing;

  const byOthers = (id: string) => (told.changes.get(id) ?? []).filter(({ actorId }) => actorId !== me);
  const shown = new Set(rows.map(({ id }) => id));
  const come = new Set(arrived);
  // New contacts are counted on the first page only, because a reload of a later page would not show them.
  if (!page.after && !page.before) for (const id of told.arrived) come.add(id);
  // If the list is a single page, a matching contact that it lacks has entered it. Otherwise it may be on another page.
  if (!next && !previous) for (const id of told.matching) if (byOthers(id).length > 0) come.add(id);
  const changed = rows.filter(({ id, version }) => byOthers(id).some((change) => isNewer(change, version)));
  return {
    arrived: taking ? 0 : [...come].filter((id) => !shown.has(id)).length,
    changed: taking ? 0 : changed.length,
    many: !taking && told.many.some((who) => who !== me),
    show() {
      takeOver();
      forgetArrivals();
      refresh();
    },
  };
}

function isNewer({ version }: LiveChange, shown: number): boolean {
  return version === null || version > shown;
}

/** The news in words: "5 new, 2 changed"; empty where there are none. */
export function describeListNews({ arrived, changed, many }: ListNews): string {
  const count = (number: number, what: string) => (number > 0 ? [`${formatCount(number)} ${what}`] : []);
  if (many) return inboxWords.manyChanges;
  return [...count(arrived, "new"), ...count(changed, "changed")].join(", ");
}
