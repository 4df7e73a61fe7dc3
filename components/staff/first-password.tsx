"use client";
import { Check, Copy } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { DialogClose } from "@/components/ui/dialog";

/** A made password, shown this once, to be handed over. */
export function FirstPassword({ name, password }: { name: string; password: string }) {
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    await navigator.clipboard.writeText(password).then(
      () => setCopied(true),
      () => setCopied(false),
    );
  };
  return (
    <div className="flex flex-col gap-4">
      <p role="status" className="text-ink-2">
        Give this password to {name}. It is shown only now, and must be changed at the first sign-in.
      </p>
      <div className="flex items-center gap-2">
        <output
          aria-label="First password"
          className="min-w-0 flex-1 rounded-[7px] border border-line bg-sunk px-3 py-2 font-mono text-sm break-all select-all"
        >
          {password}
        </output>
        <Button size="large" onClick={copy}>
          {copied ? <Check size={15} aria-hidden="true" /> : <Copy size={15} aria-hidden="true" />}
          {copied ? "Copied" : "Copy"}
        </Button>
      </div>
      <div className="flex justify-end">
        <DialogClose asChild>
          <Button look="primary">Done</Button>
        </DialogClose>
      </div>
    </div>
  );
}
