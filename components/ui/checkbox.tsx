"use client";
import { clsx } from "clsx";
import { type ComponentProps, useLayoutEffect, useRef } from "react";
import { useCheckedEarly } from "./use-typed-early";

type CheckboxProps = Omit<ComponentProps<"input">, "type" | "checked" | "onChange" | "ref"> & {
  checked: boolean | "indeterminate";
  onCheckedChange?: (checked: boolean) => void;
};

/** A check box, the browser's own; give it an aria-label or a label around it. */
export function Checkbox({ className, checked, onCheckedChange, ...props }: CheckboxProps) {
  const box = useRef<HTMLInputElement>(null);
  useLayoutEffect(() => {
    if (box.current) box.current.indeterminate = checked === "indeterminate";
  });
  useCheckedEarly(box, checked === true, (early) => onCheckedChange?.(early));
  return (
    <input
      type="checkbox"
      ref={box}
      checked={checked === true}
      onChange={(event) => onCheckedChange?.(event.target.checked)}
      className={clsx("checkbox", className)}
      {...props}
    />
  );
}
