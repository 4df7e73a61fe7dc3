"use client";
import { Check, Minus } from "lucide-react";
import { Checkbox as Primitive } from "radix-ui";
import type { ComponentProps } from "react";
import { mergeClasses } from "./merge-classes";

/** A check box; `checked` may be "indeterminate". Give it an aria-label or a label around it. */
export function Checkbox({ className, ...props }: ComponentProps<typeof Primitive.Root>) {
  return (
    <Primitive.Root
      className={mergeClasses(
        "grid size-[15px] shrink-0 place-items-center rounded-[4px] border-[1.5px] border-line-strong bg-panel data-[state=checked]:border-accent data-[state=checked]:bg-accent data-[state=indeterminate]:border-accent data-[state=indeterminate]:bg-accent",
        className,
      )}
      {...props}
    >
      <Primitive.Indicator className="text-panel">
        {props.checked === "indeterminate" ? (
          <Minus size={11} strokeWidth={3.5} />
        ) : (
          <Check size={11} strokeWidth={3.5} />
        )}
      </Primitive.Indicator>
    </Primitive.Root>
  );
}
