"use client";
import { useState } from "react";
import { changeWords } from "@/components/change/words";
import { Button } from "@/components/ui/button";
import { loadedLater } from "@/components/ui/loaded-later";

const loadUndo = loadedLater(() => import("@/components/change/undo"));

type UndoBatchButtonProps = {
  batch: string;
  redo: boolean;
  /** Whether it affects more than the contact it is shown with. */
  all?: boolean;
};

/** Undoes a batch, however old. Contacts that somebody has changed since are left alone and named. */
export function UndoBatchButton({ batch, redo, all = false }: UndoBatchButtonProps) {
  const [pending, setPending] = useState(false);
  return (
    <Button
      size="small"
      disabled={pending}
      onClick={async () => {
        setPending(true);
        const { undoBatch } = await loadUndo();
        await undoBatch(batch, redo ? changeWords.redone : changeWords.undone);
        setPending(false);
      }}
    >
      {redo ? changeWords.redo : changeWords.undo}
      {all ? " for all" : ""}
    </Button>
  );
}
