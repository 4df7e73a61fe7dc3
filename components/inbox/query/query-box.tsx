"use client";
import { type KeyboardEvent, type RefObject, useId, useState } from "react";
import { useTypedEarly } from "@/components/ui/form/use-typed-early";
import { pressedKey } from "@/components/ui/pressed-key";
import { fetchedLater, useFetched } from "@/components/ui/use-fetched";
import type { Offered } from "@/lib/filter/query/completion";
import type { QueryProblem } from "@/lib/filter/query/text";
import { QueryOptions } from "./query-options";
import type { useQuery } from "./use-query";
import { queryWords } from "./words";

/** The code of suggestions, which no page needs before somebody types. */
const later = fetchedLater(() => import("@/lib/filter/query/completion"));

type QueryBoxProps = {
  boxRef: RefObject<HTMLInputElement | null>;
  query: ReturnType<typeof useQuery>;
  offered: Offered;
  /** The problems shown under the bar, and the id of that element. */
  problems: QueryProblem[];
  describedBy: string;
  onCaret: (caret: number | null) => void;
};

/** The input for words and filters, a combobox with suggestions below. */
export function QueryBox({ boxRef, query, offered, problems, describedBy, onCaret }: QueryBoxProps) {
  const [open, setOpen] = useState<"no" | "typed" | "asked">("no");
  const [caret, setCaret] = useState(0);
  const [moved, setMoved] = useState<number | null>(null);
  const [scrolled, setScrolled] = useState(0);
  const listId = useId();
  useTypedEarly(boxRef, query.draft, (text) => {
    query.type(text);
    moveCaret(boxRef.current?.selectionStart ?? null);
    setOpen("typed");
  });

  const completion = useFetched(later, open !== "no", () => setOpen("no"));
  const found = (open !== "no" && completion?.completeQuery(query.draft, caret, offered, open === "asked")) || null;
  const options = found?.options ?? [];
  const shown = found !== null && options.length > 0;
  const active = shown ? (moved ?? (found.likely ? 0 : null)) : null;

  function moveCaret(at: number | null) {
    setCaret(at ?? 0);
    onCaret(at);
  }
  function close() {
    setOpen("no");
    setMoved(null);
  }
  function take(index: number) {
    const option = options[index];
    if (!found || !option) return;
    const more = option.beginning === true;
    const last = query.draft.slice(found.end).trim() === "";
    query.put(found.start, found.end, more || !last ? option.text : `${option.text} `);
    setCaret(found.start + option.text.length + (more || !last ? 0 : 1));
    setMoved(null);
    // After a name or path, suggestions for what follows open. After a value they stay closed until more is typed.
    setOpen(more ? "typed" : "no");
  }
  function step(by: 1 | -1) {
    if (!shown) return setOpen("asked");
    const from = active ?? (by > 0 ? -1 : options.length);
    setMoved((from + by + options.length) % options.length);
  }
  function commit() {
    close();
    if (query.commit()) return;
    const [first] = query.problems;
    if (first) boxRef.current?.setSelectionRange(first.start, first.end);
  }
  function obey(event: KeyboardEvent<HTMLInputElement>): boolean {
    if (event.ctrlKey || event.metaKey || event.altKey) return false;
    const { selectionStart, selectionEnd } = event.currentTarget;
    switch (pressedKey(event)) {
      case "ArrowDown":
        step(1);
        return true;
      case "ArrowUp":
        step(-1);
        return true;
      case "Enter":
        if (active !== null) take(active);
        else commit();
        return true;
      case "Tab":
        if (active === null || event.shiftKey) return false;
        take(active);
        return true;
      case "Escape":
        if (shown) close();
        else event.currentTarget.blur();
        return true;
      case "Backspace":
        return selectionStart === 0 && selectionEnd === 0 && !event.repeat && query.takeBack();
      default:
        return false;
    }
  }
  return (
    <div className="min-w-28 flex-1 md:relative">
      <div className="relative">
        <ProblemMarks text={query.draft} problems={problems} scrolled={scrolled} />
        <input
          ref={boxRef}
          type="text"
          role="combobox"
          aria-label={queryWords.label}
          aria-expanded={shown}
          aria-controls={shown ? listId : undefined}
          aria-activedescendant={active === null ? undefined : `${listId}-${active}`}
          aria-autocomplete="list"
          aria-invalid={problems.length > 0}
          aria-describedby={problems.length > 0 ? describedBy : undefined}
          placeholder={queryWords.hint}
          inputMode="search"
          enterKeyHint="search"
          autoCapitalize="none"
          autoComplete="off"
          autoCorrect="off"
          spellCheck={false}
          maxLength={2_000}
          dir="auto"
          value={query.draft}
          onChange={(event) => {
            query.type(event.target.value);
            // While an input method composes, no selection event tells where the caret is.
            moveCaret(event.target.selectionStart);
            setOpen("typed");
            setMoved(null);
          }}
          onFocus={later.prepare}
          onSelect={(event) => moveCaret(event.currentTarget.selectionStart)}
          onScroll={(event) => setScrolled(event.currentTarget.scrollLeft)}
          onBlur={() => {
            close();
            onCaret(null);
          }}
          onKeyDown={(event) => {
            if (obey(event)) event.preventDefault();
          }}
          className="relative block h-6 w-full bg-transparent outline-none placeholder:text-ink-3 focus-visible:outline-none"
        />
      </div>
      {shown ? <QueryOptions id={listId} options={options} active={active} onTake={take} /> : null}
      <span role="status" className="sr-only">
        {shown ? queryWords.countSuggestions(options.length) : ""}
      </span>
    </div>
  );
}

/** Wavy lines under the parts that are wrong: the same text behind the input, invisible except for its lines. */
function ProblemMarks({ text, problems, scrolled }: { text: string; problems: QueryProblem[]; scrolled: number }) {
  if (problems.length === 0) return null;
  const parts: { from: number; text: string; wrong: boolean }[] = [];
  let at = 0;
  for (const { start, end } of problems) {
    if (start < at) continue;
    parts.push(
      { from: at, text: text.slice(at, start), wrong: false },
      { from: start, text: text.slice(start, end), wrong: true },
    );
    at = end;
  }
  return (
    <div
      aria-hidden="true"
      dir="auto"
      className="pointer-events-none absolute inset-x-0 top-0 -bottom-1 overflow-hidden leading-6 whitespace-pre text-transparent"
    >
      <span className="relative" style={{ left: -scrolled }}>
        {parts.map(({ from, text, wrong }) => (
          <span
            key={`${from} ${wrong}`}
            className={wrong ? "underline decoration-fail decoration-wavy underline-offset-3" : undefined}
          >
            {text}
          </span>
        ))}
        {text.slice(at)}
      </span>
    </div>
  );
}
