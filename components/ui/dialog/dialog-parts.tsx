"use client";
import { clsx } from "clsx";
import { X } from "lucide-react";
import { Dialog as Primitive } from "radix-ui";
import { type ReactNode, useState } from "react";

/** What an open dialog is made of. Pages use dialog.tsx, which fetches this once one is opened. */
export const Dialog = Primitive.Root;

export type DialogContentProps = {
  title: ReactNode;
  description?: ReactNode;
  children: ReactNode;
  /** "sheet" rises from the bottom edge: for filters on a phone. */
  shape?: "dialog" | "sheet";
  className?: string;
};

/** What a dialog shows, with its title, its close button and the focus kept inside. */
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
        {/* Last, so that a dialog begins with what it is for; its place is the corner. */}
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
 * Gives the focus back to what had it when the dialog opened: Radix only knows a trigger, and a dialog that a key or an
 * answer has opened has none. Call it in a component that is there only while the dialog is open.
 */
export function useReturnFocus(): (event: Event) => void {
  const [before] = useState(() => document.activeElement);
  return (event) => {
    if (!(before instanceof HTMLElement) || before === document.body || !before.isConnected) return;
    event.preventDefault();
    before.focus({ preventScroll: true });
  };
}
