"use client";
import { useState } from "react";
import { undoBatch } from "@/components/change/undo";
import { Button } from "@/components/ui/button";

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
        await undoBatch(batch, redo ? "Done again" : "Undone");
        setPending(false);
      }}
    >
      {redo ? "Redo" : "Undo"}
      {all ? " for all" : ""}
    </Button>
  );
}
