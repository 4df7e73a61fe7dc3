"use client";
import { Layers } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog, DialogContent, DialogTrigger } from "@/components/ui/dialog/dialog";
import { ViewList } from "./view-list";
import { viewWords } from "./words";

/** The views on a narrow screen, in a sheet that rises from the bottom. `short` hides the button's text. */
export function ViewsSheet({ short }: { short: boolean }) {
  const [open, setOpen] = useState(false);
  return (
    <Dialog open={open} onOpenChange={setOpen}>
      <DialogTrigger asChild>
        <Button size="small" className="rounded-full max-md:h-8 md:hidden">
          <Layers size={13} aria-hidden="true" />
          <span className={short ? "sr-only" : undefined}>{viewWords.views}</span>
        </Button>
      </DialogTrigger>
      <DialogContent title={viewWords.views} shape="sheet">
        <ViewList onChoose={() => setOpen(false)} />
      </DialogContent>
    </Dialog>
  );
}
