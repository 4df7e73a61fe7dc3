"use client";
import dynamic from "next/dynamic";
import { useRouter } from "next/navigation";
import { startTransition, useEffect } from "react";
import { useDesk } from "@/components/desk/desk";
import { useCommands } from "@/components/keys/obeyed";
import { onSettled } from "./queue/requests";
import { getChanges, updateChanges, useChanges } from "./store/changes";
import { undoLatest } from "./undo";

/** Loaded when first needed, because most pages never need them. */
const DecisionDialog = dynamic(() => import("./decide/decision-dialog").then((loaded) => loaded.DecisionDialog), {
  ssr: false,
});
const ConflictDialog = dynamic(() => import("./conflict/conflict-dialog").then((loaded) => loaded.ConflictDialog), {
  ssr: false,
});

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

  if (decision) return <DecisionDialog key={decision.decision} open={decision} />;
  if (!open) return null;
  return <ConflictDialog open={open} />;
}

/** Whether there is a change to undo. A change still being saved counts, because it is undone once it is saved. */
function isUndoable(): boolean {
  const { undoable, saving } = getChanges();
  return undoable.length > 0 || saving.size > 0;
}
