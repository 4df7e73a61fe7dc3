"use client";
import { X } from "lucide-react";
import { Dialog as Primitive } from "radix-ui";
import type { ReactNode } from "react";
import { mergeClasses } from "./merge-classes";

export const Dialog = Primitive.Root;
export const DialogTrigger = Primitive.Trigger;
export const DialogClose = Primitive.Close;

type DialogContentProps = {
  title: ReactNode;
  description?: ReactNode;
  children: ReactNode;
  /** "sheet" rises from the bottom edge: for filters on a phone. */
  shape?: "dialog" | "sheet";
  className?: string;
};

/** What a dialog shows, with its title, its close button and the focus kept inside. */
export function DialogContent({ title, description, children, shape = "dialog", className }: DialogContentProps) {
  return (
    <Primitive.Portal>
      <Primitive.Overlay className="fixed inset-0 z-40 bg-black/30" />
      <Primitive.Content
        className={mergeClasses(
          "fixed z-50 overflow-y-auto border border-line bg-panel p-5 shadow-lift outline-none",
          shape === "sheet"
            ? "inset-x-0 bottom-0 max-h-[85dvh] rounded-t-xl"
            : "top-[12dvh] left-1/2 max-h-[80dvh] w-[calc(100vw-2rem)] max-w-md -translate-x-1/2 rounded-xl",
          className,
        )}
        {...(description ? {} : { "aria-describedby": undefined })}
      >
        <div className="mb-3 flex items-start gap-3">
          <Primitive.Title className="text-[15px] font-semibold">{title}</Primitive.Title>
          <Primitive.Close
            aria-label="Close"
            className="-m-1 ml-auto rounded p-1 text-ink-3 hover:bg-hover hover:text-ink"
          >
            <X size={16} />
          </Primitive.Close>
        </div>
        {description ? (
          <Primitive.Description className="-mt-1 mb-4 text-ink-2">{description}</Primitive.Description>
        ) : null}
        {children}
      </Primitive.Content>
    </Primitive.Portal>
  );
}
