import type { ComponentProps } from "react";
import { mergeClasses } from "./merge-classes";

type BadgeProps = ComponentProps<"span"> & { tone?: "neutral" | "fail" | "warn" | "accent" };

const tones = {
  neutral: "border-line text-ink-2",
  fail: "border-fail text-fail",
  warn: "border-warn text-warn",
  accent: "border-transparent bg-accent-soft text-accent-ink",
};

/** A small label: a file type, an insight, a mark of something odd. */
export function Badge({ tone = "neutral", className, ...props }: BadgeProps) {
  return (
    <span
      className={mergeClasses(
        "inline-block max-w-full truncate rounded-[4px] border px-1 text-[10.5px] leading-4 font-semibold",
        tones[tone],
        className,
      )}
      {...props}
    />
  );
}
