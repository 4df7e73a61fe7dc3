"use client";
import { Search, X } from "lucide-react";
import { type RefObject, useEffect, useRef, useState } from "react";
import { Kbd } from "@/components/ui/kbd";
import { describeFilter } from "@/lib/filter/chips";
import { type ContactFilter, emptyFilter, hasConditions, withWords } from "@/lib/filter/filter";
import { contactsHref } from "@/lib/filter/url";
import { InboxLink, useNavigation } from "./navigation";

/** Milliseconds without a key press after which what was typed is searched for. */
const pause = 300;

type FilterBarProps = { filter: ContactFilter; searchRef: RefObject<HTMLInputElement | null> };

/** The filter as chips to take away, and the words to search for. */
export function FilterBar({ filter, searchRef }: FilterBarProps) {
  const chips = describeFilter(filter).filter(({ key }) => key !== "q");
  const words = useWords(filter);
  return (
    <search className="flex items-start gap-2.5 border-b border-line px-4 py-2.5 max-md:px-3">
      <div className="flex min-h-[34px] min-w-0 flex-1 flex-wrap items-center gap-1.5 rounded-lg border border-line bg-panel px-2 py-1 focus-within:border-accent">
        <Search size={15} strokeWidth={1.8} aria-hidden="true" className="shrink-0 text-ink-3" />
        {chips.map(({ key, label, text, without }) => (
          <InboxLink
            key={key}
            href={contactsHref(without)}
            aria-label={`Remove filter ${label}: ${text}`}
            className="flex min-h-[22px] max-w-full items-center gap-1 rounded-[5px] bg-accent-soft px-1.5 text-[12.5px] font-medium text-accent-ink hover:opacity-80"
          >
            <span dir="auto" className="truncate">
              <b className="font-semibold">{label}</b> {text}
            </span>
            <X size={12} aria-hidden="true" className="shrink-0 opacity-70" />
          </InboxLink>
        ))}
        <input
          ref={searchRef}
          type="search"
          aria-label="Search words"
          placeholder="Search words…"
          autoComplete="off"
          spellCheck={false}
          maxLength={200}
          dir="auto"
          value={words.draft}
          onChange={(event) => words.type(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === "Enter") words.commit();
            if (event.key === "Escape") event.currentTarget.blur();
          }}
          className="h-6 min-w-28 flex-1 bg-transparent outline-none placeholder:text-ink-3 [&::-webkit-search-cancel-button]:appearance-none"
        />
        {hasConditions(filter) ? (
          <InboxLink
            href={contactsHref({ ...emptyFilter, sort: filter.sort })}
            className="px-1 font-medium text-ink-3 hover:text-ink"
          >
            Clear all
          </InboxLink>
        ) : (
          <span className="max-md:hidden">
            <Kbd>/</Kbd>
          </span>
        )}
      </div>
    </search>
  );
}

/**
 * The words as they are typed. Typing replaces the address after a pause, Enter does at once; a search that has been
 * committed, by Enter or by going anywhere else, stays in the history.
 */
function useWords(filter: ContactFilter) {
  const { go } = useNavigation();
  const [draft, setDraft] = useState(filter.words);
  const [shown, setShown] = useState(filter.words);
  const typing = useRef(false);
  const sent = useRef<string | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const latest = useRef(filter);
  useEffect(() => {
    latest.current = filter;
  }, [filter]);
  useEffect(() => () => clearTimeout(timer.current), []);

  if (shown !== filter.words) {
    setShown(filter.words);
    // The answer to an earlier pause must not overwrite what has been typed since.
    if (filter.words !== sent.current) setDraft(filter.words);
  }
  useEffect(() => {
    if (filter.words !== sent.current) typing.current = false;
  }, [filter.words]);

  const search = (words: string) => {
    // The filter as it is now: a facet may have been chosen during the pause.
    const next = withWords(latest.current, words);
    if (next.words === latest.current.words) return;
    sent.current = next.words;
    go(contactsHref(next), { replace: typing.current });
    typing.current = true;
  };
  return {
    draft,
    type(words: string) {
      setDraft(words);
      clearTimeout(timer.current);
      timer.current = setTimeout(() => search(words), pause);
    },
    commit() {
      clearTimeout(timer.current);
      search(draft);
      typing.current = false;
    },
  };
}
