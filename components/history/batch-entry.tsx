"use client";
import { useState } from "react";
import { undoBatch } from "@/components/change/change-contacts";
import { nameIn, useDesk } from "@/components/desk/desk";
import { Button } from "@/components/ui/button";
import { describeBatch } from "@/lib/history/describe";
import type { BatchEntry } from "@/lib/history/entries";

/** What a batch did, in words that name people and times of the desk's clock. */
export function BatchWords({ entry }: { entry: BatchEntry }) {
  const desk = useDesk();
  return describeBatch(entry, { nameOf: (id) => nameIn(desk, id), zone: desk.zone, now: new Date(entry.at) });
}

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
