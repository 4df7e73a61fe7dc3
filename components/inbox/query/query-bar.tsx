"use client";
import { Search, X } from "lucide-react";
import { useId, useRef, useState } from "react";
import { KeyHint } from "@/components/keys/key-hint";
import { useAwake } from "@/components/ui/late";
import { InboxLink } from "@/components/views/navigation";
import { type ContactFilter, emptyFilter, hasConditions } from "@/lib/filter/filter";
import type { QueryProblem } from "@/lib/filter/query/text";
import { contactsHref } from "@/lib/filter/url";
import type { InboxProps } from "../inbox-props";
import { QueryBox } from "./query-box";
import { useOffered } from "./use-offered";
import { useQuery } from "./use-query";
import { queryWords } from "./words";

type QueryBarProps = { filter: ContactFilter; facets: InboxProps["facets"] };

/** The filter as removable chips, and a line to type words and more filters. */
export function QueryBar({ filter, facets }: QueryBarProps) {
  const box = useRef<HTMLInputElement>(null);
  const query = useQuery(filter, box);
  const offered = useOffered(facets, query.draft);
  const [caret, setCaret] = useState<number | null>(null);
  const problemsId = useId();
  // A term that is still being typed is not reported as wrong.
  const problems = query.refused
    ? query.problems
    : query.problems.filter(({ start, end }) => caret === null || caret < start || caret > end);
  return (
    <>
      <div
        {...useAwake<HTMLDivElement>()}
        className="relative flex min-h-[34px] min-w-0 flex-1 flex-wrap items-center gap-1.5 rounded-lg border border-line bg-panel px-2 py-1 focus-within:border-accent has-[[aria-invalid=true]]:border-fail"
      >
        <Search size={15} strokeWidth={1.8} aria-hidden="true" className="shrink-0 text-ink-3" />
        {query.chips.map(({ key, label, text, without }) => (
          <InboxLink
            key={key}
            href={contactsHref(without)}
            aria-label={queryWords.removeFilter(label, text)}
            className="flex min-h-[22px] max-w-[calc(100%-21px)] items-center gap-1 rounded-[5px] bg-accent-soft px-1.5 text-[12.5px] font-medium text-accent-ink hover:opacity-80"
          >
            <span dir="auto" className="truncate">
              <b className="font-semibold">{label}</b> {text}
            </span>
            <X size={12} aria-hidden="true" className="shrink-0 opacity-70" />
          </InboxLink>
        ))}
        <QueryBox
          boxRef={box}
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
      <Wrong id={problemsId} problems={problems} text={query.draft} onFix={query.put} />
    </>
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
    <div
      id={id}
      role="status"
      className={problems.length > 0 ? "order-last mt-1.5 basis-full px-2 text-fail" : "sr-only"}
    >
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
