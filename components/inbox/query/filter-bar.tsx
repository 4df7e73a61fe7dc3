"use client";
import { lazy, type RefObject } from "react";
import { PaletteButton } from "@/components/keys/palette-button";
import { Late } from "@/components/ui/late";
import { loadedSoon } from "@/components/ui/loaded-later";
import { ViewMenu } from "@/components/views/view-menu";
import type { ContactFilter } from "@/lib/filter/filter";
import { type LaidColumn, printShown } from "@/lib/list/columns";
import type { InboxProps } from "../inbox-props";

const QueryBar = lazy(loadedSoon(() => import("./query-bar").then((loaded) => ({ default: loaded.QueryBar }))));

type FilterBarProps = {
  filter: ContactFilter;
  /** The list's columns, which are saved in a view together with the filter. */
  columns: LaidColumn[];
  facets: InboxProps["facets"];
  /** The bar; its input is where words and filters are typed. */
  barRef: RefObject<HTMLElement | null>;
};

/** The filter: a line to read and type it, and the views that it can be saved as. */
export function FilterBar({ filter, columns, facets, barRef }: FilterBarProps) {
  return (
    <search
      ref={barRef}
      className="relative flex flex-wrap items-start gap-x-2 border-b border-line px-4 py-2.5 max-md:px-3"
    >
      <Late>
        <QueryBar filter={filter} facets={facets} />
      </Late>
      <ViewMenu filter={filter} columns={printShown(columns)} />
      <PaletteButton />
    </search>
  );
}
