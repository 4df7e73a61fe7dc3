"use client";
import Link from "next/link";
import { Suspense } from "react";
import { useSettled } from "@/components/ui/use-settled";
import { printCount } from "@/lib/desk/count";
import { everyContact, type View, viewHref } from "@/lib/views/view";
import { useActiveView, useViewCount, useViews } from "./views";
import { viewWords } from "./words";

/** Every view as a link with its number of contacts: the built-in ones and one's own, then the shared ones. */
export function ViewList({ onChoose }: { onChoose?: () => void }) {
  const { views, defaultId } = useViews();
  // If the inbox opens with every contact, the inbox link already is that view.
  const listed = views.filter(({ id }) => id !== everyContact || defaultId !== null);
  const lists = [
    { title: viewWords.views, views: listed.filter(({ kind }) => kind !== "shared") },
    { title: viewWords.shared, views: listed.filter(({ kind }) => kind === "shared") },
  ];
  return (
    <nav aria-label={viewWords.views}>
      {lists
        .filter((list) => list.views.length > 0)
        .map((list) => (
          <section key={list.title} aria-label={list.title} className="view-group">
            <h2>{list.title}</h2>
            <ul>
              {list.views.map((view) => (
                <ViewLine key={view.id} view={view} onChoose={onChoose} />
              ))}
            </ul>
          </section>
        ))}
    </nav>
  );
}

function ViewLine({ view, onChoose }: { view: View; onChoose?: () => void }) {
  const active = useActiveView();
  const current = active?.id === view.id;
  return (
    <li>
      <Link
        href={viewHref(view)}
        prefetch={false}
        scroll={false}
        onNavigate={onChoose}
        aria-current={current ? "page" : undefined}
        title={view.owner ? viewWords.sharedBy(view.name, view.owner) : view.name}
        className="view-link"
      >
        <bdi className="truncate">{view.name}</bdi>
        {current && active.edited ? <span className="view-edited">{viewWords.edited}</span> : null}
        <Suspense>
          <ViewSparkline id={view.id} />
        </Suspense>
        <span className="view-count">
          <Suspense>
            <ViewCount id={view.id} />
          </Suspense>
        </span>
      </Link>
    </li>
  );
}

function ViewSparkline({ id }: { id: string }) {
  return useSettled(useViews().sparklines).value[id];
}

/** A view's number of contacts. If counting fails, its place stays empty, because the link works without it. */
export function ViewCount({ id }: { id: string }) {
  const count = useViewCount(id);
  return count ? printCount(count) : null;
}
