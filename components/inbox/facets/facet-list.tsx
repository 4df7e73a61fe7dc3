"use client";
import { type FocusEvent, lazy, Suspense } from "react";
import { inboxWords } from "@/components/inbox/words";
import { loadedSoon } from "@/components/ui/loaded-later";
import { Skeleton } from "@/components/ui/skeleton";
import type { FacetsProps } from "./loaded-facets";

const LoadedFacets = lazy(
  loadedSoon(() => import("./loaded-facets").then((loaded) => ({ default: loaded.LoadedFacets }))),
);

/** The facets, with how many contacts each value leaves; they and their code come after the rows. */
export function FacetList(props: FacetsProps) {
  return (
    <nav aria-label={inboxWords.filters} onFocus={awaitArrows} className="flex flex-col gap-3.5 tabular-nums">
      <Suspense fallback={<FacetSkeleton />}>
        <LoadedFacets {...props} />
      </Suspense>
    </nav>
  );
}

/** The arrow keys of the facets are loaded when the focus first comes to them. A failure is tried again at the next. */
function awaitArrows({ currentTarget }: FocusEvent<HTMLElement>): void {
  import("./arrows").then(
    ({ obeyArrows }) => obeyArrows(currentTarget),
    () => undefined,
  );
}

function FacetSkeleton() {
  return (
    <>
      {["status", "days", "service", "documents"].map((section) => (
        <div key={section} className="flex flex-col gap-2.5">
          <Skeleton className="h-3 w-20" />
          <Skeleton className="h-3 w-36" />
          <Skeleton className="h-3 w-32" />
          <Skeleton className="h-3 w-34" />
        </div>
      ))}
    </>
  );
}
