"use client";
import { staffWords } from "@/components/staff/words";
import { Button } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";
import { DialogClose } from "@/components/ui/dialog/dialog";

/** A generated password, shown only this once, to hand over. */
export function FirstPassword({ name, password }: { name: string; password: string }) {
  return (
    <div className="flex flex-col gap-4">
      <p role="status" className="text-ink-2">
        {staffWords.giveTo(name)}
      </p>
      <div className="flex items-center gap-2">
        <output
          aria-label={staffWords.firstPassword}
          className="min-w-0 flex-1 rounded-[7px] border border-line bg-sunk px-3 py-2 font-mono text-sm break-all select-all"
        >
          {password}
        </output>
        <CopyButton text={password} label={staffWords.copyPassword} />
      </div>
      <div className="flex justify-end">
        <DialogClose asChild>
          <Button look="primary">{staffWords.done}</Button>
        </DialogClose>
      </div>
    </div>
  );
}
