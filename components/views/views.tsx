"use client";
import { usePathname, useSearchParams } from "next/navigation";
import { createContext, type ReactNode, use, useEffect } from "react";
import { useEntries } from "@/components/keys/entries";
import { useSettled } from "@/components/ui/use-settled";
import type { Count } from "@/lib/desk/count";
import { parseFilter, readBeside } from "@/lib/filter/url";
import { inboxHref, isEdited, type View, viewHref } from "@/lib/views/view";
import { tellCount, useTold } from "./told-counts";
import { viewWords } from "./words";

type Views = {
  /** In the order of the sidebar. */
  views: View[];
  /** The view that the person's inbox opens with; null if it opens with every contact. */
  defaultId: string | null;
  /** By view; streamed in, without the views that could not be counted. */
  counts: Promise<Record<string, Count>>;
  /** The sparklines that the server has drawn, by view; streamed in after the counts. */
  sparklines: Promise<Record<string, ReactNode>>;
};

const nothing = Promise.resolve({});

const ViewsContext = createContext<Views>({ views: [], defaultId: null, counts: nothing, sparklines: nothing });

/** Provides the views to everything below. */
export function ViewsProvider({ children, ...value }: Views & { children: ReactNode }) {
  useEntries(
    viewWords.views,
    value.views.map((view) => ({ href: viewHref(view), label: view.name, words: view.kind })),
  );
  return <ViewsContext value={value}>{children}</ViewsContext>;
}

export function useViews(): Views {
  return use(ViewsContext);
}

/** The order does not change how many there are. */
function countKey(filter: string): string {
  const params = new URLSearchParams(filter);
  params.delete("sort");
  return String(params);
}

/**
 * Says how many contacts a list has found for its filter. The frame counts only when it is loaded, so without this the
 * number beside a view lags behind the list that stands beside it.
 */
export function useTellCount(filter: string, count: Count | null): void {
  const { counts } = use(ViewsContext);
  useEffect(() => {
    if (count) tellCount(counts, countKey(filter), count);
  }, [counts, filter, count]);
}

/** How many contacts a view has, by the latest count; null if it could not be counted. Suspends until it was. */
export function useViewCount(id: string): Count | null {
  const { views, counts } = use(ViewsContext);
  const told = useTold();
  const { value, stale } = useSettled(counts);
  const view = views.find((each) => each.id === id);
  const later = told.since === counts || stale ? told.counts : {};
  return (view && later[countKey(view.filter)]) ?? value[id] ?? null;
}

/** The address of the person's inbox, with their default view. */
export function useInboxHref(): string {
  const { views, defaultId } = useViews();
  return inboxHref(views.find(({ id }) => id === defaultId) ?? null);
}

export type ActiveView = {
  /** The view's id in the address. */
  id: string;
  /** Null if the person has no such view. */
  view: View | null;
  /** Whether the list differs from the saved view. */
  edited: boolean;
};

/** The view that the inbox's address names; null without one, and on other pages. */
export function useActiveView(): ActiveView | null {
  const { views } = useViews();
  const params = useSearchParams();
  const { view: id, columns } = readBeside(params);
  if (usePathname() !== "/contacts" || !id) return null;
  const view = views.find((each) => each.id === id) ?? null;
  const { filter } = parseFilter(new URLSearchParams(params));
  return { id, view, edited: view !== null && isEdited(view, filter, columns) };
}
