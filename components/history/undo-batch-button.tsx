"use client";
import { useState } from "react";
import { undoBatch } from "@/components/change/undo";
import { Button } from "@/components/ui/button";

type UndoBatchButtonProps = {
  batch: string;
  redo: boolean;
  /** Says that it concerns more than the contact it stands beside. */
  all?: boolean;
};

/** Takes a batch back, however long ago it was made: what somebody has changed since is left alone, and named. */
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
