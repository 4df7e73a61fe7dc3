"use client";
import { Search, X } from "lucide-react";
import { type RefObject, useId, useState } from "react";
import { queryWords } from "@/components/inbox/words";
import { KeyHint } from "@/components/keys/key-hint";
import { PaletteButton } from "@/components/keys/palette-button";
import { InboxLink } from "@/components/views/navigation";
import { ViewMenu } from "@/components/views/view-menu";
import { type ContactFilter, emptyFilter, hasConditions } from "@/lib/filter/filter";
import type { QueryProblem } from "@/lib/filter/query/text";
import { contactsHref } from "@/lib/filter/url";
import { type LaidColumn, printShown } from "@/lib/list/columns";
import type { InboxProps } from "../inbox-props";
import { QueryBox } from "./query-box";
import { useOffered } from "./use-offered";
import { useQuery } from "./use-query";

type FilterBarProps = {
  filter: ContactFilter;
  /** The list's columns, which are saved in a view together with the filter. */
  columns: LaidColumn[];
  facets: InboxProps["facets"];
  searchRef: RefObject<HTMLInputElement | null>;
};

/** The filter as removable chips, and a line to type words and more filters. */
export function FilterBar({ filter, columns, facets, searchRef }: FilterBarProps) {
  const query = useQuery(filter, searchRef);
  const offered = useOffered(facets, query.draft);
  const [caret, setCaret] = useState<number | null>(null);
  const problemsId = useId();
  // A term that is still being typed is not reported as wrong.
  const problems = query.refused
    ? query.problems
    : query.problems.filter(({ start, end }) => caret === null || caret < start || caret > end);
  return (
    <search className="relative border-b border-line px-4 py-2.5 max-md:px-3">
      <div className="flex items-start gap-2">
        <div className="relative flex min-h-[34px] min-w-0 flex-1 flex-wrap items-center gap-1.5 rounded-lg border border-line bg-panel px-2 py-1 focus-within:border-accent has-[[aria-invalid=true]]:border-fail">
          <Search size={15} strokeWidth={1.8} aria-hidden="true" className="shrink-0 text-ink-3" />
          {query.chips.map(({ key, label, text, without }) => (
            <InboxLink
              key={key}
              href={contactsHref(without)}
              aria-label={queryWords.removeFilter(label, text)}
              className="flex min-h-[22px] max-w-full items-center gap-1 rounded-[5px] bg-accent-soft px-1.5 text-[12.5px] font-medium text-accent-ink hover:opacity-80"
            >
              <span dir="auto" className="truncate">
                <b className="font-semibold">{label}</b> {text}
              </span>
              <X size={12} aria-hidden="true" className="shrink-0 opacity-70" />
            </InboxLink>
          ))}
          <QueryBox
            boxRef={searchRef}
            query={query}
            offered={offered}
            problems={problems}
            describedBy={problemsId}
            onCaret={setCaret}
          />
          {hasConditions(filter) ? (
            <InboxLink
              href={contactsHref({ ...emptyFilter, sort: filter.sort })}
              onClick={query.clear}
              className="px-1 font-medium text-ink-3 hover:text-ink"
            >
              {queryWords.clearAll}
            </InboxLink>
          ) : (
            <KeyHint command="search" />
          )}
        </div>
        <ViewMenu filter={filter} columns={printShown(columns)} />
        <PaletteButton />
      </div>
      <Wrong id={problemsId} problems={problems} text={query.draft} onFix={query.put} />
    </search>
  );
}

type WrongProps = {
  id: string;
  problems: QueryProblem[];
  text: string;
  onFix: (start: number, end: number, text: string) => void;
};

/** The problems in the typed text, with suggested corrections. */
function Wrong({ id, problems, text, onFix }: WrongProps) {
  return (
    <div id={id} role="status" className={problems.length > 0 ? "mt-1.5 px-2 text-fail" : "sr-only"}>
      {problems.map(({ start, end, message, fix }) => (
        <p key={`${start} ${end} ${message}`} className="break-words">
          <bdi className="font-semibold">{text.slice(start, end).slice(0, 60)}</bdi> {message}
          {fix === undefined ? null : (
            <button
              type="button"
              onClick={() => onFix(start, end, fix)}
              className="ml-2 font-medium text-accent-ink hover:underline"
            >
              {queryWords.use(fix)}
            </button>
          )}
        </p>
      ))}
    </div>
  );
}
