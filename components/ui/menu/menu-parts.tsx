"use client";
import { clsx } from "clsx";
import { DropdownMenu as Primitive } from "radix-ui";
import type { ComponentProps } from "react";
import { stayWhileComposing } from "../pressed-key";

/** The parts of an open menu. Only menu.tsx imports this, when a menu is first opened. */
export const Root = Primitive.Root;
export const Trigger = Primitive.Trigger;
export const RadioGroup = Primitive.RadioGroup;

/** The list that opens, above the page. */
export function Content({ className, ...props }: ComponentProps<typeof Primitive.Content>) {
  return (
    <Primitive.Portal>
      <Primitive.Content
        sideOffset={5}
        collisionPadding={8}
        onEscapeKeyDown={stayWhileComposing}
        className={clsx(
          "z-50 max-h-(--radix-dropdown-menu-content-available-height) min-w-44 overflow-y-auto rounded-lg border border-line bg-panel p-1 text-ink-2 shadow-lift",
          className,
        )}
        {...props}
      />
    </Primitive.Portal>
  );
}

export function Item({ className, ...props }: ComponentProps<typeof Primitive.Item>) {
  return <Primitive.Item className={clsx("menu-item", className)} {...props} />;
}

export function RadioItem({ className, ...props }: ComponentProps<typeof Primitive.RadioItem>) {
  return (
    <Primitive.RadioItem
      className={clsx("menu-item data-[state=checked]:font-semibold data-[state=checked]:text-ink", className)}
      {...props}
    />
  );
}

export function Label({ className, ...props }: ComponentProps<typeof Primitive.Label>) {
  return (
    <Primitive.Label className={clsx("px-2 pt-1.5 pb-1 text-[11px] font-semibold text-ink-3", className)} {...props} />
  );
}

export function Separator() {
  return <Primitive.Separator className="-mx-1 my-1 h-px bg-line" />;
}
