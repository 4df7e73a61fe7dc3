"use client";
import { useState } from "react";
import { changeWords } from "@/components/change/words";
import { useDesk } from "@/components/desk/desk";
import { Button } from "@/components/ui/button";
import { Dialog, DialogClose, DialogContent } from "@/components/ui/dialog/dialog";
import { useAwake } from "@/components/ui/late";
import { loadedLater } from "@/components/ui/loaded-later";
import { deskWords } from "@/lib/desk/wording";
import { historyWords } from "./words";

const loadUndo = loadedLater(() => import("@/components/change/undo"));

export type UndoBatchButtonProps = {
  batch: string;
  /** Who made the batch. */
  by: { id: string; name: string } | null;
  redo: boolean;
  /** Whether it affects more than one contact. */
  together: boolean;
  /** Whether the button says so, because it stands beside one of them. */
  saysAll?: boolean;
};

/**
 * Undoes a batch, however old. If somebody else made it, a dialog asks first and says whose change that is. Contacts that
 * somebody has changed since are left alone and named.
 */
export function UndoBatchButton({ batch, by, redo, together, saysAll = false }: UndoBatchButtonProps) {
  const { me } = useDesk();
  const [pending, setPending] = useState(false);
  const [asking, setAsking] = useState(false);
  const other = by && by.id !== me ? by.name : null;
  const label = redo ? changeWords.redo : changeWords.undo;
  async function undo() {
    setAsking(false);
    setPending(true);
    const { undoBatch } = await loadUndo();
    await undoBatch(batch, redo ? changeWords.redone : changeWords.undone);
    setPending(false);
  }
  return (
    <span {...useAwake<HTMLSpanElement>()}>
      <Button size="small" disabled={pending} onClick={other === null ? undo : () => setAsking(true)}>
        {saysAll ? (redo ? historyWords.redoForAll : historyWords.undoForAll) : label}
      </Button>
      {other === null ? null : (
        <Dialog open={asking} onOpenChange={setAsking}>
          <DialogContent
            title={<bdi>{redo ? historyWords.redoOf(other) : historyWords.undoOf(other)}</bdi>}
            description={together ? historyWords.allGoBack : historyWords.goesBack}
          >
            <div className="flex justify-end gap-2">
              <DialogClose asChild>
                <Button autoFocus>{deskWords.cancel}</Button>
              </DialogClose>
              <Button look="primary" onClick={undo}>
                {label}
              </Button>
            </div>
          </DialogContent>
        </Dialog>
      )}
    </span>
  );
}
