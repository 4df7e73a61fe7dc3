"use client";
import { startTransition, useEffect, useRef, useState } from "react";
import { explainNoAnswer } from "@/components/change/queue/no-answer";
import { usePreferences } from "@/components/desk/preferences";
import { showFailure } from "@/components/ui/toast/action-toasts";
import { useNavigation } from "@/components/views/navigation";
import { useActiveView } from "@/components/views/views";
import {
  type ColumnId,
  type LaidColumn,
  layColumns,
  parseShown,
  printColumns,
  printShown,
  resizeColumn,
} from "@/lib/list/columns";
import { setPreferences } from "@/lib/staff/actions";
import type { Preferences } from "@/lib/staff/preferences";

type Choice = Partial<Pick<Preferences, "columns" | "density">>;

/** Pressed arrow keys come in rows: how long to wait for the next before a choice is saved, in ms. */
const pause = 300;

/**
 * How the list looks: its columns and its density. What a person chooses holds here at once and on the server a moment later,
 * for every browser they sign in with; where it cannot be saved it goes back, and says so. Which columns a view shows is not
 * theirs alone: a change of those goes into the address, as one of its filter does, until somebody saves the view.
 */
export function useListChoice() {
  const saved = usePreferences();
  const [chosen, setChosen] = useState<Choice>({});
  const unsaved = useRef<Choice>({});
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const { columns, density } = { ...saved, ...chosen };
  const { columns: addressed, showColumns } = useNavigation();
  const view = useActiveView()?.view;
  const { shown } = parseShown(addressed);
  const ofView = shown !== null || Boolean(view?.columns);

  function save() {
    clearTimeout(timer.current);
    const choice = unsaved.current;
    if (Object.keys(choice).length === 0) return;
    unsaved.current = {};
    startTransition(async () => {
      const problem = await keep(choice);
      if (problem) showFailure(problem);
      // The page that came along with the answer knows it by now, unless something newer has been chosen meanwhile.
      if (Object.keys(unsaved.current).length === 0) startTransition(() => setChosen({}));
    });
  }
  function choose(choice: Choice) {
    setChosen((old) => ({ ...old, ...choice }));
    unsaved.current = { ...unsaved.current, ...choice };
    clearTimeout(timer.current);
    timer.current = setTimeout(save, pause);
  }

  // Leaving the list does not lose what was chosen the moment before.
  const saveNow = useRef(save);
  useEffect(() => {
    saveNow.current = save;
  });
  useEffect(() => () => saveNow.current(), []);

  return {
    density,
    columns: layColumns(columns, shown),
    /** Whether the columns are a view's: to change them leaves the person's own as they are. */
    ofView,
    setDensity: (next: Preferences["density"]) => choose({ density: next }),
    setColumns: (next: LaidColumn[]) =>
      ofView ? showColumns(printShown(next)) : choose({ columns: printColumns(next) }),
    /** Back to the columns that the view has, or to the desk's own. */
    resetColumns: () => (ofView ? showColumns(view?.columns ?? null) : choose({ columns: null })),
    /** Widths are the person's own in every view. */
    setWidth: (id: ColumnId, width: number) =>
      choose({ columns: printColumns(resizeColumn(layColumns(columns), id, width)) }),
  };
}

/** Saves a choice; gives the words for why it was not. */
async function keep(choice: Choice): Promise<string | null> {
  try {
    const result = await setPreferences(choice);
    return result.ok ? null : result.message;
  } catch (error) {
    const { code, message } = explainNoAnswer(error);
    return code === "unknown" ? "No answer came back: how the list looks may not have been saved." : message;
  }
}
