"use client";
import { useEffect, useLayoutEffect, useRef, useState } from "react";

type ListPosition = { top: number; current: string | null };

/**
 * The person's position in the list: the current row, on which keys act, and the scroll position. Both are kept per
 * list while the tab is open. So coming back from a contact shows the list as it was, with that row marked.
 * @param ids the rows' ids, in their order on the screen
 */
export function useListPosition(listHref: string, ids: string[], open: string | null) {
  const listRef = useRef<HTMLElement>(null);
  const [current, setCurrent] = useState<string | null>(open);
  const [shown, setShown] = useState(listHref);
  if (shown !== listHref) {
    setShown(listHref);
    setCurrent(open);
  }

  useLayoutEffect(() => {
    const list = listRef.current;
    if (!list) return;
    const kept = recall(listHref);
    list.scrollTop = kept?.top ?? 0;
    if (kept?.current) setCurrent((now) => now ?? kept.current);
    const remember = () =>
      sessionStorage.setItem(nameOf(listHref), JSON.stringify({ ...recall(listHref), top: list.scrollTop }));
    list.addEventListener("scrollend", remember);
    return () => {
      remember();
      list.removeEventListener("scrollend", remember);
    };
  }, [listHref]);

  useEffect(() => {
    if (current !== null) {
      sessionStorage.setItem(nameOf(listHref), JSON.stringify({ top: listRef.current?.scrollTop ?? 0, current }));
    }
  }, [listHref, current]);

  function findLink(id: string): HTMLElement | undefined {
    return listRef.current?.querySelectorAll<HTMLElement>("[data-row-link]")[ids.indexOf(id)];
  }

  /** Focuses a row's link and scrolls the row into view. */
  function focusRow(id: string) {
    const link = findLink(id);
    link?.focus({ preventScroll: true });
    link?.closest("tr")?.scrollIntoView({ block: "nearest" });
  }

  /** Scrolls a hidden row into view, and gives whether it was hidden: nobody acts on what they cannot see. */
  function showRow(id: string): boolean {
    const row = findLink(id)?.closest("tr")?.getBoundingClientRect();
    const list = listRef.current?.getBoundingClientRect();
    const hidden = row && list ? row.bottom <= list.top || row.top >= list.bottom : false;
    if (hidden) focusRow(id);
    return hidden;
  }

  return { listRef, current, setCurrent, focusRow, showRow };
}

/** Makes a contact the current row of a list that is not on the screen, for when the person comes back to it. */
export function rememberRow(listHref: string, id: string): void {
  sessionStorage.setItem(nameOf(listHref), JSON.stringify({ top: recall(listHref)?.top ?? 0, current: id }));
}

const nameOf = (listHref: string) => `inbox ${listHref}`;

function recall(listHref: string): ListPosition | null {
  try {
    return JSON.parse(sessionStorage.getItem(nameOf(listHref)) ?? "null");
  } catch {
    return null;
  }
}
