"use client";
import { Slot } from "radix-ui";
import { type ComponentProps, createContext, type ReactNode, use, useState } from "react";
import { fetchedLater, useFetched } from "../use-fetched";
import type { DialogContentProps } from "./dialog-parts";

/** What lies over the page and keeps the focus inside: no page needs it before a dialog is opened. */
const later = fetchedLater(() => import("./dialog-parts"));

const DialogContext = createContext<{ open: boolean; setOpen: (open: boolean) => void }>({
  open: false,
  setOpen: () => undefined,
});

type DialogProps = { open?: boolean; onOpenChange?: (open: boolean) => void; children: ReactNode };

/** A dialog with whatever opens it; it keeps for itself whether it is open, unless it is told. */
export function Dialog({ open, onOpenChange, children }: DialogProps) {
  const [own, setOwn] = useState(false);
  const setOpen = (next: boolean) => {
    setOwn(next);
    onOpenChange?.(next);
  };
  return <DialogContext value={{ open: open ?? own, setOpen }}>{children}</DialogContext>;
}

type ButtonProps = ComponentProps<"button"> & { asChild?: boolean };

export function DialogTrigger(props: ButtonProps) {
  const { open, setOpen } = use(DialogContext);
  return (
    <DialogButton
      aria-haspopup="dialog"
      aria-expanded={open}
      onPointerEnter={later.prepare}
      onFocus={later.prepare}
      onClick={() => setOpen(true)}
      {...props}
    />
  );
}

export function DialogClose(props: ButtonProps) {
  const { setOpen } = use(DialogContext);
  return <DialogButton onClick={() => setOpen(false)} {...props} />;
}

function DialogButton({ asChild, ...props }: ButtonProps) {
  return asChild ? <Slot.Root {...props} /> : <button type="button" {...props} />;
}

/** What a dialog shows, with its title, its close button and the focus kept inside. */
export function DialogContent(props: DialogContentProps) {
  const { open, setOpen } = use(DialogContext);
  const parts = useFetched(later, open, () => setOpen(false));
  if (!open || !parts) return null;
  return (
    <parts.Dialog open onOpenChange={setOpen}>
      <parts.DialogContent {...props} />
    </parts.Dialog>
  );
}
