"use client";
import { clsx } from "clsx";
import { type ComponentProps, type RefObject, useLayoutEffect, useRef } from "react";
import { useCheckedEarly } from "./use-typed-early";

type CheckboxProps = Omit<ComponentProps<"input">, "type" | "checked" | "onChange" | "ref"> & {
  checked: boolean | "indeterminate";
  onCheckedChange?: (checked: boolean) => void;
};

/** The browser's own check box. Give it an aria-label or a label around it. */
export function Checkbox({ className, checked, onCheckedChange, ...props }: CheckboxProps) {
  const box = useRef<HTMLInputElement>(null);
  useLayoutEffect(() => {
    if (box.current) box.current.indeterminate = checked === "indeterminate";
  });
  useChecked(box, checked === true, (early) => onCheckedChange?.(early));
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

type RadioProps = Omit<ComponentProps<"input">, "type" | "onChange" | "ref"> & {
  checked: boolean;
  onChoose: () => void;
};

/** One of several choices with the same `name`. Put a label around it. */
export function Radio({ checked, onChoose, ...props }: RadioProps) {
  const button = useRef<HTMLInputElement>(null);
  useChecked(button, checked, (early) => {
    if (early) onChoose();
  });
  return <input type="radio" ref={button} checked={checked} onChange={onChoose} {...props} />;
}

/**
 * Keeps the checked state where the browser would lose it: before React has loaded, and when an action resets the form.
 */
function useChecked(box: RefObject<HTMLInputElement | null>, checked: boolean, onEarly: (checked: boolean) => void) {
  useCheckedEarly(box, checked, onEarly);
  useLayoutEffect(() => {
    if (box.current) box.current.defaultChecked = checked;
  }, [box, checked]);
}
