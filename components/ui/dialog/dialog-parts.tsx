"use client";
import { clsx } from "clsx";
import { X } from "lucide-react";
import { Dialog as Primitive } from "radix-ui";
import { type ReactNode, useState } from "react";
import { stayWhileComposing } from "../pressed-key";

/** The parts of an open dialog. Pages use dialog.tsx, which loads this when a dialog is first opened. */
export const Dialog = Primitive.Root;

export type DialogContentProps = {
  title: ReactNode;
  description?: ReactNode;
  children: ReactNode;
  /** "sheet" rises from the bottom edge, for filters on a phone. */
  shape?: "dialog" | "sheet";
  className?: string;
};

/** A dialog's content, with its title and close button; keeps the focus inside. */
export function DialogContent(props: DialogContentProps) {
  return (
    <Primitive.Portal>
      <Opened {...props} />
    </Primitive.Portal>
  );
}

function Opened({ title, description, children, shape = "dialog", className }: DialogContentProps) {
  const returnFocus = useReturnFocus();
  return (
    <>
      <Primitive.Overlay className="fixed inset-0 z-40 bg-black/30" />
      <Primitive.Content
        onCloseAutoFocus={returnFocus}
        onEscapeKeyDown={stayWhileComposing}
        className={clsx(shape === "sheet" ? "dialog-sheet" : "dialog-centred", className)}
        {...(description ? {} : { "aria-describedby": undefined })}
      >
        <div className="mb-3 pr-8">
          <Primitive.Title className="text-[15px] font-semibold">{title}</Primitive.Title>
        </div>
        {description ? (
          <Primitive.Description className="-mt-1 mb-4 text-ink-2">{description}</Primitive.Description>
        ) : null}
        {children}
        {/* Last, so that a dialog begins with its content; it is placed in the corner. */}
        <Primitive.Close
          aria-label="Close"
          className="absolute top-4 right-4 rounded p-1 text-ink-3 hover:bg-hover hover:text-ink"
        >
          <X size={16} />
        </Primitive.Close>
      </Primitive.Content>
    </>
  );
}

/**
 * Returns the focus to the element that had it when the dialog opened. Radix returns it only to a trigger, and a dialog
 * opened by a key or an answer has none. Call it in a component that is mounted only while the dialog is open.
 */
export function useReturnFocus(): (event: Event) => void {
  const [before] = useState(() => document.activeElement);
  return (event) => {
    if (!(before instanceof HTMLElement) || before === document.body || !before.isConnected) return;
    event.preventDefault();
    before.focus({ preventScroll: true });
  };
}
