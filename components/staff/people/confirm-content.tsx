"use client";
import { Button } from "@/components/ui/button";
import { DialogClose, DialogContent } from "@/components/ui/dialog/dialog";

type ConfirmContentProps = { title: string; effect: string; confirm: string; onConfirm: () => void };

/** A question before something weighty: what will happen, and the two answers. */
export function ConfirmContent({ title, effect, confirm, onConfirm }: ConfirmContentProps) {
  return (
    <DialogContent title={title} description={effect}>
      <div className="flex justify-end gap-2">
        <DialogClose asChild>
          <Button>Cancel</Button>
        </DialogClose>
        <Button look="danger" onClick={onConfirm}>
          {confirm}
        </Button>
      </div>
    </DialogContent>
  );
}
