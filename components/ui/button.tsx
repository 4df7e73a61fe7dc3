import { cva, type VariantProps } from "class-variance-authority";
import { Slot } from "radix-ui";
import type { ComponentProps } from "react";
import { mergeClasses } from "./merge-classes";

const looks = cva(
  "inline-flex shrink-0 items-center justify-center gap-1.5 rounded-[7px] font-medium whitespace-nowrap transition-colors duration-100 disabled:opacity-50 aria-disabled:opacity-50",
  {
    variants: {
      look: {
        plain: "border border-line bg-panel text-ink hover:bg-hover",
        primary: "border border-ink bg-ink text-bg hover:opacity-90",
        quiet: "text-ink-2 hover:bg-hover hover:text-ink",
        danger: "border border-fail bg-panel text-fail hover:bg-fail-soft",
      },
      size: { normal: "h-[30px] px-2.5", small: "h-6 px-2 text-xs", large: "h-9 px-3.5 text-sm", icon: "size-[30px]" },
    },
    defaultVariants: { look: "plain", size: "normal" },
  },
);

type ButtonProps = ComponentProps<"button"> & VariantProps<typeof looks> & { asChild?: boolean };

/** A button, or with `asChild` a link that looks like one. */
export function Button({ look, size, asChild, className, type = "button", ...props }: ButtonProps) {
  const classes = mergeClasses(looks({ look, size }), className);
  return asChild ? <Slot.Root className={classes} {...props} /> : <button type={type} className={classes} {...props} />;
}
