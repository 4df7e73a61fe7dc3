"use client";
import dynamic from "next/dynamic";
import { useRouter } from "next/navigation";
import { startTransition, useEffect } from "react";
import { useDesk } from "@/components/desk/desk";
import { updateChanges, useChanges } from "./changes";
import { onSettled } from "./requests";

/** Loaded when first asked for: most pages are left without them. */
const DecisionDialog = dynamic(() => import("./decision-dialog").then((loaded) => loaded.DecisionDialog), {
  ssr: false,
});
const ConflictDialog = dynamic(() => import("./conflict-dialog").then((loaded) => loaded.ConflictDialog), {
  ssr: false,
});

/** Once in the desk's frame: refreshes the page after changes, and shows the card for those that came too late, and what is asked. */
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

  if (decision) return <DecisionDialog key={decision.decision} open={decision} />;
  if (!open) return null;
  return <ConflictDialog open={open} />;
}
