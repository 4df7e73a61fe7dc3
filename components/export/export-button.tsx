"use client";
import { Download } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog, DialogTrigger } from "@/components/ui/dialog/dialog";
import { fetchedLater, useFetched } from "@/components/ui/use-fetched";
import { exportWords } from "@/lib/export/words";
import type { ExportProps } from "./export-content";

/** The dialog's content, loaded when it is first opened. */
const later = fetchedLater(() => import("./export-content"));

/** Downloads the list's contacts as a file. */
export function ExportButton(props: ExportProps) {
  const [open, setOpen] = useState(false);
  const parts = useFetched(later, open, () => setOpen(false));
  return (
    <Dialog open={open && parts !== undefined} onOpenChange={setOpen}>
      <DialogTrigger asChild>
        <Button
          look="quiet"
          size="small"
          aria-label={exportWords.export}
          onPointerEnter={later.prepare}
          onFocus={later.prepare}
          className="max-md:size-8 max-md:p-0"
        >
          <Download size={13} aria-hidden="true" />
          <span className="max-md:hidden">{exportWords.export}</span>
        </Button>
      </DialogTrigger>
      {parts ? <parts.ExportContent {...props} /> : null}
    </Dialog>
  );
}
