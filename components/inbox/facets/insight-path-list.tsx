"use client";
import { useId, useState } from "react";
import { Input } from "@/components/ui/form/field";
import { InboxLink } from "@/components/views/navigation";
import type { ContactFilter } from "@/lib/filter/filter";
import { describeInsightCondition, describeJson, parseInsightCondition } from "@/lib/filter/insight/condition";
import { withInsightCondition } from "@/lib/filter/insight/with-condition";
import { contactsHref } from "@/lib/filter/url";
import type { InsightPaths as Paths } from "@/lib/list/insight-paths";
import { soughtIn } from "@/lib/text/fold";
import { InsightPathItem, shareOf } from "./insight-path-item";
import { facetWords } from "./words";

/** How many paths are shown at once; the others are found by searching. */
const shownAtOnce = 50;

type PathListProps = { filter: ContactFilter; browsed: Paths; onChosen: () => void };

/** The paths that occur, to search and to filter by. */
export function PathList({ filter, browsed, onChosen }: PathListProps) {
  const [search, setSearch] = useState("");
  const id = useId();
  const { within } = soughtIn(search);
  const found = browsed.paths.filter(
    ({ path, values }) => within(path) || values.some(({ json }) => within(describeJson(json))),
  );
  const typed = parseInsightCondition(search.trim());
  return (
    <div className="flex flex-col gap-3">
      <Input
        type="search"
        aria-label={facetWords.search}
        aria-describedby={id}
        placeholder={facetWords.searchHint}
        autoComplete="off"
        spellCheck={false}
        maxLength={2_000}
        dir="auto"
        value={search}
        onChange={(event) => setSearch(event.target.value)}
      />
      <p id={id} role="status" className="text-ink-3">
        {describeFound(found.length, browsed)}
      </p>
      {typed ? (
        <InboxLink
          href={contactsHref(withInsightCondition(filter, typed))}
          onClick={onChosen}
          className="font-medium break-words text-accent-ink underline"
        >
          {facetWords.filterBy} <bdi>{describeInsightCondition(typed)}</bdi>
        </InboxLink>
      ) : null}
      <ul aria-label={facetWords.insights} className="flex flex-col">
        {found.slice(0, shownAtOnce).map((path) => (
          <InsightPathItem
            key={path.path}
            path={path}
            share={shareOf(path.contacts, browsed.sampled)}
            filter={filter}
            open={found.length === 1}
            onChosen={onChosen}
          />
        ))}
      </ul>
    </div>
  );
}

function describeFound(found: number, { sampled, whole }: Paths): string {
  return found === 0 ? facetWords.noneFound(sampled, whole) : facetWords.found(found, shownAtOnce, sampled, whole);
}
