import { useRef, useState } from "react";
import { inboxWords } from "@/components/inbox/words";
import { say } from "@/components/keys/say";
import { countOf } from "@/lib/desk/wording";
import type { ContactFilter } from "@/lib/filter/filter";
import { rangeBetween, type Selection, withSelected } from "./selection";
import { useWhole } from "./use-whole";

/**
 * The selected rows, or everything that matches (`whole`). What is selected is said aloud.
 * @param listHref the list's address: another one starts with nothing selected
 * @param ids the rows' ids, in their order on the screen
 */
export function useSelection(filter: ContactFilter, listHref: string, ids: string[]) {
  const [selection, setSelection] = useState<Selection>({});
  const [selectedIn, setSelectedIn] = useState(listHref);
  /** Where a range begins: the row that was selected by itself last. */
  const anchor = useRef<string | null>(null);
  const whole = useWhole(filter, () => setSelection({}));

  // The selection is always on the screen, so another page or filter starts with none.
  if (selectedIn !== listHref) {
    setSelectedIn(listHref);
    setSelection({});
    whole.clear();
  }

  function select(some: string[], wanted: boolean, range: boolean) {
    const [one] = some;
    const span = range && one !== undefined ? rangeBetween(ids, anchor.current, one) : some;
    const next = withSelected(selection, span, wanted);
    setSelection(next);
    whole.clear();
    sayCount(ids.filter((id) => next[id]).length);
    if (some.length === 1 && one !== undefined) anchor.current = one;
  }
  function deselect(some: string[]) {
    setSelection((old) => withSelected(old, some, false));
  }
  function clearSelection() {
    setSelection({});
    whole.clear();
    sayCount(0);
  }
  return { selection, whole, select, deselect, clearSelection };
}

function sayCount(selected: number) {
  say(selected === 0 ? inboxWords.noneSelected : inboxWords.selected(countOf(selected, "contact")));
}
