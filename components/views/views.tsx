"use client";
import { usePathname, useSearchParams } from "next/navigation";
import { createContext, type ReactNode, use } from "react";
import { useEntries } from "@/components/keys/entries";
import type { Count } from "@/lib/desk/count";
import { parseFilter, readBeside } from "@/lib/filter/url";
import { inboxHref, isEdited, type View, viewHref } from "@/lib/views/view";
import { viewWords } from "./words";

type Views = {
  /** In the order of the sidebar. */
  views: View[];
  /** The view that the person's inbox opens with. */
  defaultId: string | null;
  /** By view; streamed in, without the views that could not be counted. */
  counts: Promise<Record<string, Count>>;
};

const ViewsContext = createContext<Views>({ views: [], defaultId: null, counts: Promise.resolve({}) });

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
