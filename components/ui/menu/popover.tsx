"use client";
import { clsx } from "clsx";
import { Popover as Primitive } from "radix-ui";
import type { ComponentProps } from "react";
import { stayWhileComposing } from "../pressed-key";

export const Popover = Primitive.Root;
export const PopoverTrigger = Primitive.Trigger;

/** A small form at its button, above the page, which stays usable. Give it an aria-label. */
export function PopoverContent({ className, ...props }: ComponentProps<typeof Primitive.Content>) {
  return (
    <Primitive.Portal>
      <Primitive.Content
        sideOffset={5}
        collisionPadding={8}
        onEscapeKeyDown={stayWhileComposing}
        className={clsx(
          "z-50 max-h-(--radix-popover-content-available-height) overflow-y-auto rounded-lg border border-line bg-panel p-3 shadow-lift outline-none",
          className,
        )}
        {...props}
      />
    </Primitive.Portal>
  );
}
