"use client";
import { startTransition, useEffect, useMemo, useRef, useState } from "react";
import { explainNoAnswer } from "@/components/change/queue/no-answer";
import { usePreferences } from "@/components/desk/preferences";
import { inboxWords } from "@/components/inbox/words";
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

/** How long to wait for another key press before a choice is saved, in ms. Arrow keys are often pressed repeatedly. */
const pause = 300;

/**
 * How the list looks: its columns and its density. A choice takes effect at once and is saved a moment later, for every
 * browser of the person. If it cannot be saved, it is reverted and an error is shown. A view's columns belong to
 * everybody who uses the view. So a change of those goes into the address, like a change of its filter, until somebody
 * saves the view.
 */
export function useListChoice() {
  const saved = usePreferences();
  const [chosen, setChosen] = useState<Choice>({});
  const unsaved = useRef<Choice>({});
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const { columns, density } = { ...saved, ...chosen };
  const { columns: addressed, showColumns } = useNavigation();
  const view = useActiveView()?.view;
  const shown = useMemo(() => parseShown(addressed).shown, [addressed]);
  // The same as long as nothing of it changes, so that rows are not drawn again.
  const laid = useMemo(() => layColumns(columns, shown), [columns, shown]);
  const ofView = shown !== null || Boolean(view?.columns);

  function save() {
    clearTimeout(timer.current);
    const choice = unsaved.current;
    if (Object.keys(choice).length === 0) return;
    unsaved.current = {};
    startTransition(async () => {
      const problem = await keep(choice);
      if (problem) showFailure(problem);
      // The page that came with the answer already includes it, unless something newer has been chosen meanwhile.
      if (Object.keys(unsaved.current).length === 0) startTransition(() => setChosen({}));
    });
  }
  function choose(choice: Choice) {
    setChosen((old) => ({ ...old, ...choice }));
    unsaved.current = { ...unsaved.current, ...choice };
    clearTimeout(timer.current);
    timer.current = setTimeout(save, pause);
  }

  // Leaving the list saves a choice that is still waiting.
  const saveNow = useRef(save);
  useEffect(() => {
    saveNow.current = save;
  });
  useEffect(() => () => saveNow.current(), []);

  return {
    density,
    columns: laid,
    /** Whether the columns are a view's. Changing them does not change the person's own. */
    ofView,
    setDensity: (next: Preferences["density"]) => choose({ density: next }),
    setColumns: (next: LaidColumn[]) =>
      ofView ? showColumns(printShown(next)) : choose({ columns: printColumns(next) }),
    /** Restores the view's columns, or the desk's default. */
    resetColumns: () => (ofView ? showColumns(view?.columns ?? null) : choose({ columns: null })),
    /** Widths are personal, in every view. */
    setWidth: (id: ColumnId, width: number) =>
      choose({ columns: printColumns(resizeColumn(layColumns(columns), id, width)) }),
  };
}

/** Saves a choice; gives the reason if that failed. */
async function keep(choice: Choice): Promise<string | null> {
  try {
    const result = await setPreferences(choice);
    return result.ok ? null : result.message;
  } catch (error) {
    const { code, message } = explainNoAnswer(error);
    return code === "unknown" ? inboxWords.lookNotSaved : message;
  }
}
