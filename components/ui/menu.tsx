"use client";
import { DropdownMenu as Primitive } from "radix-ui";
import type { ComponentProps } from "react";
import { mergeClasses } from "./merge-classes";

export const Menu = Primitive.Root;
export const MenuTrigger = Primitive.Trigger;
export const MenuRadioGroup = Primitive.RadioGroup;

const itemClasses =
  "flex h-7 cursor-default items-center gap-2 rounded-[5px] px-2 outline-none select-none data-[disabled]:opacity-50 data-[highlighted]:bg-hover data-[highlighted]:text-ink";

/** The list that opens; lifted above the page. */
export function MenuContent({ className, ...props }: ComponentProps<typeof Primitive.Content>) {
  return (
    <Primitive.Portal>
      <Primitive.Content
        sideOffset={5}
        collisionPadding={8}
        className={mergeClasses(
          "z-50 max-h-(--radix-dropdown-menu-content-available-height) min-w-44 overflow-y-auto rounded-lg border border-line bg-panel p-1 text-ink-2 shadow-lift",
          className,
        )}
        {...props}
      />
    </Primitive.Portal>
  );
}

export function MenuItem({ className, ...props }: ComponentProps<typeof Primitive.Item>) {
  return <Primitive.Item className={mergeClasses(itemClasses, className)} {...props} />;
}

export function MenuRadioItem({ className, ...props }: ComponentProps<typeof Primitive.RadioItem>) {
  return (
    <Primitive.RadioItem
      className={mergeClasses(
        itemClasses,
        "data-[state=checked]:font-semibold data-[state=checked]:text-ink",
        className,
      )}
      {...props}
    />
  );
}

export function MenuLabel({ className, ...props }: ComponentProps<typeof Primitive.Label>) {
  return (
    <Primitive.Label
      className={mergeClasses("px-2 pt-1.5 pb-1 text-[11px] font-semibold text-ink-3", className)}
      {...props}
    />
  );
}

export function MenuSeparator() {
  return <Primitive.Separator className="-mx-1 my-1 h-px bg-line" />;
}
