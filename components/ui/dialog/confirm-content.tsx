"use client";
import { Button } from "@/components/ui/button";
import { deskWords } from "@/lib/desk/wording";
import { DialogClose, DialogContent } from "./dialog";

type ConfirmContentProps = { title: string; effect: string; confirm: string; onConfirm: () => void };

/** Asks before an important change: says what will happen, and offers to confirm or cancel. */
export function ConfirmContent({ title, effect, confirm, onConfirm }: ConfirmContentProps) {
  return (
    <DialogContent title={title} description={effect}>
      <div className="flex justify-end gap-2">
        <DialogClose asChild>
          <Button>{deskWords.cancel}</Button>
        </DialogClose>
        <Button look="danger" onClick={onConfirm}>
          {confirm}
        </Button>
      </div>
    </DialogContent>
  );
}
