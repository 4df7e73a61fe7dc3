import { clsx } from "clsx";
import { Check, Minus } from "lucide-react";
import type { ComponentProps } from "react";

type CheckboxProps = Omit<ComponentProps<"input">, "type" | "checked" | "onChange" | "ref"> & {
  checked: boolean | "indeterminate";
  onCheckedChange?: (checked: boolean) => void;
};

/** A check box, the browser's own; give it an aria-label or a label around it. */
export function Checkbox({ className, checked, onCheckedChange, ...props }: CheckboxProps) {
  const Mark = checked === "indeterminate" ? Minus : Check;
  return (
    <span className={clsx("relative inline-grid size-[15px] shrink-0 place-items-center", className)}>
      <input
        type="checkbox"
        ref={(box) => {
          if (box) box.indeterminate = checked === "indeterminate";
        }}
        checked={checked === true}
        onChange={(event) => onCheckedChange?.(event.target.checked)}
        className="size-full appearance-none rounded-[4px] border-[1.5px] border-line-strong bg-panel checked:border-accent checked:bg-accent indeterminate:border-accent indeterminate:bg-accent"
        {...props}
      />
      {checked ? (
        <Mark size={11} strokeWidth={3.5} aria-hidden="true" className="pointer-events-none absolute text-panel" />
      ) : null}
    </span>
  );
}
