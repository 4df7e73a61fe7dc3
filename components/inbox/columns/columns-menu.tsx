"use client";
import { Columns3 } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { fetchedLater, useFetched } from "@/components/ui/use-fetched";
import type { useListChoice } from "./use-list-choice";
import { columnWords } from "./words";

/** The popover's content, loaded when it is first opened. */
const later = fetchedLater(() => import("./columns-popover"));

/** The button for the list's columns and density. Cards on a phone have neither. */
export function ColumnsMenu({ choice }: { choice: ReturnType<typeof useListChoice> }) {
  const [open, setOpen] = useState(false);
  const parts = useFetched(later, open, () => setOpen(false));
  const look = { look: "quiet", size: "small", className: "max-md:hidden" } as const;
  const words = (
    <>
      <Columns3 size={13} aria-hidden="true" />
      <span className="max-lg:sr-only">{columnWords.columns}</span>
    </>
  );
  if (parts) {
    return (
      <parts.ColumnsPopover choice={choice} open={open} onOpenChange={setOpen}>
        <Button {...look}>{words}</Button>
      </parts.ColumnsPopover>
    );
  }
  return (
    <Button
      {...look}
      aria-haspopup="dialog"
      aria-expanded={false}
      onPointerEnter={later.prepare}
      onFocus={later.prepare}
      onClick={() => setOpen(true)}
    >
      {words}
    </Button>
  );
}
