"use client";
import { useRouter } from "next/navigation";
import { startTransition, useEffect } from "react";
import { useDesk } from "@/components/desk/desk";
import { useCommands } from "@/components/keys/obeyed";
import { loadedLater } from "@/components/ui/loaded-later";
import { showFailure } from "@/components/ui/toast/action-toasts";
import { fetchedLater, useFetched } from "@/components/ui/use-fetched";
import { deskWords } from "@/lib/desk/wording";
import { enqueue, onSettled } from "./queue/requests";
import { getChanges, updateChanges, useChanges } from "./store/changes";

/** Loaded when first needed, because most pages never need them. */
const loadUndo = loadedLater(() => import("./undo"));
const laterDecision = fetchedLater(() => import("./decide/decision-dialog"));
const laterConflict = fetchedLater(() => import("./conflict/conflict-dialog"));

/** The latest change may still be in the queue, and the code of undoing on its way. */
function undoLatest(): void {
  void enqueue(async () => (await loadUndo()).undoLatest());
}

/**
 * Refreshes the page after changes, shows conflicts and questions, and handles the undo key. Mounted once, in the
 * frame.
 */
export function ChangeHost() {
  const desk = useDesk();
  const router = useRouter();
  const open = useChanges((changes) => changes.conflict);
  const decision = useChanges((changes) => changes.decision);
  useEffect(
    () =>
      onSettled(() => {
        // Without a network the router would load the browser's error page.
        if (navigator.onLine) startTransition(() => router.refresh());
      }),
    [router],
  );
  useEffect(() => updateChanges({ desk }), [desk]);
  useCommands("desk", { undo: () => (isUndoable() ? undoLatest : null) });

  const deciding = useFetched(laterDecision, decision !== null, () => {
    updateChanges({ decision: null });
    showFailure(deskWords.notLoaded);
  });
  const resolving = useFetched(laterConflict, open !== null, () => {
    updateChanges({ conflict: null });
    showFailure(deskWords.notLoaded);
  });

  if (decision) {
    return deciding ? <deciding.DecisionDialog key={decision.decision} open={decision} /> : <Opening />;
  }
  if (open) return resolving ? <resolving.ConflictDialog open={open} /> : <Opening />;
  return null;
}

/** While a dialog is loading, keys are meant for it, so the page ignores them. */
function Opening() {
  return <span hidden data-opening="" />;
}

/** Whether there is a change to undo. A change still being saved counts, because it is undone once it is saved. */
function isUndoable(): boolean {
  const { undoable, saving } = getChanges();
  return undoable.length > 0 || saving.size > 0;
}
