"use client";
import { type ComponentProps, createContext, type ReactNode, use, useState } from "react";
import { Slot } from "../slot";
import { fetchedLater, useFetched } from "../use-fetched";
import type { DialogContentProps } from "./dialog-parts";

/** The code of an open dialog, which no page needs before one is opened. */
const later = fetchedLater(() => import("./dialog-parts"));

const DialogContext = createContext<{ open: boolean; setOpen: (open: boolean) => void }>({
  open: false,
  setOpen: () => undefined,
});

type DialogProps = { open?: boolean; onOpenChange?: (open: boolean) => void; children: ReactNode };

/** A dialog with its trigger. It keeps its own open state, unless `open` is given. */
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
  return asChild ? <Slot {...props} /> : <button type="button" {...props} />;
}

/** A dialog's content, with its title and close button; keeps the focus inside. */
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
