"use client";
import dynamic from "next/dynamic";
import { useRouter } from "next/navigation";
import { startTransition, useEffect } from "react";
import { useDesk } from "@/components/desk/desk";
import { useCommands } from "@/components/keys/obeyed";
import { onSettled } from "./queue/requests";
import { getChanges, updateChanges, useChanges } from "./store/changes";
import { undoLatest } from "./undo";

/** Loaded when first asked for: most pages are left without them. */
const DecisionDialog = dynamic(() => import("./decide/decision-dialog").then((loaded) => loaded.DecisionDialog), {
  ssr: false,
});
const ConflictDialog = dynamic(() => import("./conflict/conflict-dialog").then((loaded) => loaded.ConflictDialog), {
  ssr: false,
});

/** Once in the desk's frame: refreshes the page after changes, shows conflicts and questions, and obeys the undo key. */
export function ChangeHost() {
  const desk = useDesk();
  const router = useRouter();
  const open = useChanges((changes) => changes.conflict);
  const decision = useChanges((changes) => changes.decision);
  useEffect(
    () =>
      onSettled(() => {
        // Without a network the router would leave for the browser's own error page.
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

/** Whether something was changed here, or is being changed: what is being saved is undone once it is. */
function isUndoable(): boolean {
  const { undoable, saving } = getChanges();
  return undoable.length > 0 || saving.size > 0;
}
