"use client";
import { useEffect, useState } from "react";
import type { Loaded } from "@/lib/desk/load";
import type { Offered, OfferedValues } from "@/lib/filter/query/completion";
import type { KnownPath } from "@/lib/filter/query/known";
import { browseInsightPaths } from "@/lib/list/actions";
import type { Facet } from "@/lib/list/facets";

/**
 * The query bar's suggestions: values from the facets, days, and insight paths. Until new facets arrive, the last known
 * values are offered. The paths are loaded once the query begins to name one. Never suspends.
 */
export function useOffered(facets: Promise<Loaded<Facet[]>>, query: string): Offered {
  const values = useValues(facets);
  const paths = usePaths(/(^|\s)-?insight:/i.test(query));
  return { facets: values, paths };
}

function useValues(facets: Promise<Loaded<Facet[]>>): OfferedValues {
  const [values, setValues] = useState<OfferedValues>([]);
  useEffect(() => {
    let current = true;
    const show = (loaded: Loaded<Facet[]>) => {
      if (current && loaded.ok) setValues(loaded.value);
    };
    // A failure is shown at the facets.
    facets.then(show, () => undefined);
    return () => {
      current = false;
    };
  }, [facets]);
  return values;
}

function usePaths(wanted: boolean): KnownPath[] {
  const [paths, setPaths] = useState<KnownPath[]>([]);
  useEffect(() => {
    if (!wanted) return;
    let current = true;
    // If this fails there are no suggestions, but a condition can still be typed.
    browseInsightPaths().then(
      (loaded) => current && loaded.ok && setPaths(loaded.value.paths),
      () => undefined,
    );
    return () => {
      current = false;
    };
  }, [wanted]);
  return paths;
}
