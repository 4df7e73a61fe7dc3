"use client";
import { useEffect, useState } from "react";
import type { Loaded } from "@/lib/desk/load";
import type { OfferedValues } from "@/lib/filter/query-completion";
import type { Facet } from "@/lib/inbox/facets";

/** The values that contacts have, from the facets once they are there; the last known ones until then. Never suspends. */
export function useOffered(facets: Promise<Loaded<Facet[]>>): OfferedValues {
  const [offered, setOffered] = useState<OfferedValues>([]);
  useEffect(() => {
    let current = true;
    const show = (loaded: Loaded<Facet[]>) => {
      if (current && loaded.ok) setOffered(loaded.value);
    };
    // What failed is said where the facets are shown.
    facets.then(show, () => undefined);
    return () => {
      current = false;
    };
  }, [facets]);
  return offered;
}
