"use client";
import { useSearchParams } from "next/navigation";
import { type RefObject, useEffect, useEffectEvent, useLayoutEffect, useOptimistic, useState } from "react";
import { useDesk } from "@/components/desk/desk";
import { useNavigation } from "@/components/views/navigation";
import { type Chip, describeFilter } from "@/lib/filter/chips";
import { withFilter } from "@/lib/filter/combine";
import type { Named } from "@/lib/filter/field-kinds";
import { type ContactFilter, emptyFilter, withWords } from "@/lib/filter/filter";
import { scanQuery } from "@/lib/filter/query/scan";
import { parseQueryText, printQueryTerms, printQueryText } from "@/lib/filter/query/text";
import { contactsHref, printFilter } from "@/lib/filter/url";
import { keepTyped, recallTyped } from "./typed-draft";

/** How long after the last key press the typed words are searched for, in ms. */
const pause = 300;

/**
 * The query while it is typed: the filter's words, and terms not committed yet. After a pause, the words replace the
 * address. Enter puts the terms into the filter, as a new entry in the browser's history. The filter's other parts are
 * chips.
 */
export function useQuery(filter: ContactFilter, box: RefObject<HTMLInputElement | null>) {
  const { go } = useNavigation();
  const { people, me } = useDesk();
  const [shown, show] = useOptimistic(filter);
  const key = String(printFilter(filter));
  const [known, setKnown] = useState(key);
  const view = useSearchParams().get("view");
  const [knownView, setKnownView] = useState(view);
  const [sent, setSent] = useState<string[]>([]);
  const [draft, setDraft] = useState(() => wordsOf(filter));
  const [presses, setPresses] = useState(0);
  const [refused, setRefused] = useState(false);
  const [caret, setCaret] = useState<number | null>(null);
  /** Whether the address holds words typed just now; the next words then replace that history entry. */
  const [searching, setSearching] = useState(false);

  if (knownView !== view) setKnownView(view);
  if (known !== key) {
    setKnown(key);
    const at = sent.indexOf(key);
    setSent(sent.slice(at + 1));
    // The answer to an earlier pause must not overwrite what has been typed since. A new filter keeps the draft's
    // terms.
    // What is wrong belongs to the list it was typed for, and does not follow into another view.
    if (at < 0) {
      const left = view !== knownView && isFaulty(draft, people);
      setDraft(left ? wordsOf(filter) : redraft(draft, filter, people));
      setSearching(false);
    }
  }

  function send(next: ContactFilter, replace: boolean) {
    setSent([...sent, String(printFilter(next))]);
    go(contactsHref(next), { replace, along: () => show(next) });
  }
  // Only when the page opens; after that the text is up to date.
  const recall = useEffectEvent(() => {
    const typed = recallTyped(me, filter);
    if (typed !== null) setDraft(typed);
  });
  useEffect(() => recall(), []);
  useEffect(() => {
    keepTyped(me, filter, draft === wordsOf(filter) ? null : draft);
  }, [me, filter, draft]);

  // What is wrong is not there again when one comes back from another page; from signing in or from a contact it is.
  const leave = useEffectEvent(() => {
    if (isFaulty(draft, people) && !/^\/(sign-in|contacts)(\/|$)/.test(location.pathname)) keepTyped(me, filter, null);
  });
  useEffect(() => () => leave(), []);

  const search = useEffectEvent(() => {
    const { words } = parseQueryText(draft).filter;
    // Too many words are reported and not searched for.
    const refused = words === "" && scanQuery(draft).some(({ kind }) => kind === "words");
    if (words === shown.words || refused) return;
    send(withWords(shown, words), searching);
    setSearching(true);
  });
  useEffect(() => {
    if (presses === 0) return;
    const timer = setTimeout(() => {
      setPresses(0);
      search();
    }, pause);
    return () => clearTimeout(timer);
  }, [presses]);
  useLayoutEffect(() => {
    if (caret === null) return;
    box.current?.setSelectionRange(caret, caret);
    setCaret(null);
  }, [caret, box]);

  const { problems } = parseQueryText(draft, people);
  return {
    draft,
    problems,
    /** Whether Enter was pressed while something was wrong. */
    refused,
    chips: describeFilter(shown, people).filter((chip) => chip.key !== "q"),
    type(text: string) {
      setDraft(text);
      setRefused(false);
      setPresses(presses + 1);
    },
    /** Replaces a part of the draft and puts the caret behind it. */
    put(start: number, end: number, text: string) {
      box.current?.focus();
      setDraft(draft.slice(0, start) + text + draft.slice(end));
      setCaret(start + text.length);
      setRefused(false);
      setPresses(presses + 1);
    },
    /** Puts the draft into the filter. If something is wrong, shows that, keeps the text and gives false. */
    commit(): boolean {
      const { filter: typed, problems } = parseQueryText(draft, people);
      if (problems.length > 0) {
        setRefused(true);
        return false;
      }
      const next = withFilter(shown, typed);
      const onlyWords = String(printFilter(next)) === String(printFilter({ ...shown, words: next.words }));
      if (String(printFilter(next)) !== String(printFilter(shown))) send(next, searching && onlyWords);
      setSearching(false);
      setPresses(0);
      setDraft(wordsOf(next));
      return true;
    },
    /** Removes the last chip and puts its text before the draft. Gives false if there is none. */
    takeBack(): boolean {
      const chip = describeFilter(shown, people).findLast(({ key }) => key !== "q");
      const text = chip && textOf(chip, shown);
      if (!chip || text === undefined) return false;
      send(chip.without, false);
      setSearching(false);
      setDraft(draft === "" ? text : `${text} ${draft}`);
      setCaret(text.length);
      return true;
    },
    clear() {
      setDraft("");
      setRefused(false);
      setPresses(0);
    },
  };
}

const isFaulty = (draft: string, people: readonly Named[]) => parseQueryText(draft, people).problems.length > 0;

const wordsOf = ({ words }: ContactFilter) => printQueryText({ ...emptyFilter, words });

const textOf = (chip: Chip, filter: ContactFilter) => printQueryTerms(filter).find(({ key }) => key === chip.key)?.text;

/** The draft for a filter that came from elsewhere: that filter's words, and the terms that are not in it yet. */
function redraft(draft: string, filter: ContactFilter, people: readonly Named[]): string {
  const { filter: typed, problems } = parseQueryText(draft, people);
  const both = withFilter(filter, { ...typed, words: filter.words });
  if (problems.length === 0 && String(printFilter(both)) === String(printFilter(filter))) return wordsOf(filter);
  const terms = scanQuery(draft).filter((token) => token.kind === "term" && !["q", "words"].includes(token.name));
  return [...terms.map(({ start, end }) => draft.slice(start, end)), wordsOf(filter)].join(" ").trim();
}
